import { Readable } from 'node:stream'
import { setTimeout as elapsed } from 'node:timers/promises'
import { createGzip, gzipSync } from 'node:zlib'
import { Controller, Get, Res } from '@nestjs/common'
import { expect } from 'chai'
import { Conflict } from '../../src/index.js'
import { FailureModule } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'

/** The part of Fastify's reply that handlers and hooks use. */
interface Reply {
  readonly raw: NodeJS.WritableStream
  send(content: unknown): unknown
  header(name: string, value: string): unknown
  removeHeader(name: string): unknown
}

type Content = string | Buffer | Readable | null | undefined

/** Compresses content into a stream, as @fastify/compress does. */
function compressed(content: Content, reply: Reply): Content {
  if (content === null || content === undefined) return content
  reply.removeHeader('content-length')
  reply.header('content-encoding', 'gzip')
  const gzip = createGzip()
  if (typeof content === 'string' || Buffer.isBuffer(content)) gzip.end(content)
  else content.pipe(gzip)
  return gzip
}

const hooks: Readonly<Record<string, Function>> = {
  'with a callback': (_: object, reply: Reply, content: Content, done: (error: null, content: Content) => void) =>
    done(null, compressed(content, reply)),
  'that is asynchronous': async (_: object, reply: Reply, content: Content) => compressed(content, reply),
  'that takes 5 ms': async (_: object, reply: Reply, content: Content) => {
    await elapsed(5)
    return compressed(content, reply)
  },
  'that returns a buffer': async (_: object, reply: Reply, content: Content) => {
    if (typeof content !== 'string') return content
    await elapsed(5)
    reply.header('content-encoding', 'gzip')
    reply.removeHeader('content-length')
    return gzipSync(content)
  },
}

const endless = () =>
  new Readable({
    read() {
      setImmediate(() => this.push('row\n'))
    },
  })

@Controller()
class Exports {
  @Get('failing')
  failing() {
    throw new Conflict('The export is running.')
  }

  @Get('stream')
  stream(@Res() reply: Reply) {
    reply.send(Readable.from(['a'.repeat(5000), 'b']))
    throw new Conflict('The export is running.')
  }

  @Get('endless')
  endless(@Res() reply: Reply) {
    reply.send(endless())
    throw new Conflict('The export is running.')
  }

  @Get('object')
  object(@Res() reply: Reply) {
    reply.send({ rows: 'a'.repeat(5000) })
    throw new Conflict('The export is running.')
  }

  @Get('late')
  late(@Res() reply: Reply) {
    setTimeout(() => {
      reply.raw.write('late')
      reply.raw.end()
    }, 2)
    throw new Conflict('The export is running.')
  }
}

describe('A failure on Fastify behind an onSend hook', () => {
  afterEach(closeServers)

  const fastify = platforms.find(({ name }) => name === 'Fastify')

  it('destroys the stream that the handler has sent', async () => {
    const rows = endless()
    @Controller()
    class Rows {
      @Get()
      list(@Res() reply: Reply) {
        reply.send(rows)
        throw new Conflict()
      }
    }
    const server = await fastify?.start({
      imports: [FailureModule.forRoot({ onFailure: () => undefined })],
      controllers: [Rows],
      configure: (app) =>
        app
          .getHttpAdapter()
          .getInstance()
          .addHook('onSend', async () => void (await elapsed(5))),
    })
    expect((await server?.get('/'))?.status).to.equal(409)
    while (!rows.destroyed) await elapsed(1)
  })

  for (const [name, hook] of Object.entries(hooks)) {
    it(`is the whole response with a compressing hook ${name}, whatever the handler has sent`, async () => {
      const server = await fastify?.start({
        imports: [FailureModule.forRoot({ onFailure: () => undefined })],
        controllers: [Exports],
        configure: (app) => app.getHttpAdapter().getInstance().addHook('onSend', hook),
      })
      for (const path of ['failing', 'stream', 'endless', 'object', 'late']) {
        // Fetch decodes the content.
        const response = await fetch(`${server?.origin}/${path}`, { signal: AbortSignal.timeout(4000) })
        expect([path, response.status, response.headers.get('content-encoding')]).to.deep.equal([path, 409, 'gzip'])
        expect(await response.json(), path).to.include({ status: 409, detail: 'The export is running.' })
      }
    })
  }
})
