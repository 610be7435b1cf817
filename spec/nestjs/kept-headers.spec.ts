import { Controller, Get, Header, type INestApplication, Res, UseGuards } from '@nestjs/common'
import { expect } from 'chai'
import { Forbidden, NotFound, Unauthorized } from '../../src/index.js'
import { type AnyResponse, rawOf } from './any-response.js'
import { given, isSince } from './nest-version.js'
import { closeServers, platforms } from './platforms.js'
import { silently, ways } from './ways.js'

/** The headers that helmet sets. */
const SECURITY = {
  'content-security-policy': "default-src 'self'",
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
}

const OTHERS = {
  'ratelimit-remaining': '7',
  'server-timing': 'db;dur=53',
  'x-request-id': '42',
}

function secure(_request: unknown, response: AnyResponse, next: () => void): void {
  for (const [name, value] of Object.entries({ ...SECURITY, ...OTHERS })) response.setHeader(name, value)
  next()
}

function refuseAnonymous(request: { url?: string }, _response: unknown, next: (error?: unknown) => void): void {
  next(request.url?.includes('anonymous') ? new Unauthorized({ challenge: 'Bearer' }) : undefined)
}

const ORIGINS = ['https://shop.example', 'https://desk.example']
const withOrigin = { headers: { origin: 'https://shop.example' } }

for (const platform of platforms) {
  for (const { name, Caught } of ways) {
    describe(`Headers set before a failure on ${platform.name} ${name}`, () => {
      @Controller('books')
      class Books {
        @Get()
        @Caught()
        list() {
          return []
        }

        @Get('missing')
        @Header('Access-Control-Max-Age', '60')
        @Caught()
        missing(@Res({ passthrough: true }) response: AnyResponse) {
          response.header('X-Shelf', '7')
          rawOf(response).setHeader('X-Row', '8')
          throw new NotFound()
        }

        @Get('guarded')
        @Caught()
        @UseGuards({
          canActivate: () => {
            throw new Forbidden()
          },
        })
        guarded() {}

        @Get('custom-policy')
        @Caught()
        customPolicy() {
          throw new NotFound({ headers: { 'Content-Security-Policy': "default-src 'none'" } })
        }
      }

      let get: Awaited<ReturnType<typeof platform.start>>['get']

      before(async () => {
        const configure = (app: INestApplication) => {
          app.enableCors({ origin: ORIGINS, credentials: true, exposedHeaders: ['X-Request-Id'] })
          app.use(secure)
          app.useGlobalFilters(silently())
        }
        get = (await platform.start({ controllers: [Books], configure, middleware: [refuseAnonymous] })).get
      })

      after(closeServers)

      for (const [path, status] of Object.entries({
        '': 200,
        '/missing': 404,
        '/guarded': 403,
        '/nowhere': 404,
        '?anonymous': 401,
      })) {
        const isSet = path !== '?anonymous' || platform.name !== 'Fastify' || isSince(12.4, 11.2)
        const withCors = given(isSet, 'this Nest version calls the middleware before CORS on Fastify')
        withCors(`are kept with status ${status} (/books${path})`, async () => {
          const response = await get(`/books${path}`, withOrigin)
          expect(response.status).to.equal(status)
          expect(response.lines('access-control-allow-origin')).to.deep.equal(['https://shop.example'])
          expect(response.lines('access-control-allow-credentials')).to.deep.equal(['true'])
          expect(response.lines('access-control-expose-headers')).to.deep.equal(['X-Request-Id'])
          expect(response.lines('vary')).to.deep.equal(['Origin'])
          for (const [field, value] of Object.entries({ ...SECURITY, ...OTHERS })) {
            expect(response.lines(field), field).to.deep.equal([value])
          }
        })
      }

      it('are kept when the handler set them', async () => {
        const response = await get('/books/missing')
        expect(response.field('access-control-max-age')).to.equal('60')
        expect(response.field('x-shelf')).to.equal('7')
        expect(response.field('x-row')).to.equal('8')
      })

      it('are replaced by those of the failure', async () => {
        expect((await get('/books/custom-policy')).lines('content-security-policy')).to.deep.equal([
          "default-src 'none'",
        ])
      })

      it('are sent in response to a preflight request, too', async () => {
        const headers = { ...withOrigin.headers, 'access-control-request-method': 'GET' }
        const response = await get('/books/missing', { method: 'OPTIONS', headers })
        expect(response.status).to.equal(204)
        expect(response.field('access-control-allow-origin')).to.equal('https://shop.example')
      })
    })
  }
}
