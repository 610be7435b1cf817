import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:http2'
import { type AddressInfo, connect as connectTo } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Controller, Get, Res, StreamableFile, type Type } from '@nestjs/common'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { NotFound } from '../../src/index.js'
import { FailureModule } from '../../src/nestjs/index.js'
import { type AnyResponse, rawOf, tick } from './any-response.js'
import { type Application, closeServers, platforms, type Server, start } from './platforms.js'
import { cutOff, LONGEST_WAIT } from './request.js'
import { ways } from './ways.js'

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`A route that fails after it started the response, on ${platform.name} ${name}`, () => {
      let server: Server
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })

      @Controller('missing')
      class Missing {
        @Get()
        @Caught()
        missing() {
          throw new NotFound()
        }
      }

      async function startWith(controller: Type): Promise<Server> {
        server = await platform.start({ ...application, controllers: [controller, Missing] })
        return server
      }

      afterEach('checks that the server still responds', async () => {
        expect((await server.get('/missing')).json()).to.include({ status: 404 })
        await closeServers()
      })

      after(() => agent.destroy())

      it('breaks off a response that has started, so that it does not look complete', async () => {
        @Controller('books')
        class Books {
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
        }
        const { origin, get } = await startWith(Books)
        for (const [path, body] of Object.entries({ chunked: 'half of', flushed: '' })) {
          const response = await cutOff(get(`/books/${path}`, { agent }))
          expect([response.status, response.body], path).to.deep.equal([200, body])
          const fetched = fetch(`${origin}/books/${path}`).then((received) => received.text())
          expect(await fetched.catch((error) => error.name)).to.equal('TypeError')
        }
      })

      it('keeps a response that has ended, and its connection', async () => {
        @Controller('books')
        class Books {
          @Get('whole')
          @Caught()
          whole(@Res() response: AnyResponse) {
            response.send('whole')
            throw new NotFound()
          }
        }
        const { app, get } = await startWith(Books)
        let connections = 0
        app.getHttpServer().on('connection', () => {
          connections += 1
        })
        const response = await get('/books/whole', { agent })
        expect([response.status, response.body]).to.deep.equal([200, 'whole'])
        expect((await get('/missing', { agent })).status).to.equal(404)
        expect(connections).to.equal(1)
      })

      it('closes the connection when it wrote less than its Content-Length', async () => {
        @Controller('books')
        class Books {
          @Get('with-length')
          @Caught()
          async withLength(@Res() response: AnyResponse) {
            rawOf(response).setHeader('Content-Length', '100')
            rawOf(response).write('half of')
            await tick()
            throw new NotFound()
          }

          @Get('with-length-at-once')
          @Caught()
          withLengthAtOnce(@Res() response: AnyResponse) {
            rawOf(response).writeHead(200, { 'Content-Length': '100' }).write('half of')
            throw new NotFound()
          }

          @Get('with-whole-length')
          @Caught()
          withWholeLength(@Res() response: AnyResponse) {
            rawOf(response).writeHead(200, { 'Content-Length': '7' }).write('half of')
            throw new NotFound()
          }
        }
        const { get } = await startWith(Books)
        for (const path of ['with-length', 'with-length-at-once']) {
          const response = await cutOff(get(`/books/${path}`, { agent }))
          expect(response.status, path).to.equal(200)
          expect(response.body, path).to.equal('half of')
        }
        expect((await get('/books/with-whole-length')).body).to.equal('half of')
      })

      it('closes the connection after a pipelined response that is incomplete', async () => {
        @Controller('books')
        class Books {
          @Get('abandoned')
          @Caught()
          async abandoned() {
            await new Promise((resolve) => setTimeout(resolve, 50))
            throw new NotFound()
          }

          @Get('with-length-at-once')
          @Caught()
          withLengthAtOnce(@Res() response: AnyResponse) {
            rawOf(response).writeHead(200, { 'Content-Length': '100' }).write('half of')
            throw new NotFound()
          }
        }
        const { origin } = await startWith(Books)
        const socket = connectTo(Number(new URL(origin).port), '127.0.0.1')
        const requestFor = (path: string) => `GET /books/${path} HTTP/1.1\r\nHost: books.example\r\n\r\n`
        socket.write(requestFor('abandoned') + requestFor('with-length-at-once'))
        socket.setTimeout(LONGEST_WAIT, () => socket.destroy(new Error(`no response within ${LONGEST_WAIT} ms`)))
        const received = (await socket.toArray()).join('')
        expect(received).to.match(/^HTTP\/1\.1 404 .*HTTP\/1\.1 200 OK\r\n.*\r\n\r\nhalf of$/s)
      })

      it('breaks off a response to HEAD as well, with or without a Content-Length', async () => {
        @Controller('books')
        class Books {
          @Get('chunked')
          @Caught()
          async chunked(@Res() response: AnyResponse) {
            rawOf(response).write('half of')
            await tick()
            throw new NotFound()
          }

          @Get('with-length')
          @Caught()
          async withLength(@Res() response: AnyResponse) {
            rawOf(response).setHeader('Content-Length', '100')
            rawOf(response).write('half of')
            await tick()
            throw new NotFound()
          }
        }
        const { get } = await startWith(Books)
        for (const path of ['chunked', 'with-length']) {
          // Node sends the head of a response to HEAD when the response ends.
          const response = await get(`/books/${path}`, { method: 'HEAD' }).catch((error) => error)
          expect(response.message, path).to.equal('socket hang up')
        }
      })

      it('ignores a response that was destroyed', async () => {
        @Controller('books')
        class Books {
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

          @Get('pipeline')
          @Caught()
          async pipeline(@Res() response: AnyResponse) {
            const source = new PassThrough()
            source.write('half of')
            setTimeout(() => source.destroy(new NotFound()), 5)
            await pipeline(source, rawOf(response))
          }
        }
        const { get } = await startWith(Books)
        const outcome = await get('/books/destroyed').catch((error) => error.code)
        expect(outcome).to.equal('ECONNRESET')
        for (const path of ['destroyed-half-way', 'pipeline']) {
          expect((await cutOff(get(`/books/${path}`))).body, path).to.equal('half of')
        }
      })

      it('tolerates a stream that keeps writing', async () => {
        @Controller('books')
        class Books {
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
        }
        const { get } = await startWith(Books)
        expect((await get('/books/piped')).json()).to.include({ status: 404 })
        expect((await cutOff(get('/books/piped-for-a-while'))).body).to.equal('half of')
      })

      it('tolerates a handler that keeps writing', async () => {
        @Controller('books')
        class Books {
          @Get('written-later')
          @Caught()
          writtenLater(@Res() response: AnyResponse) {
            setTimeout(() => rawOf(response).write('half of'), 20)
            throw new NotFound()
          }

          @Get('writing')
          @Caught()
          writing(@Res() response: AnyResponse) {
            void writeRepeatedly(rawOf(response), 20)
            throw new NotFound()
          }
        }
        const { get } = await startWith(Books)
        expect((await get('/books/written-later')).json()).to.include({ status: 404 })
        expect((await cutOff(get('/books/writing'))).body).to.match(/^(more ){0,19}$/)
        await new Promise((resolve) => setTimeout(resolve, 50))
      })

      it('tolerates a client that has disconnected', async () => {
        @Controller('books')
        class Books {
          @Get('abandoned')
          @Caught()
          async abandoned() {
            await new Promise((resolve) => setTimeout(resolve, 50))
            throw new NotFound()
          }
        }
        const { origin } = await startWith(Books)
        const outgoing = httpRequest(`${origin}/books/abandoned`, { agent: false })
        outgoing.on('error', () => undefined).end()
        await new Promise((resolve) => setTimeout(resolve, 20))
        outgoing.destroy()
        await new Promise((resolve) => setTimeout(resolve, 60))
      })
    })
  }
}

