import { Controller, Get, Header, Res, UseGuards } from '@nestjs/common'
import { expect } from 'chai'
import { Forbidden, NotFound, Unauthorized } from '../../src/index.js'
import { type AnyResponse, rawOf } from './any-response.js'
import { given, isSince } from './nest-version.js'
import { type Application, closeServers, platforms } from './platforms.js'
import { silently, ways } from './ways.js'

const HEADERS = {
  // As set by helmet.
  'content-security-policy': "default-src 'self'",
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  // As set by other middleware.
  'ratelimit-remaining': '7',
  'server-timing': 'db;dur=53',
  'x-request-id': '42',
}

function setHeaders(_request: unknown, response: AnyResponse, next: () => void): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
  next()
}

for (const platform of platforms) {
  for (const { name, Caught } of ways) {
    describe(`Headers set before a failure on ${platform.name} ${name}`, () => {
      afterEach(closeServers)

      const start = (application: Application) =>
        platform.start({
          ...application,
          configure(app) {
            app.enableCors({
              origin: ['https://shop.example', 'https://desk.example'],
              credentials: true,
              exposedHeaders: ['X-Request-Id'],
            })
            app.use(setHeaders)
            app.useGlobalFilters(silently())
          },
        })

      it('are kept when the handler set them', async () => {
        @Controller('books')
        class Books {
          @Get('missing')
          @Header('Access-Control-Max-Age', '60')
          @Caught()
          missing(@Res({ passthrough: true }) response: AnyResponse) {
            response.header('X-Shelf', '7')
            rawOf(response).setHeader('X-Row', '8')
            throw new NotFound()
          }
        }
        const { get } = await start({ controllers: [Books] })
        const response = await get('/books/missing')
        expect(response.field('access-control-max-age')).to.equal('60')
        expect(response.field('x-shelf')).to.equal('7')
        expect(response.field('x-row')).to.equal('8')
      })

      it('are replaced by those of the failure', async () => {
        @Controller('books')
        class Books {
          @Get('missing')
          @Caught()
          missing() {
            throw new NotFound({ headers: { 'Content-Security-Policy': "default-src 'none'" } })
          }
        }
        const { get } = await start({ controllers: [Books] })
        expect((await get('/books/missing')).lines('content-security-policy')).to.deep.equal(["default-src 'none'"])
      })

      describe('by a middleware', () => {
        const withOrigin = { headers: { origin: 'https://shop.example' } }

        @Controller('books')
        class Books {
          @Get()
          @Caught()
          list() {
            return []
          }

          @Get('missing')
          @Caught()
          missing() {
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
        }

        function refuseAnonymous(request: { url?: string }, _response: unknown, next: (error?: unknown) => void): void {
          next(request.url?.includes('anonymous') ? new Unauthorized({ challenge: 'Bearer' }) : undefined)
        }

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
            const { get } = await start({ controllers: [Books], middleware: [refuseAnonymous] })
            const response = await get(`/books${path}`, withOrigin)
            expect(response.status).to.equal(status)
            expect(response.lines('access-control-allow-origin')).to.deep.equal(['https://shop.example'])
            expect(response.lines('access-control-allow-credentials')).to.deep.equal(['true'])
            expect(response.lines('access-control-expose-headers')).to.deep.equal(['X-Request-Id'])
            expect(response.lines('vary')).to.deep.equal(['Origin'])
            for (const [field, value] of Object.entries(HEADERS)) {
              expect(response.lines(field), field).to.deep.equal([value])
            }
          })
        }

        it('are sent in response to a preflight request, too', async () => {
          const { get } = await start({ controllers: [Books] })
          const headers = { ...withOrigin.headers, 'access-control-request-method': 'GET' }
          const response = await get('/books/missing', { method: 'OPTIONS', headers })
          expect(response.status).to.equal(204)
          expect(response.field('access-control-allow-origin')).to.equal('https://shop.example')
        })
      })
    })
  }
}
