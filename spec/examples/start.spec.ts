import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect } from 'chai'
import { portOf } from '../../examples/bookshop/port.js'

/** The script that `npm start` calls. */
const RUN = 'scripts/ts.cjs'

describe('npm start', function () {
  // Each test starts a database.
  this.timeout(60_000)

  it('prints the tour and exits with --once', async () => {
    const { output, errors, exitCode } = await run(BOOKSHOP, { PORT: '0' }, '--once')
    expect(exitCode).to.equal(0)
    expect(output).to.match(/^The bookshop is listening on http:\/\/localhost:\d+\n/)
    for (const request of REQUESTS) expect(output).to.include(`\n> ${request} HTTP/1.1\n`)
    for (const status of STATUSES) expect(output).to.include(`\n< HTTP/1.1 ${status} `)
    for (const field of FIELDS) expect(output).to.include(`\n< ${field}`)
    for (const member of MEMBERS) expect(output).to.match(new RegExp(`\n< +${member}`))
    expect(output.match(/< HTTP\/1\.1 500/g)).to.have.lengthOf(1)
    expect(output).not.to.include('correct-horse')
    expect(errors).to.include('GET /reports/sales 500').and.to.include('correct-horse')
    expect(errors).to.include('Caused by: Error: connect ECONNREFUSED')
    expect(output + errors).not.to.include('DEBUG')
  })

  it('logs client failures with LOG=debug', async () => {
    const { output, errors } = await run(BOOKSHOP, { PORT: '0', LOG: 'debug' }, '--once')
    const failures = output.match(/< HTTP\/1\.1 4\d\d/g) ?? []
    expect(output.match(/ DEBUG .*\[FailureFilter\].* 4\d\d /g)).to.have.lengthOf(failures.length)
    expect(output).to.include('GET /books/978-0131103620 400 InvalidIsbn: The last digit')
    expect(errors).to.include('GET /reports/sales 500')
  })

  it('keeps running after the tour until SIGTERM', async () => {
    const shop = start(BOOKSHOP, { PORT: '0' })
    const output = await outputUntil(shop, /keeps running on (\S+)/)
    const origin = /keeps running on (\S+)/.exec(output)?.[1]
    // This connection stays open and must not delay the exit.
    expect((await fetch(`${origin}/books`)).status).to.equal(200)
    shop.kill('SIGTERM')
    expect(await once(shop, 'close')).to.deep.equal([0, null])
  })

  it('exits without errors on Ctrl-C during the tour', async () => {
    const shop = start(BOOKSHOP, { PORT: '0' })
    const errors = text(shop.stderr as NodeJS.ReadableStream)
    await outputUntil(shop, /── 1\. /)
    const interrupted = Date.now()
    shop.kill('SIGINT')
    expect(await once(shop, 'close')).to.deep.equal([0, null])
    expect(Date.now() - interrupted).to.be.below(5000)
    expect(await errors)
      .not.to.include('AbortError')
      .and.not.to.include('fetch failed')
      .and.not.to.include('PGlite')
  })

  it('exits with an error that contains the port when it is in use', async () => {
    const server = await listeningServer()
    const { port } = server.address() as AddressInfo
    const { output, errors, exitCode } = await run(BOOKSHOP, { PORT: String(port) })
    server.close()
    expect(exitCode).to.equal(1)
    expect(output).to.equal('')
    expect(errors).to.match(
      new RegExp(`^Port ${port} is already in use: choose another one with PORT=\\d+ npm start\n$`),
    )
  })

  it('rejects an invalid PORT', async () => {
    const { output, errors, exitCode } = await run(BOOKSHOP, { PORT: 'abc' })
    expect([exitCode, output]).to.deep.equal([1, ''])
    expect(errors).to.equal('PORT must be an integer from 0 to 65535, received "abc"\n')
    for (const PORT of ['-1', '65536', '80.5', '0x50', '1e3', ' ', '99999999999']) {
      expect(portOf({ PORT }), PORT).to.equal(undefined)
    }
  })

  it('uses PORT, by default 3000', () => {
    expect(portOf({ PORT: '8080' })).to.equal(8080)
    expect(portOf({ PORT: '0' })).to.equal(0)
    expect(portOf({ PORT: '' })).to.equal(3000)
    expect(portOf({})).to.equal(3000)
  })

  it('rejects an unknown option', async () => {
    const { errors, exitCode } = await run(BOOKSHOP, {}, '--twice')
    expect([exitCode, errors]).to.deep.equal([1, 'Usage: npm start [-- --once]\n'])
  })
})

