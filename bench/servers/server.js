// One server in a process of its own. It says where it listens, and how much it has worked whenever it is asked.

const frameworks = { express: './nest.js', fastify: './nest.js', hono: './hono.js', h3: './h3.js' }

process.on('message', async ({ server }) => {
  if (server === undefined) {
    process.send({ microseconds: workDone() })
    return
  }
  const [platform, route] = server.split('/')
  const { start } = await import(frameworks[platform])
  process.send((await start(platform, route)).address())
})

function workDone() {
  const { user, system } = process.cpuUsage()
  return user + system
}
