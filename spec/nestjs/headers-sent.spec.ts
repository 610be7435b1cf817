import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:http2'
import { type AddressInfo, connect as connectTo } from 'node:net'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Controller, Get, Res } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { NotFound } from '../../src/index.js'
import { type AnyResponse, rawOf, tick } from './any-response.js'
import { closeServers, platforms, start } from './platforms.js'
import { cutOff, LONGEST_WAIT } from './request.js'
import { type Way, ways } from './ways.js'

/** Goes on until long after the filter has been asked, and before Node has let go of the response. */
async function writeOn(response: NodeJS.WritableStream, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    response.write('more ')
    await undefined
  }
}

function controllerOf({ Caught }: Way) {
  @Controller('books')
  class Books {
    @Get('missing')
    @Caught()
    missing() {
      throw new NotFound()
    }

    @Get('chunked')
    @Caught()
    async chunked(@Res() response: AnyResponse) {
      rawOf(response).write('half of')
      await tick()
      throw new NotFound()
    }

    @Get('flushed')
    @Caught()
    flushed(@Res() response: AnyResponse) {
      rawOf(response).flushHeaders()
      throw new NotFound()
    }

    @Get('whole')
    @Caught()
    whole(@Res() response: AnyResponse) {
      response.send('whole')
      throw new NotFound()
    }

    @Get('of-a-length')
    @Caught()
    async ofALength(@Res() response: AnyResponse) {
      rawOf(response).setHeader('Content-Length', '100')
      rawOf(response).write('half of')
      await tick()
      throw new NotFound()
    }

    @Get('of-a-length-at-once')
    @Caught()
    ofALengthAtOnce(@Res() response: AnyResponse) {
      rawOf(response).writeHead(200, { 'Content-Length': '100' }).write('half of')
      throw new NotFound()
    }

    @Get('of-its-whole-length')
    @Caught()
    ofItsWholeLength(@Res() response: AnyResponse) {
      rawOf(response).writeHead(200, { 'Content-Length': '7' }).write('half of')
      throw new NotFound()
    }

    @Get('destroyed')
    @Caught()
    async destroyed(@Res() response: AnyResponse) {
      rawOf(response).destroy()
      await tick()
      throw new NotFound()
    }

    @Get('destroyed-half-way')
    @Caught()
    async destroyedHalfWay(@Res() response: AnyResponse) {
      rawOf(response).write('half of')
      await tick()
      rawOf(response).destroy()
      throw new NotFound()
    }

    @Get('piped')
    @Caught()
    piped(@Res() response: AnyResponse) {
      const source = new PassThrough()
      source.pipe(rawOf(response))
      setTimeout(() => source.end('a book'), 5)
      throw new NotFound()
    }

    @Get('piped-for-a-while')
    @Caught()
    async pipedForAWhile(@Res() response: AnyResponse) {
      const source = new PassThrough()
      source.pipe(rawOf(response))
      source.write('half of')
      await tick()
      setTimeout(() => source.end(' a book'), 5)
      throw new NotFound()
    }

    @Get('written-later')
    @Caught()
    writtenLater(@Res() response: AnyResponse) {
      setTimeout(() => rawOf(response).write('half of'), 20)
      throw new NotFound()
    }

    @Get('written-on')
    @Caught()
    writtenOn(@Res() response: AnyResponse) {
      void writeOn(rawOf(response), 20)
      throw new NotFound()
    }

    @Get('pipeline')
    @Caught()
    async pipeline(@Res() response: AnyResponse) {
      const source = new PassThrough()
      source.write('half of')
      setTimeout(() => source.destroy(new NotFound()), 5)
      await pipeline(source, rawOf(response))
    }

    @Get('left')
    @Caught()
    async left() {
      await new Promise((resolve) => setTimeout(resolve, 50))
      throw new NotFound()
    }
  }
  return Books
}