describe('examples/fetch-controllers on the command line', function () {
  this.timeout(60_000)

  it('prints its origin and serves requests', async () => {
    const server = start(FETCH_CONTROLLERS, { PORT: '0' })
    const output = await outputUntil(server, /\n/)
    const origin = /^Listening on (\S+): try \/books\n$/.exec(output)?.[1]
    expect((await fetch(`${origin}/books`)).status).to.equal(200)
    server.kill()
    await once(server, 'close')
  })

  it('exits with an error for a port in use and for an invalid port', async () => {
    const server = await listeningServer()
    const { port } = server.address() as AddressInfo
    const [inUse, invalid] = await Promise.all([
      run(FETCH_CONTROLLERS, { PORT: String(port) }),
      run(FETCH_CONTROLLERS, { PORT: 'abc' }),
    ])
    server.close()
    expect([inUse.exitCode, invalid.exitCode]).to.deep.equal([1, 1])
    expect(inUse.errors).to.match(new RegExp(`^Cannot listen on port ${port}: .*EADDRINUSE.*\n$`))
    expect(invalid.errors).to.equal('PORT must be an integer from 0 to 65535, received "abc"\n')
  })
})

const BOOKSHOP = './examples/bookshop/start.ts'
const FETCH_CONTROLLERS = './examples/fetch-controllers.ts'

const REQUESTS = [
  'GET /',
  'GET /books',
  'GET /books?q=design&since=2000',
  'GET /books?since=MM',
  'GET /books/978-0131103627',
  'POST /books',
  'POST /orders',
  'GET /members/offers',
  'GET /recommendations',
  'GET /reports/sales',
  'DELETE /books',
  'GET /cafeteria',
]

const STATUSES = [200, 201, 400, 401, 404, 405, 409, 415, 422, 429, 500]

const FIELDS = [
  'Content-Type: application/problem+json',
  'Content-Type: text/plain; charset=utf-8',
  'Cache-Control: no-store',
  'Location: /books/9781449373320',
  'Allow: GET, HEAD, POST',
  'Accept: application/json',
  'WWW-Authenticate: Bearer realm="members"',
  'WWW-Authenticate: Bearer realm="members", error="invalid_token"',
  'Retry-After: ',
]

const MEMBERS = [
  '"traceId": "4bf92f3577b34da6a3ce929d0e0e4736"',
  '"pointer": "#/title"',
  '"pointer": "#/items/0/copies"',
  '"parameter": "since"',
]

/** Starts a script like `npm start` does, without type checks. */
function start(file: string, env: NodeJS.ProcessEnv, ...options: string[]): ChildProcess {
  const { NODE_V8_COVERAGE, ...inherited } = process.env
  return spawn(process.execPath, [RUN, file, ...options], {
    env: { ...inherited, TS_NODE_TRANSPILE_ONLY: 'true', ...env },
  })
}

/** Runs a script and returns its output and its exit code. */
async function run(file: string, env: NodeJS.ProcessEnv, ...options: string[]) {
  const child = start(file, env, ...options)
  const [output, errors, [exitCode]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'close'),
  ])
  return { output, errors, exitCode: exitCode as number | null }
}

/** Resolves to the output of a process as soon as it matches a pattern. The process keeps running. */
function outputUntil({ stdout }: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    stdout?.on('data', (chunk) => {
      output += String(chunk)
      if (pattern.test(output)) resolve(output)
    })
    stdout?.on('close', () => reject(new Error(`The process exited without printing ${pattern}:\n${output}`)))
  })
}

async function listeningServer(): Promise<Server> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  return server
}
