import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect } from 'chai'
import { portOf } from '../../examples/bookshop/port.js'

/** What `npm start` runs. */
const COMMAND = ['--disable-warning=DEP0180', '-r', 'ts-node/register', '-e', 'require(process.argv[1])']

describe('npm start', function () {
  // Every one of these starts a database.
  this.timeout(60_000)

  it('shows around once and ends', async () => {
    const { output, errors, exitCode } = await run(BOOKSHOP, { PORT: '0' }, '--once')
    expect(exitCode).to.equal(0)
    expect(output).to.match(/^The bookshop listens on http:\/\/localhost:\d+\n/)
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

  it('has the failures of clients in its log for whoever asks', async () => {
    const { output, errors } = await run(BOOKSHOP, { PORT: '0', LOG: 'debug' }, '--once')
    const failures = output.match(/< HTTP\/1\.1 4\d\d/g) ?? []
    expect(output.match(/ DEBUG .*\[FailureFilter\].* 4\d\d /g)).to.have.lengthOf(failures.length)
    expect(output).to.include('GET /books/978-0131103620 400 InvalidIsbn: The last digit')
    expect(errors).to.include('GET /reports/sales 500')
  })

  it('goes on serving after the tour, until it is told to end', async () => {
    const shop = start(BOOKSHOP, { PORT: '0' })
    const output = await outputUntil(shop, /goes on serving on (\S+)/)
    const origin = /goes on serving on (\S+)/.exec(output)?.[1]
    // The connection stays open: nobody waits for it.
    expect((await fetch(`${origin}/books`)).status).to.equal(200)
    shop.kill('SIGTERM')
    expect(await once(shop, 'close')).to.deep.equal([0, null])
  })

  it('ends at once on Ctrl-C during the tour', async () => {
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

  it('names a port that is taken', async () => {
    const server = await listeningServer()
    const { port } = server.address() as AddressInfo
    const { output, errors, exitCode } = await run(BOOKSHOP, { PORT: String(port) })
    server.close()
    expect(exitCode).to.equal(1)
    expect(output).to.equal('')
    expect(errors).to.match(new RegExp(`^Port ${port} is taken: choose another one with PORT=\\d+ npm start\n$`))
  })

  it('refuses a PORT that is none', async () => {
    const { output, errors, exitCode } = await run(BOOKSHOP, { PORT: 'abc' })
    expect([exitCode, output]).to.deep.equal([1, ''])
    expect(errors).to.equal('PORT is an integer from 0 to 65535, not "abc"\n')
    for (const PORT of ['-1', '65536', '80.5', '0x50', '1e3', ' ', '99999999999']) {
      expect(portOf({ PORT }), PORT).to.equal(undefined)
    }
  })

  it('takes the PORT that it is given, else 3000', () => {
    expect(portOf({ PORT: '8080' })).to.equal(8080)
    expect(portOf({ PORT: '0' })).to.equal(0)
    expect(portOf({ PORT: '' })).to.equal(3000)
    expect(portOf({})).to.equal(3000)
  })

  it('refuses options that it does not have', async () => {
    const { errors, exitCode } = await run(BOOKSHOP, {}, '--twice')
    expect([exitCode, errors]).to.deep.equal([1, 'There is one option: npm start -- --once\n'])
  })
})

describe('examples/fetch-controllers, started directly', function () {
  this.timeout(60_000)

  it('says where it listens', async () => {
    const server = start(FETCH_CONTROLLERS, { PORT: '0' })
    const output = await outputUntil(server, /\n/)
    const origin = /^Listening on (\S+): try \/books\n$/.exec(output)?.[1]
    expect((await fetch(`${origin}/books`)).status).to.equal(200)
    server.kill()
    await once(server, 'close')
  })

  it('names a port that is taken, and one that is none', async () => {
    const server = await listeningServer()
    const { port } = server.address() as AddressInfo
    const [taken, none] = await Promise.all([
      run(FETCH_CONTROLLERS, { PORT: String(port) }),
      run(FETCH_CONTROLLERS, { PORT: 'abc' }),
    ])
    server.close()
    expect([taken.exitCode, none.exitCode]).to.deep.equal([1, 1])
    expect(taken.errors).to.match(new RegExp(`^Cannot listen on port ${port}: .*EADDRINUSE.*\n$`))
    expect(none.errors).to.equal('PORT is an integer from 0 to 65535, not "abc"\n')
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

/** The command of `npm start`; types are checked elsewhere. */
function start(file: string, env: NodeJS.ProcessEnv, ...options: string[]): ChildProcess {
  const { NODE_V8_COVERAGE, ...inherited } = process.env
  return spawn(process.execPath, [...COMMAND, file, ...options], {
    env: { ...inherited, TS_NODE_TRANSPILE_ONLY: 'true', ...env },
  })
}

/** What it prints and how it ends. */
async function run(file: string, env: NodeJS.ProcessEnv, ...options: string[]) {
  const child = start(file, env, ...options)
  const [output, errors, [exitCode]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'close'),
  ])
  return { output, errors, exitCode: exitCode as number | null }
}

/** What a process prints until something is there; it goes on printing, and is not held up. */
function outputUntil({ stdout }: ChildProcess, awaited: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    stdout?.on('data', (chunk) => {
      output += String(chunk)
      if (awaited.test(output)) resolve(output)
    })
    stdout?.on('close', () => reject(new Error(`It ended without ${awaited}:\n${output}`)))
  })
}

async function listeningServer(): Promise<Server> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  return server
}
