import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Controller, Get, Module, NotFoundException, Version, VersioningType } from '@nestjs/common'
import { NestFactory, RouterModule } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { expect } from 'chai'
import { NotFound } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import type { AnyResponse } from './any-response.js'
import { isSince } from './nest-version.js'
import { type Application, closeServers, platforms } from './platforms.js'
import { request } from './request.js'
import { ways } from './ways.js'

for (const platform of platforms) {
  for (const { name, Caught } of ways) {
    describe(`Routing on ${platform.name} ${name}`, () => {
      @Controller('books')
      class Books {
        @Get('missing')
        @Version(['1', '2'])
        @Caught()
        missing() {
          throw new NotFound('Of old.')
        }

        @Get('missing')
        @Version('3')
        @Caught()
        missingAnew() {
          throw new NotFound('Anew.')
        }
      }

      @Controller('shelves')
      class Shelves {
        @Get('missing')
        @Caught()
        missing() {
          throw new NotFound('There is no such shelf.')
        }
      }

      @Module({ controllers: [Shelves] })
      class ShelvesModule {}

      let paths: unknown[] = []

      // Otherwise Fastify asks the extractor before anybody can catch what it throws, which ends the process.
      const mayThrow = platform.name === 'Express' || isSince(12.4, 11.2)

      const start = ({ configure, ...application }: Application) =>
        platform.start({
          ...application,
          configure: (app) => {
            app.useGlobalFilters(new FailureFilter({ onFailure: (_failure, { path }) => void paths.push(path) }))
            return configure?.(app)
          },
        })

      beforeEach(() => {
        paths = []
      })

      afterEach(closeServers)

      it('may have a prefix', async () => {
        const { get } = await start({
          imports: [ShelvesModule],
          configure: (app) => app.setGlobalPrefix('api'),
        })
        expect((await get('/api/shelves/missing')).json()).to.include({ detail: 'There is no such shelf.' })
        // Outside of the prefix, Express is not told what Nest would answer, and answers itself.
        const outside = platform.name === 'Fastify' ? ['/nowhere', '/shelves/missing'] : []
        for (const path of ['/api/nowhere', '/api/shelves', ...outside]) {
          const answer = await get(path)
          expect(answer.status, path).to.equal(404)
          expect(answer.json(), path).to.include({ title: 'Not Found', detail: `Cannot GET ${path}` })
        }
        expect(paths).to.deep.equal(['/api/shelves/missing', '/api/nowhere', '/api/shelves', ...outside])
      })

      it('may have versions in the path', async () => {
        const { get } = await start({
          controllers: [Books],
          configure: (app) => app.enableVersioning({ type: VersioningType.URI }),
        })
        expect((await get('/v2/books/missing')).json()).to.include({ detail: 'Of old.' })
        expect((await get('/v3/books/missing')).json()).to.include({ detail: 'Anew.' })
        expect((await get('/v4/books/missing')).json()).to.include({ detail: 'Cannot GET /v4/books/missing' })
        expect(paths).to.have.length(3)
      })

      for (const [where, options, headersOf] of [
        ['a header field', { type: VersioningType.HEADER, header: 'X-Version' }, (v: string) => ({ 'x-version': v })],
        [
          'the media type',
          { type: VersioningType.MEDIA_TYPE, key: 'v=' },
          (v: string) => ({ accept: `application/json;v=${v}` }),
        ],
        [
          'what it likes',
          {
            type: VersioningType.CUSTOM,
            extractor: ({ headers }: any) => {
              if (headers['x-version'] === 'none' && mayThrow) throw new NotFound('There is no such version.')
              return headers['x-version']
            },
          },
          (v: string) => ({ 'x-version': v }),
        ],
      ] as const) {
        it(`may have versions in ${where}`, async () => {
          const { get } = await start({
            controllers: [Books],
            configure: (app) => app.enableVersioning(options as never),
          })
          const answerTo = (version: string) => get('/books/missing', { headers: headersOf(version) })
          expect((await answerTo('2')).json()).to.include({ detail: 'Of old.' })
          expect((await answerTo('3')).json()).to.include({ detail: 'Anew.' })
          expect((await answerTo('none')).json()).to.include({ title: 'Not Found', status: 404 })
        })
      }

      it('may have the paths of RouterModule', async () => {
        const { get } = await start({
          imports: [
            ShelvesModule,
            RouterModule.register([{ path: 'library', children: [{ path: 'east', module: ShelvesModule }] }]),
          ],
        })
        expect((await get('/library/east/shelves/missing')).json()).to.include({ detail: 'There is no such shelf.' })
        expect(paths).to.deep.equal(['/library/east/shelves/missing'])
      })

      it('may have hosts', async () => {
        @Controller({ host: 'books.example' })
        class OfAHost {
          @Get('missing')
          @Caught()
          missing() {
            throw new NotFound('Of the host.')
          }
        }
        const { get } = await start({ controllers: [OfAHost] })
        // Otherwise Nest itself answers 500, since Fastify has no next handler.
        const goesOn = platform.name === 'Express' || isSince(12.4, 11.2)
        expect((await get('/missing', { headers: { host: 'books.example' } })).json()).to.include({
          detail: 'Of the host.',
        })
        const elsewhere = (await get('/missing')).json()
        if (goesOn) expect(elsewhere).to.include({ status: 404, detail: 'Cannot GET /missing' })
        else expect(elsewhere).to.deep.equal({ type: 'about:blank', title: 'Internal Server Error', status: 500 })
      })

      it('may have a part that is written without Nest', async () => {
        const { get } = await start({
          imports: [ShelvesModule],
          configure: (app) =>
            app.use('/legacy', (_request: unknown, _response: unknown, next: (error: unknown) => void) => {
              next(new NotFound('Of old.'))
            }),
        })
        expect((await get('/legacy/books')).json()).to.include({ detail: 'Of old.' })
        expect(paths).to.deep.equal(['/legacy/books'])
      })
    })
  }
}

