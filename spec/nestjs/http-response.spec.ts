import { connect } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { Controller, Get, Header, HttpCode, type INestApplication, Post, Res } from '@nestjs/common'
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
import { FailureFilter } from '../../src/nestjs/index.js'
import { type PlatformResponse, writeReply } from '../../src/node/write-reply.js'
import { type AnyResponse, rawOf, type ServerResponse, tick } from './any-response.js'
import { type Application, closeServers, platforms, start } from './platforms.js'

@Controller('books')
class Books {
  @Get('missing')
  missing() {
    throw new NotFound('There is no bøøk.')
  }

  @Get('secret')
  secret() {
    throw new Unauthorized({ challenge: ['Bearer realm="books"', { scheme: 'Basic', realm: 'books' }] })
  }

  @Get('cookies')
  cookies() {
    throw new Conflict({ headers: { 'Set-Cookie': ['a=1', 'b=2'] } })
  }

  @Get('old')
  old() {
    throw new UpgradeRequired({ upgrade: ['HTTP/3', 'HTTP/2'] })
  }

  @Post('read-only')
  readOnly() {
    throw new MethodNotAllowed({ allow: ['GET', 'HEAD'] })
  }

  @Get('begun')
  @HttpCode(206)
  @Header('ETag', '"1"')
  @Header('Cache-Control', 'public, max-age=3600')
  @Header('Content-Disposition', 'attachment; filename="books.csv"')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Language', 'de')
  @Header('X-Shelf', '7')
  begun(@Res({ passthrough: true }) response: AnyResponse) {
    response.header('Last-Modified', 'Mon, 06 Jul 2026 08:00:00 GMT')
    response.header('Content-Encoding', 'gzip')
    response.header('Content-Range', 'bytes 0-1/2')
    response.header('Content-Length', '2')
    response.header('Expires', 'Mon, 06 Jul 2026 08:00:00 GMT')
    rawOf(response).setHeader('X-Request-Id', '42')
    rawOf(response).statusMessage = 'All fine'
    throw new NotFound()
  }

  @Get('begun-below')
  begunBelow(@Res({ passthrough: true }) response: AnyResponse) {
    for (const name of ['ETag', 'Expires', 'Content-Disposition']) rawOf(response).setHeader(name, '"1"')
    rawOf(response).setHeader('Cache-Control', 'public')
    rawOf(response).setHeader('Vary', 'Origin')
    throw new Conflict({ headers: { vary: 'Accept-Language' } })
  }

  @Get('varies')
  varies(@Res({ passthrough: true }) response: AnyResponse) {
    response.header('Vary', 'Origin')
    throw new Conflict({ headers: { Vary: ['Accept', 'Accept-Language'] } })
  }

  @Get('chunked')
  chunked(@Res({ passthrough: true }) response: AnyResponse) {
    rawOf(response).setHeader('Transfer-Encoding', 'chunked')
    throw new Conflict()
  }

  @Get('varies-anew')
  variesAnew() {
    throw new Conflict({ headers: { Vary: 'Accept' } })
  }

  @Get('cookie-begun')
  cookieBegun(@Res({ passthrough: true }) response: AnyResponse) {
    response.header('Set-Cookie', 'a=1')
    throw new Conflict({ headers: { 'Set-Cookie': 'b=2' } })
  }

  @Get('cacheable')
  cacheable() {
    throw new NotFound({ headers: { 'cache-control': 'max-age=60', 'X-Content-Type-Options': 'nosniff' } })
  }

