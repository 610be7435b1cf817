import { connect, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as elapsed } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { expect } from 'chai'
import { Hono } from 'hono'
import { failures as fastifyFailures } from '../../src/fastify/index.js'
import { failures as honoFailures } from '../../src/hono/index.js'
import { Conflict, type FailureResponderOptions, UpgradeRequired } from '../../src/index.js'
import { failures as koaFailures } from '../../src/koa/index.js'
import { sendFailure } from '../../src/node/index.js'

interface Received {
  readonly status: unknown
  readonly body: string
  readonly names: readonly string[]
  readonly resetCode: number
}

/** Sends a request over HTTP/2. */
async function received(port: number, path: string, method = 'GET'): Promise<Received> {
  const client = connect(`http://localhost:${port}`)
  try {
    return await new Promise((resolve, reject) => {
      const stream = client.request({ ':path': path, ':method': method })
      let head: Record<string, unknown> = {}
      let body = ''
      stream.on('response', (fields) => {
        head = fields
      })
      stream.on('data', (chunk) => {
        body += chunk
      })
      stream.on('error', () => undefined)
      client.on('error', reject)
      stream.on('close', () =>
        resolve({ status: head[':status'], body, names: Object.keys(head), resetCode: stream.rstCode ?? 0 }),
      )
      stream.end()
    })
  } finally {
    client.destroy()
  }
}

/** RFC 9113, 7 */
const INTERNAL_ERROR = 2

describe('The adapters over HTTP/2', () => {
  const policy: FailureResponderOptions = { onFailure: () => undefined, onWarning: () => undefined }
  let close: () => unknown = () => undefined

  afterEach(() => close())

  async function startNode(listener: Function): Promise<number> {
    const server = createServer(listener as never)
    await new Promise<void>((resolve) => server.listen(0, resolve))
    close = () => server.close()
    return (server.address() as AddressInfo).port
  }

  async function expectFailure(port: number): Promise<void> {
    const failing = await received(port, '/failing')
    expect(failing).to.deep.include({ status: 409, resetCode: 0 })
    expect(JSON.parse(failing.body)).to.include({ status: 409 })
    expect(await received(port, '/failing', 'HEAD')).to.deep.include({ status: 409, body: '', resetCode: 0 })
    const upgrade = await received(port, '/upgrade')
    expect(upgrade.status).to.equal(426)
    expect(upgrade.names).not.to.include.oneOf(['upgrade', 'connection'])
    expect(await received(port, '/rows')).to.deep.include({ status: 200, body: 'a row', resetCode: INTERNAL_ERROR })
  }

  it('send failures with sendFailure()', async () => {
    await expectFailure(
      await startNode((request: any, response: any) => {
        if (request.url === '/rows') response.write('a row')
        const failure = request.url === '/upgrade' ? new UpgradeRequired({ upgrade: ['HTTP/3'] }) : new Conflict()
        setTimeout(sendFailure, 5, failure, request, response, policy)
      }),
    )
  })

  it('send failures of Koa', async () => {
    const app = new (require('koa'))()
    // Koa prints the error of a stream that is reset.
    app.silent = true
    app.use(koaFailures(policy))
    app.use(async (context: any) => {
      if (context.path === '/rows') {
        context.status = 200
        context.res.write('a row')
      }
      await elapsed(5)
      throw context.path === '/upgrade' ? new UpgradeRequired({ upgrade: ['HTTP/3'] }) : new Conflict()
    })
    await expectFailure(await startNode(app.callback()))
  })

  it('regard the error of a client of Hono that aborts an upload as a client error', async () => {
    const reported: number[] = []
    const app = honoFailures(new Hono(), { onFailure: ({ status }) => void reported.push(status) })
    app.post('/', async ({ req, text }) => text(await req.text()))
    const server = createAdaptorServer({ fetch: app.fetch, createServer, overrideGlobalObjects: false })
    await new Promise<void>((resolve) => server.listen(0, resolve))
    close = () => server.close()
    const client = connect(`http://localhost:${(server.address() as AddressInfo).port}`)
    const stream = client.request({ ':path': '/', ':method': 'POST' })
    stream.on('error', () => undefined)
    stream.write('a part')
    await elapsed(25)
    client.destroy()
    while (reported.length === 0) await elapsed(1)
    expect(reported).to.deep.equal([400])
  })

  describe('send failures of Fastify', () => {
    for (const [title, hook] of Object.entries({
      'without a hook': undefined,
      'with a slow onSend hook': async (_: unknown, _reply: unknown, content: unknown) => {
        await elapsed(5)
        return content
      },
      'with a slow onSend hook that has a callback': (
        _: unknown,
        _reply: unknown,
        content: unknown,
        done: (error: null, content: unknown) => void,
      ) => void setTimeout(done, 5, null, content),
    })) {
      it(title, async () => {
        const app = require('fastify')({ http2: true })
        await app.register(fastifyFailures, policy)
        if (hook !== undefined) app.addHook('onSend', hook)
        app.get('/rows', async (_: unknown, reply: any) => {
          reply.raw.write('a row')
          await elapsed(5)
          throw new Conflict()
        })
        app.get('/upgrade', async () => {
          throw new UpgradeRequired({ upgrade: ['HTTP/3'] })
        })
        app.get('/failing', async () => {
          throw new Conflict()
        })
        const rows = () =>
          Readable.from(
            (async function* () {
              await elapsed(10)
              yield 'rows'
            })(),
          )
        app.get('/sent', (_: unknown, reply: any) => {
          reply.send(rows())
          throw new Conflict()
        })
        app.get('/piped', (_: unknown, reply: any) => {
          rows().pipe(reply.raw)
          throw new Conflict()
        })
        app.get('/late', (_: unknown, reply: any) => {
          const { raw } = reply
          setTimeout(() => {
            try {
              raw.writeHead(200)
              raw.setHeader('X-Late', '1')
            } catch {
              // Without a hook, the failure was sent at once.
            }
            raw.end('late')
          }, 2)
          throw new Conflict()
        })
        app.get('/trailer', (_: unknown, reply: any) => {
          reply.trailer('x-sum', async () => '7')
          reply.send(rows())
          throw new Conflict()
        })
        await app.listen({ port: 0 })
        close = () => app.close()
        const { port } = app.server.address()
        await expectFailure(port)
        for (const path of ['/sent', '/piped', '/late', '/trailer']) {
          const response = await received(port, path)
          expect([path, response.status, response.resetCode]).to.deep.equal([path, 409, 0])
          expect(JSON.parse(response.body), path).to.include({ status: 409 })
          expect(response.names, path).not.to.include.oneOf(['x-late', 'trailer'])
        }
      })
    }
  })
})
