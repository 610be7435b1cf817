import { connect } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { Controller, Get, Header, HttpCode, type INestApplication, Post, Res, type Type } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import type { FastifyReply } from 'fastify'
import {
  Conflict,
  MethodNotAllowed,
  NotFound,
  TooManyRequests,
  Unauthorized,
  UpgradeRequired,
} from '../../src/index.js'
import type { PlatformResponse } from '../../src/node/platform-response.js'
import { writeReply } from '../../src/node/write-reply.js'
import { type AnyResponse, rawOf, type ServerResponse, tick } from './any-response.js'
import { type Application, closeServers, platforms, type Server, start } from './platforms.js'
import { cutOff } from './request.js'
import { silently } from './ways.js'

for (const platform of platforms) {
  describe(`FailureFilter over HTTP on ${platform.name}`, () => {
    afterEach(closeServers)

    const serve = (controller: Type) =>
      platform.start({ controllers: [controller], configure: (app) => app.useGlobalFilters(silently()) })

    it('sends exactly the problem details and their headers', async () => {
      @Controller('books')
      class Books {
        @Get('missing')
        missing() {
          throw new NotFound('There is no bøøk.')
        }
      }
      const { get } = await serve(Books)
      const response = await get('/books/missing')
      const body = '{"type":"about:blank","title":"Not Found","status":404,"detail":"There is no bøøk."}'
      expect(response.body).to.equal(body)
      expect(response.status).to.equal(404)
      expect(response.phrase).to.equal('Not Found')
      expect(response.lines('content-type')).to.deep.equal(['application/problem+json'])
      expect(response.lines('cache-control')).to.deep.equal(['no-store'])
      expect(response.lines('x-content-type-options')).to.deep.equal(['nosniff'])
      expect(response.lines('content-length')).to.deep.equal([String(Buffer.byteLength(body))])
      expect(response.names()).not.to.include('transfer-encoding')
    })

    it('sends the same headers without content for HEAD', async () => {
      @Controller('books')
      class Books {
        @Get('missing')
        missing() {
          throw new NotFound('There is no bøøk.')
        }
      }
      const { get } = await serve(Books)
      const [head, full] = [await get('/books/missing', { method: 'HEAD' }), await get('/books/missing')]
      expect(head.body).to.equal('')
      expect(head.status).to.equal(404)
      for (const name of full.names().filter((name) => name !== 'date')) {
        expect(head.lines(name), name).to.deep.equal(full.lines(name))
      }
      expect(head.names()).to.have.members(full.names())
    })

    it('sends one WWW-Authenticate line per challenge', async () => {
      @Controller('books')
      class Books {
        @Get('secret')
        secret() {
          throw new Unauthorized({ challenge: ['Bearer realm="books"', { scheme: 'Basic', realm: 'books' }] })
        }
      }
      const { get } = await serve(Books)
      const response = await get('/books/secret')
      expect(response.status).to.equal(401)
      expect(response.lines('www-authenticate')).to.deep.equal(['Bearer realm="books"', 'Basic realm="books"'])
    })

    it('sends one Set-Cookie line per cookie', async () => {
      @Controller('books')
      class Books {
        @Get('cookies')
        cookies() {
          throw new Conflict({ headers: { 'Set-Cookie': ['a=1', 'b=2'] } })
        }
      }
      const { get } = await serve(Books)
      expect((await get('/books/cookies')).lines('set-cookie')).to.deep.equal(['a=1', 'b=2'])
    })

    it('adds its cookies to those that were set before', async () => {
      @Controller('books')
      class Books {
        @Get('started-with-cookie')
        startedWithCookie(@Res({ passthrough: true }) response: AnyResponse) {
          response.header('Set-Cookie', 'a=1')
          throw new Conflict({ headers: { 'Set-Cookie': 'b=2' } })
        }
      }
      const { get } = await serve(Books)
      expect((await get('/books/started-with-cookie')).lines('set-cookie')).to.deep.equal(['a=1', 'b=2'])
    })

    it('sends the headers that its status requires', async () => {
      @Controller('books')
      class Books {
        @Get('old')
        old() {
          throw new UpgradeRequired({ upgrade: ['HTTP/3', 'HTTP/2'] })
        }

        @Post('read-only')
        readOnly() {
          throw new MethodNotAllowed({ allow: ['GET', 'HEAD'] })
        }

        @Get('limited')
        limited() {
          throw new TooManyRequests({ retryAfter: 1.2, headers: { 'Cache-Control': 'max-age=60' } })
        }
      }
      const { get } = await serve(Books)
      const old = await get('/books/old')
      expect(old.status).to.equal(426)
      expect(old.field('upgrade')).to.equal('HTTP/3, HTTP/2')
      expect(old.field('connection')?.toLowerCase()).to.equal('upgrade')
      expect(old.json().status).to.equal(426)
      expect((await get('/books/read-only', { method: 'POST' })).field('allow')).to.equal('GET, HEAD')
      expect((await get('/books/limited')).field('retry-after')).to.equal('2')
    })

    it('sends the Cache-Control of the failure, but always no-store with 429', async () => {
      @Controller('books')
      class Books {
        @Get('cacheable')
        cacheable() {
          throw new NotFound({ headers: { 'cache-control': 'max-age=60', 'X-Content-Type-Options': 'nosniff' } })
        }

        @Get('limited')
        limited() {
          throw new TooManyRequests({ retryAfter: 1.2, headers: { 'Cache-Control': 'max-age=60' } })
        }
      }
      const { get } = await serve(Books)
      expect((await get('/books/cacheable')).lines('cache-control')).to.deep.equal(['max-age=60'])
      expect((await get('/books/limited')).lines('cache-control')).to.deep.equal(['no-store'])
    })

    describe('after the handler has set headers', () => {
      const OF_SUCCESS = [
        ...['CDN-Cache-Control', 'Cloudflare-CDN-Cache-Control', 'Vercel-CDN-Cache-Control', 'Surrogate-Control'],
        ...['Content-Digest', 'Repr-Digest', 'Digest', 'Content-MD5', 'Accept-Ranges', 'Age', 'Refresh'],
      ]

      @Controller('books')
      class Books {
        @Get()
        @HttpCode(206)
        @Header('ETag', '"1"')
        @Header('Cache-Control', 'public, max-age=3600')
        @Header('Content-Disposition', 'attachment; filename="books.csv"')
        @Header('Content-Type', 'text/csv; charset=utf-8')
        @Header('Content-Language', 'de')
        @Header('X-Shelf', '7')
        list(@Res({ passthrough: true }) response: AnyResponse) {
          response.header('Last-Modified', 'Mon, 06 Jul 2026 08:00:00 GMT')
          response.header('Content-Encoding', 'gzip')
          response.header('Content-Range', 'bytes 0-1/2')
          response.header('Content-Length', '2')
          response.header('Expires', 'Mon, 06 Jul 2026 08:00:00 GMT')
          for (const name of OF_SUCCESS) response.header(name, 'max-age=60')
          rawOf(response).setHeader('X-Request-Id', '42')
          rawOf(response).statusMessage = 'All fine'
          throw new NotFound()
        }
      }

      const setSecurity = (_request: unknown, response: ServerResponse, next: () => void) => {
        response.setHeader('Strict-Transport-Security', 'max-age=1')
        next()
      }

      const application: Application = {
        controllers: [Books],
        middleware: [setSecurity],
        configure(app) {
          app.enableCors({ origin: 'https://shop.example', credentials: true })
          app.useGlobalFilters(silently())
        },
      }

      it('removes headers that describe the successful response', async () => {
        const { get } = await platform.start(application)
        const response = await get('/books')
        const body = '{"type":"about:blank","title":"Not Found","status":404}'
        expect(response.body).to.equal(body)
        expect(response.status).to.equal(404)
        expect(response.phrase).to.equal('Not Found')
        for (const name of [
          'etag',
          'last-modified',
          'content-encoding',
          'content-range',
          'content-disposition',
          'expires',
        ]) {
          expect(response.lines(name), name).to.deep.equal([])
        }
        for (const name of OF_SUCCESS) expect(response.lines(name), name).to.deep.equal([])
        expect(response.lines('cache-control')).to.deep.equal(['no-store'])
        expect(response.lines('content-type')).to.deep.equal(['application/problem+json'])
        expect(response.lines('content-length')).to.deep.equal([String(body.length)])
      })

      it('keeps headers that do not describe the content', async () => {
        const { get } = await platform.start(application)
        const response = await get('/books', { headers: { origin: 'https://shop.example' } })
        expect(response.field('access-control-allow-origin')).to.equal('https://shop.example')
        expect(response.field('access-control-allow-credentials')).to.equal('true')
        expect(response.field('strict-transport-security')).to.equal('max-age=1')
        expect(response.field('x-shelf')).to.equal('7')
        expect(response.field('x-request-id')).to.equal('42')
      })
    })

    it('removes headers of the successful response from the raw response, too', async () => {
      @Controller('books')
      class Books {
        @Get('started-on-raw')
        startedOnRaw(@Res({ passthrough: true }) response: AnyResponse) {
          for (const name of ['ETag', 'Expires', 'Content-Disposition']) rawOf(response).setHeader(name, '"1"')
          rawOf(response).setHeader('Cache-Control', 'public')
          rawOf(response).setHeader('Vary', 'Origin')
          throw new Conflict({ headers: { vary: 'Accept-Language' } })
        }
      }
      const { get } = await serve(Books)
      const response = await get('/books/started-on-raw')
      for (const name of ['etag', 'expires', 'content-disposition'])
        expect(response.lines(name), name).to.deep.equal([])
      expect(response.lines('cache-control')).to.deep.equal(['no-store'])
      expect(response.lines('vary')).to.deep.equal(['Origin, Accept-Language'])
    })

    it('appends to Vary', async () => {
      @Controller('books')
      class Books {
        @Get('varies')
        varies(@Res({ passthrough: true }) response: AnyResponse) {
          response.header('Vary', 'Origin')
          throw new Conflict({ headers: { Vary: ['Accept', 'Accept-Language'] } })
        }
      }
      const { get } = await serve(Books)
      expect((await get('/books/varies')).lines('vary')).to.deep.equal(['Origin, Accept, Accept-Language'])
    })

    it('sends the Vary of the failure when none was set before', async () => {
      @Controller('books')
      class Books {
        @Get('new-vary')
        newVary() {
          throw new Conflict({ headers: { Vary: 'Accept' } })
        }
      }
      const { get } = await serve(Books)
      expect((await get('/books/new-vary')).lines('vary')).to.deep.equal(['Accept'])
    })

    it('sends Content-Length instead of Transfer-Encoding', async () => {
      @Controller('books')
      class Books {
        @Get('chunked')
        chunked(@Res({ passthrough: true }) response: AnyResponse) {
          rawOf(response).setHeader('Transfer-Encoding', 'chunked')
          throw new Conflict()
        }
      }
      const { get } = await serve(Books)
      const response = await get('/books/chunked')
      expect(response.lines('transfer-encoding')).to.deep.equal([])
      expect(response.lines('content-length')).to.deep.equal([String(response.body.length)])
      expect(response.json()).to.include({ status: 409 })
    })

    it('omits invalid headers and those that describe or frame the content', async () => {
      @Controller('books')
      class Books {
        @Get('forbidden-values')
        forbiddenValues() {
          throw new Conflict({
            headers: {
              'X-Split': 'a\r\nSet-Cookie: b=1',
              'X-Emoji': '📚',
              'bad name': '1',
              'X-List': ['fine', 'nul\0'],
              'Content-Length': '1',
              'Transfer-Encoding': 'chunked',
              'Content-Type': 'text/html',
              'X-Valid': 'yes',
            },
          })
        }
      }
      const { get } = await serve(Books)
      const response = await get('/books/forbidden-values')
      expect(response.json()).to.deep.equal({ type: 'about:blank', title: 'Conflict', status: 409 })
      expect(response.field('x-valid')).to.equal('yes')
      expect(response.field('x-list')).to.equal('fine')
      expect(response.field('content-type')).to.equal('application/problem+json')
      expect(response.field('content-length')).to.equal(String(response.body.length))
      expect(response.names()).not.to.include.members(['x-split'])
      for (const name of ['x-split', 'x-emoji', 'set-cookie', 'bad name', 'transfer-encoding']) {
        expect(response.names()).not.to.include(name)
      }
    })

    describe('when the handler has started a response', () => {
      let server: Server

      it('breaks off that response', async () => {
        @Controller('books')
        class Books {
          @Get('missing')
          missing() {
            throw new NotFound('There is no bøøk.')
          }

          @Get('half')
          half(@Res() response: AnyResponse) {
            rawOf(response).write('half of')
            throw new NotFound()
          }
        }
        server = await serve(Books)
        const response = await cutOff(server.get('/books/half'))
        expect(response.status).to.equal(200)
        expect(response.body).to.equal('half of')
      })

      it('keeps that response unchanged when it is complete', async () => {
        @Controller('books')
        class Books {
          @Get('missing')
          missing() {
            throw new NotFound('There is no bøøk.')
          }

          @Get('whole')
          whole(@Res() response: AnyResponse) {
            response.send('whole')
            throw new NotFound()
          }

          @Get('whole-later')
          async wholeLater(@Res() response: AnyResponse) {
            response.send('whole')
            await tick()
            throw new NotFound()
          }

          @Get('ended')
          ended(@Res() response: AnyResponse) {
            rawOf(response).end('ended')
            throw new NotFound()
          }
        }
        server = await serve(Books)
        for (const path of ['/books/whole', '/books/whole-later']) {
          const response = await server.get(path)
          expect(response.status, path).to.equal(200)
          expect(response.body, path).to.equal('whole')
        }
        expect((await server.get('/books/ended')).body).to.equal('ended')
      })

      afterEach('checks that the server still responds', async () => {
        expect((await server.get('/books/missing')).status).to.equal(404)
      })
    })
  })
}