  @Get('limited')
  limited() {
    throw new TooManyRequests({ retryAfter: 1.2, headers: { 'Cache-Control': 'max-age=60' } })
  }

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
        'X-Kept': 'yes',
      },
    })
  }

  @Get('half')
  half(@Res() response: AnyResponse) {
    rawOf(response).write('half of')
    throw new NotFound()
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

function withoutLogs(app: INestApplication): void {
  app.useGlobalFilters(new FailureFilter({ onFailure: () => undefined }))
}

const application: Application = {
  controllers: [Books],
  configure: (app) => {
    app.enableCors({ origin: 'https://shop.example', credentials: true })
    withoutLogs(app)
  },
  middleware: [
    (_request: unknown, response: ServerResponse, next: () => void) => {
      response.setHeader('Strict-Transport-Security', 'max-age=1')
      next()
    },
  ],
}

for (const platform of platforms) {
  describe(`The answer of FailureFilter on ${platform.name}`, () => {
    let get: Awaited<ReturnType<typeof platform.start>>['get']

    before(async () => {
      get = (await platform.start(application)).get
    })

    after(closeServers)

    it('is a problem document, exactly', async () => {
      const answer = await get('/books/missing')
      const body = '{"type":"about:blank","title":"Not Found","status":404,"detail":"There is no bøøk."}'
      expect(answer.body).to.equal(body)
      expect(answer.status).to.equal(404)
      expect(answer.phrase).to.equal('Not Found')
      expect(answer.lines('content-type')).to.deep.equal(['application/problem+json'])
      expect(answer.lines('cache-control')).to.deep.equal(['no-store'])
      expect(answer.lines('x-content-type-options')).to.deep.equal(['nosniff'])
      expect(answer.lines('content-length')).to.deep.equal([String(Buffer.byteLength(body))])
      expect(answer.names()).not.to.include('transfer-encoding')
    })

    it('has no content for HEAD, and the same header fields', async () => {
      const [head, full] = [await get('/books/missing', { method: 'HEAD' }), await get('/books/missing')]
      expect(head.body).to.equal('')
      expect(head.status).to.equal(404)
      for (const name of full.names().filter((name) => name !== 'date')) {
        expect(head.lines(name), name).to.deep.equal(full.lines(name))
      }
      expect(head.names()).to.have.members(full.names())
    })

    it('has one line for each challenge', async () => {
      const answer = await get('/books/secret')
      expect(answer.status).to.equal(401)
      expect(answer.lines('www-authenticate')).to.deep.equal(['Bearer realm="books"', 'Basic realm="books"'])
    })

    it('has one line for each cookie', async () => {
      expect((await get('/books/cookies')).lines('set-cookie')).to.deep.equal(['a=1', 'b=2'])
    })

    it('adds its cookies to those that were set before', async () => {
      expect((await get('/books/cookie-begun')).lines('set-cookie')).to.deep.equal(['a=1', 'b=2'])
    })

    it('has the fields that its status owes', async () => {
      const old = await get('/books/old')
      expect(old.status).to.equal(426)
      expect(old.field('upgrade')).to.equal('HTTP/3, HTTP/2')
      expect(old.field('connection')?.toLowerCase()).to.equal('upgrade')
      expect(old.json().status).to.equal(426)
      expect((await get('/books/read-only', { method: 'POST' })).field('allow')).to.equal('GET, HEAD')
      expect((await get('/books/limited')).field('retry-after')).to.equal('2')
    })

    it('is not stored unless the failure says so, nor ever where a specification forbids it', async () => {
      expect((await get('/books/cacheable')).lines('cache-control')).to.deep.equal(['max-age=60'])
      expect((await get('/books/limited')).lines('cache-control')).to.deep.equal(['no-store'])
    })

    it('has nothing of what described a success that had begun', async () => {
      const answer = await get('/books/begun')
      const body = '{"type":"about:blank","title":"Not Found","status":404}'
      expect(answer.body).to.equal(body)
      expect(answer.status).to.equal(404)
      expect(answer.phrase).to.equal('Not Found')
      for (const name of [
        'etag',
        'last-modified',
        'content-encoding',
        'content-range',
        'content-disposition',
        'expires',
      ]) {
        expect(answer.lines(name), name).to.deep.equal([])
      }
      expect(answer.lines('cache-control')).to.deep.equal(['no-store'])
      expect(answer.lines('content-type')).to.deep.equal(['application/problem+json'])
      expect(answer.lines('content-length')).to.deep.equal([String(body.length)])
    })

    it('keeps what does not describe it', async () => {
      const answer = await get('/books/begun', { headers: { origin: 'https://shop.example' } })
      expect(answer.field('access-control-allow-origin')).to.equal('https://shop.example')
      expect(answer.field('access-control-allow-credentials')).to.equal('true')
      expect(answer.field('strict-transport-security')).to.equal('max-age=1')
      expect(answer.field('x-shelf')).to.equal('7')
      expect(answer.field('x-request-id')).to.equal('42')
    })

    it('has nothing of what was set on the response below the platform either', async () => {
      const answer = await get('/books/begun-below')
      for (const name of ['etag', 'expires', 'content-disposition']) expect(answer.lines(name), name).to.deep.equal([])
      expect(answer.lines('cache-control')).to.deep.equal(['no-store'])
      expect(answer.lines('vary')).to.deep.equal(['Origin, Accept-Language'])
    })

    it('appends to Vary', async () => {
      expect((await get('/books/varies')).lines('vary')).to.deep.equal(['Origin, Accept, Accept-Language'])
    })

    it('has the Vary of the failure alone where there was none', async () => {
      const { get } = await platform.start({ controllers: [Books], configure: withoutLogs })
      expect((await get('/books/varies-anew')).lines('vary')).to.deep.equal(['Accept'])
    })

    it('is framed by its length alone', async () => {
      const answer = await get('/books/chunked')
      expect(answer.lines('transfer-encoding')).to.deep.equal([])
      expect(answer.lines('content-length')).to.deep.equal([String(answer.body.length)])
      expect(answer.json()).to.include({ status: 409 })
    })

    it('leaves out what HTTP forbids', async () => {
      const answer = await get('/books/forbidden-values')
      expect(answer.json()).to.deep.equal({ type: 'about:blank', title: 'Conflict', status: 409 })
      expect(answer.field('x-kept')).to.equal('yes')
      expect(answer.field('x-list')).to.equal('fine')
      expect(answer.field('content-type')).to.equal('application/problem+json')
      expect(answer.field('content-length')).to.equal(String(answer.body.length))
      expect(answer.names()).not.to.include.members(['x-split'])
      for (const name of ['x-split', 'x-emoji', 'set-cookie', 'bad name', 'transfer-encoding']) {
        expect(answer.names()).not.to.include(name)
      }
    })

    describe('when another one has begun', () => {
      it('ends that one', async () => {
        const answer = await get('/books/half')
        expect(answer.status).to.equal(200)
        expect(answer.body).to.equal('half of')
      })

      it('leaves that one as it is when it is complete', async () => {
        for (const path of ['/books/whole', '/books/whole-later']) {
          const answer = await get(path)
          expect(answer.status, path).to.equal(200)
          expect(answer.body, path).to.equal('whole')
        }
        expect((await get('/books/ended')).body).to.equal('ended')
      })

      afterEach('and the server lives', async () => {
        expect((await get('/books/missing')).status).to.equal(404)
      })
    })
  })
}

describe('The answer of FailureFilter on Fastify', () => {
  afterEach(closeServers)

  it('goes to the response itself when the reply was hijacked', async () => {
    @Controller('hijacked')
    class Hijacked {
      @Get()
      show(@Res() reply: AnyResponse) {
        reply.hijack()
        throw new NotFound()
      }
    }
    const { get } = await start({ ...application, controllers: [Hijacked] }, new FastifyAdapter())
    const answer = await get('/hijacked')
    expect(answer.status).to.equal(404)
    expect(answer.field('content-type')).to.equal('application/problem+json')
  })

  it('has no connection-specific fields over HTTP/2', async () => {
    const { app } = await start(application, new FastifyAdapter({ http2: true }))
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
  it('writes to a response that does not know its request', () => {
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

  it('writes no content to Fastify where there is none', () => {
    const sent: unknown[] = []
    const removed: string[] = []
    const raw = { headersSent: false, removeHeader: (name: string) => removed.push(name), statusMessage: '' }
    const response = {
      raw,
      sent: false,
      code: () => undefined,
      header: () => undefined,
      getHeader: () => undefined,
      getHeaders: () => ({ etag: '"1"', 'content-length': '2' }),
      removeHeader: () => undefined,
      send: (body: unknown) => sent.push(body),
    }
    writeReply({ status: 404, headers: {}, body: null }, response as unknown as PlatformResponse)
    expect(sent).to.deep.equal([Buffer.alloc(0)])
    expect(removed, 'below the reply').to.include.members(['etag', 'content-length'])
  })

  it('fits the reply of Fastify as it is typed', () => {
    const fits = (reply: FastifyReply): PlatformResponse => reply
    expect(fits).to.be.a('function')
  })
})
