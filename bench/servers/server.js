// One server in its own process. The first message starts it and returns its address; each further message returns the
// processor time it has used so far.

const frameworks = {
  express: './nest.js',
  fastify: './nest.js',
  hono: './hono.js',
  h3: './h3.js',
  plainExpress: './adapters.js',
  plainFastify: './adapters.js',
  koa: './adapters.js',
  honoAdapter: './adapters.js',
}

process.on('message', async ({ server }) => {
  if (server === undefined) {
    process.send({ microseconds: processorTime() })
    return
  }
  const [platform, route] = server.split('/')
  const { start } = await import(frameworks[platform])
  process.send((await start(platform, route)).address())
})

function processorTime() {
  const { user, system } = process.cpuUsage()
  return user + system
}