describe('FailureFilter with a FastifyAdapter', () => {
  afterEach(closeServers)

  const configure = (app: INestApplication) => app.useGlobalFilters(silently())

  it('sends through the raw response when the reply was hijacked', async () => {
    @Controller('hijacked')
    class Hijacked {
      @Get()
      show(@Res() reply: AnyResponse) {
        reply.hijack()
        throw new NotFound()
      }
    }
    const { get } = await start({ controllers: [Hijacked], configure }, new FastifyAdapter())
    const response = await get('/hijacked')
    expect(response.status).to.equal(404)
    expect(response.field('content-type')).to.equal('application/problem+json')
  })

  it('omits connection-specific headers over HTTP/2', async () => {
    @Controller('books')
    class Books {
      @Get('old')
      old() {
        throw new UpgradeRequired({ upgrade: ['HTTP/3', 'HTTP/2'] })
      }
    }
    const { app } = await start({ controllers: [Books], configure }, new FastifyAdapter({ http2: true }))
    const client = connect(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`)
    try {
      const stream = client.request({ ':path': '/books/old' })
      const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
        stream.on('response', resolve)
        stream.on('error', reject)
      })
      let body = ''
      for await (const chunk of stream) body += chunk
      expect(headers[':status']).to.equal(426)
      expect(headers).not.to.have.any.keys('connection', 'upgrade')
      expect(headers['content-type']).to.equal('application/problem+json')
      expect(JSON.parse(body)).to.include({ status: 426 })
    } finally {
      client.close()
    }
  })
})

describe('writeReply', () => {
  it('writes to a response without a req property', () => {
    const written = new Map<string, unknown>()
    const response = {
      statusCode: 200,
      statusMessage: '',
      headersSent: false,
      getHeaderNames: () => [],
      getHeader: () => undefined,
      setHeader: (name: string, value: unknown) => written.set(name, value),
      removeHeader: () => undefined,
      end: (body?: string) => written.set('body', body),
    }
    writeReply({ status: 426, headers: { Upgrade: 'HTTP/3', Connection: 'upgrade' }, body: null }, response)
    expect(response.statusCode).to.equal(426)
    expect(Object.fromEntries(written)).to.deep.equal({
      'Content-Length': '0',
      Upgrade: 'HTTP/3',
      Connection: 'upgrade',
      body: undefined,
    })
  })

  it('sends an empty buffer to Fastify when the body is null', () => {
    const sent: unknown[] = []
    const removed: string[] = []
    const removeHeader = (name: string) => removed.push(name)
    const raw = { req: {}, headersSent: false, getHeader: () => '1', removeHeader, statusMessage: '' }
    const response = {
      raw,
      request: { [Symbol('fastify.context')]: { onSend: null, preSerialization: null } },
      sent: false,
      code: () => undefined,
      header: () => undefined,
      getHeader: () => undefined,
      getHeaders: () => ({ etag: '"1"', 'content-length': '2' }),
      removeHeader: () => undefined,
      hijack: () => undefined,
      send: (body: unknown) => sent.push(body),
    }
    writeReply({ status: 404, headers: {}, body: null }, response as unknown as PlatformResponse)
    expect(sent).to.deep.equal([Buffer.alloc(0)])
    expect(removed, 'removed from raw').to.include.members(['etag', 'content-length'])
  })

  it('accepts a reply of the type FastifyReply', () => {
    const assign = (reply: FastifyReply): PlatformResponse => reply
    expect(assign).to.be.a('function')
  })
})