for (const { name, Caught } of ways) {
  describe(`An application that is mounted in one of Express, ${name}`, () => {
    let server: Server
    let origin: string
    const paths: unknown[] = []

    @Controller('books')
    class Books {
      @Get('missing')
      @Caught()
      missing() {
        throw new NotFound('There is no such book.')
      }

      @Get('of-nest')
      @Caught()
      ofNest() {
        throw new NotFoundException('There is no such book.')
      }
    }

    @Module({ controllers: [Books] })
    class Shop {}

    before(async () => {
      const app = await NestFactory.create(Shop, new ExpressAdapter(), { logger: false })
      app.useGlobalFilters(new FailureFilter({ onFailure: (_failure, { path }) => void paths.push(path) }))
      await app.init()
      const plain = await NestFactory.create(Shop, new ExpressAdapter(), { logger: false })
      await plain.init()
      const main = new ExpressAdapter().getInstance()
      main.use('/shop', app.getHttpAdapter().getInstance())
      main.use('/plain', plain.getHttpAdapter().getInstance())
      main.get('/', (_request: unknown, response: AnyResponse) => response.send('main'))
      server = createServer(main).listen(0, '127.0.0.1')
      await new Promise((resolve) => server.once('listening', resolve))
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })

    after(() => server.close())

    it('answers by its own filter, and tells the whole path', async () => {
      for (const path of ['/shop/books/missing', '/shop/books/of-nest']) {
        const answer = await request(`${origin}${path}`)
        expect(answer.json(), path).to.include({ status: 404, detail: 'There is no such book.' })
      }
      expect((await request(`${origin}/shop/nowhere`)).json()).to.include({ status: 404 })
      expect(paths).to.deep.equal(['/shop/books/missing', '/shop/books/of-nest', '/shop/nowhere'])
    })

    it('leaves the others as they are', async () => {
      expect((await request(origin)).body).to.equal('main')
      const { status } = await request(`${origin}/plain/books/missing`)
      expect(status).to.equal(404)
      expect((await request(`${origin}/plain/books/of-nest`)).json()).to.include({ statusCode: 404 })
      expect(paths).to.have.length(3)
    })
  })
}