for (const platform of platforms) {
  for (const way of ways) {
    describe(`A route that has begun to answer before it fails, on ${platform.name} ${way.name}`, () => {
      let server: Awaited<ReturnType<typeof platform.start>>
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })

      before(async () => {
        server = await platform.start({ ...way.application, controllers: [controllerOf(way)] })
      })

      after(async () => {
        agent.destroy()
        await closeServers()
      })

      it('ends its answer where its end can be told, and the connection serves on', async () => {
        let connections = 0
        server.app.getHttpServer().on('connection', () => {
          connections += 1
        })
        for (const [path, body] of Object.entries({ chunked: 'half of', flushed: '', whole: 'whole' })) {
          const answer = await server.get(`/books/${path}`, { agent })
          expect(answer.status, path).to.equal(200)
          expect(answer.body, path).to.equal(body)
          expect((await server.get('/books/missing', { agent })).status).to.equal(404)
        }
        expect(connections).to.equal(1)
      })

      it('is cut off where it has announced more than was written', async () => {
        for (const path of ['of-a-length', 'of-a-length-at-once']) {
          const answer = await cutOff(server.get(`/books/${path}`, { agent }))
          expect(answer.status, path).to.equal(200)
          expect(answer.body, path).to.equal('half of')
        }
        expect((await server.get('/books/of-its-whole-length')).body).to.equal('half of')
      })

      it('is cut off where it has had to wait for the answer before it, too', async () => {
        const socket = connectTo(Number(new URL(server.origin).port), '127.0.0.1')
        const target = (path: string) => `GET /books/${path} HTTP/1.1\r\nHost: books.example\r\n\r\n`
        socket.write(target('left') + target('of-a-length-at-once'))
        socket.setTimeout(LONGEST_WAIT, () => socket.destroy(new Error('was not answered')))
        const received = (await socket.toArray()).join('')
        expect(received).to.match(/^HTTP\/1\.1 404 .*HTTP\/1\.1 200 OK\r\n.*\r\n\r\nhalf of$/s)
      })

      it('answers HEAD without waiting for what it announced', async () => {
        for (const path of ['chunked', 'of-a-length']) {
          expect((await server.get(`/books/${path}`, { method: 'HEAD' })).status, path).to.equal(200)
        }
      })

      it('leaves alone an answer that is destroyed', async () => {
        const outcome = await server.get('/books/destroyed').catch((error) => error.code)
        expect(outcome).to.equal('ECONNRESET')
        for (const path of ['destroyed-half-way', 'pipeline']) {
          expect((await cutOff(server.get(`/books/${path}`))).body, path).to.equal('half of')
        }
      })

      it('survives a stream that goes on writing', async () => {
        expect((await server.get('/books/piped')).json()).to.include({ status: 404 })
        expect((await server.get('/books/piped-for-a-while')).body).to.equal('half of')
      })

      it('survives a handler that goes on writing', async () => {
        expect((await server.get('/books/written-later')).json()).to.include({ status: 404 })
        expect((await server.get('/books/written-on')).body).to.match(/^(more ){1,19}$/)
        await new Promise((resolve) => setTimeout(resolve, 50))
      })

      it('survives a client that has left', async () => {
        const outgoing = httpRequest(`${server.origin}/books/left`, { agent: false })
        outgoing.on('error', () => undefined).end()
        await new Promise((resolve) => setTimeout(resolve, 20))
        outgoing.destroy()
        await new Promise((resolve) => setTimeout(resolve, 60))
      })

      afterEach('and the server lives', async () => {
        expect((await server.get('/books/missing')).json()).to.include({ status: 404 })
      })
    })
  }
}

for (const way of ways) {
  describe(`A route that has begun to answer over HTTP/2 before it fails, ${way.name}`, () => {
    after(closeServers)

    it('ends its stream, and the connection serves on', async () => {
      const adapter = new FastifyAdapter({ http2: true })
      const { app } = await start({ ...way.application, controllers: [controllerOf(way)] }, adapter)
      const client = connect(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`)
      const get = (path: string) =>
        new Promise<string>((resolve) => {
          const chunks: Buffer[] = []
          const stream = client.request({ ':path': path })
          stream.on('data', (chunk) => chunks.push(chunk))
          stream.on('end', () => resolve(Buffer.concat(chunks).toString()))
          stream.on('error', ({ message }) => resolve(message))
          stream.setTimeout(LONGEST_WAIT, () => resolve('was not answered'))
        })
      try {
        expect(await get('/books/chunked')).to.equal('half of')
        expect(await get('/books/of-a-length')).to.match(/half of|NGHTTP2_PROTOCOL_ERROR/)
        expect(JSON.parse(await get('/books/missing'))).to.include({ status: 404 })
      } finally {
        client.close()
      }
    })
  })
}