for (const { name, Caught, application } of ways) {
  describe(`A route that fails behind middleware that ends the response later, on Express ${name}`, () => {
    /** Ends the response after a while, as `compression` does. */
    const delaying = (_request: unknown, response: AnyResponse, next: () => void) => {
      const { end } = response
      response.end = (...given: unknown[]) => {
        response.flushHeaders()
        setTimeout(() => end.apply(response, given as [string]), 20)
        return response
      }
      next()
    }

    @Controller('books')
    class Books {
      @Get('whole')
      @Caught()
      whole(@Res() response: AnyResponse) {
        response.send('whole')
        throw new NotFound()
      }

      @Get('half')
      @Caught()
      half(@Res() response: AnyResponse) {
        response.write('half of')
        throw new NotFound()
      }
    }

    after(closeServers)

    it('keeps a response that has ended, and breaks off another one within a second', async () => {
      const { get } = await start(
        { ...application, controllers: [Books], middleware: [delaying] },
        new ExpressAdapter(),
      )
      expect((await get('/books/whole')).body).to.equal('whole')
      const before = Date.now()
      expect((await cutOff(get('/books/half'))).body).to.equal('half of')
      expect(Date.now() - before).to.be.below(1000)
    })
  })

  describe(`A route that fails after it started an HTTP/2 response, ${name}`, () => {
    after(closeServers)

    it('resets the stream with INTERNAL_ERROR and keeps the connection open', async () => {
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

        @Get('with-length')
        @Caught()
        async withLength(@Res() response: AnyResponse) {
          rawOf(response).setHeader('Content-Length', '100')
          rawOf(response).write('half of')
          await tick()
          throw new NotFound()
        }
      }
      await expectReset({ ...application, controllers: [Books] }, ['/books/chunked', '/books/with-length'])
    })

    it('resets the stream of content that fails half-way, with FailureModule', async () => {
      @Controller('books')
      class Books {
        @Get('missing')
        missing() {
          throw new NotFound()
        }

        @Get('file')
        @Caught()
        file() {
          return new StreamableFile(Readable.from(failing()))
        }

        @Get('file-with-length')
        @Caught()
        fileWithLength() {
          return new StreamableFile(Readable.from(failing()), { length: 100 })
        }

        @Get('response')
        @Caught()
        response() {
          return new Response(Readable.toWeb(Readable.from(failing())) as never)
        }

        @Get('stream')
        @Caught()
        async stream() {
          return Readable.from(failing())
        }

        @Get('sent')
        @Caught()
        sent(@Res() reply: AnyResponse) {
          reply.send(Readable.from(failing()))
        }
      }
      const application = { imports: [FailureModule.forRoot({ onFailure: () => undefined })], controllers: [Books] }
      await expectReset(application, [
        '/books/file',
        '/books/file-with-length',
        '/books/response',
        '/books/stream',
        '/books/sent',
      ])
    })
  })
}

/** Expects that the stream of each response is reset, and that the connection is still usable. */
async function expectReset(application: Application, paths: readonly string[]): Promise<void> {
  const { app } = await start(application, new FastifyAdapter({ http2: true }))
  const client = connect(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`)
  const get = (path: string) =>
    new Promise<string>((resolve) => {
      const chunks: Buffer[] = []
      const stream = client.request({ ':path': path })
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', () => resolve(Buffer.concat(chunks).toString()))
      stream.on('error', ({ message }) => resolve(message))
      stream.setTimeout(LONGEST_WAIT, () => resolve(`no response within ${LONGEST_WAIT} ms`))
    })
  try {
    for (const path of paths) {
      expect(await get(path), path).to.equal('Stream closed with error code NGHTTP2_INTERNAL_ERROR')
    }
    expect(JSON.parse(await get('/books/missing'))).to.include({ status: 404 })
  } finally {
    client.close()
  }
}

async function* failing() {
  yield Buffer.from('half of')
  await tick()
  throw new Error('The disk is broken.')
}

/** Keeps writing in microtasks until long after the filter was called, but before Node has closed the response. */
async function writeRepeatedly(response: NodeJS.WritableStream, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    response.write('more ')
    await undefined
  }
}
