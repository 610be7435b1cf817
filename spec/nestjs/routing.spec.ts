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
    describe(`The failure of a route on ${platform.name} ${name}`, () => {
      @Controller('books')
      class Books {
        @Get('missing')
        @Version(['1', '2'])
        @Caught()
        missing() {
          throw new NotFound('Missing in versions 1 and 2.')
        }

        @Get('missing')
        @Version('3')
        @Caught()
        missingInVersion3() {
          throw new NotFound('Missing in version 3.')
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

      // In earlier versions, an error thrown by the extractor is not caught on Fastify and ends the process.
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

      it('is sent under a global prefix, as is the 404 for an unknown path', async () => {
        const { get } = await start({
          imports: [ShelvesModule],
          configure: (app) => app.setGlobalPrefix('api'),
        })
        expect((await get('/api/shelves/missing')).json()).to.include({ detail: 'There is no such shelf.' })
        // Outside the prefix, Express sends its own 404.
        const outside = platform.name === 'Fastify' ? ['/nowhere', '/shelves/missing'] : []
        for (const path of ['/api/nowhere', '/api/shelves', ...outside]) {
          const response = await get(path)
          expect(response.status, path).to.equal(404)
          expect(response.json(), path).to.include({ title: 'Not Found', detail: `Cannot GET ${path}` })
        }
        expect(paths).to.deep.equal(['/api/shelves/missing', '/api/nowhere', '/api/shelves', ...outside])
      })

      it('is sent with URI versioning', async () => {
        const { get } = await start({
          controllers: [Books],
          configure: (app) => app.enableVersioning({ type: VersioningType.URI }),
        })
        expect((await get('/v2/books/missing')).json()).to.include({ detail: 'Missing in versions 1 and 2.' })
        expect((await get('/v3/books/missing')).json()).to.include({ detail: 'Missing in version 3.' })
        expect((await get('/v4/books/missing')).json()).to.include({ detail: 'Cannot GET /v4/books/missing' })
        expect(paths).to.have.length(3)
      })

      for (const [versioning, options, headersOf] of [
        ['header', { type: VersioningType.HEADER, header: 'X-Version' }, (v: string) => ({ 'x-version': v })],
        [
          'media type',
          { type: VersioningType.MEDIA_TYPE, key: 'v=' },
          (v: string) => ({ accept: `application/json;v=${v}` }),
        ],
        [
          'custom',
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
        it(`is sent with ${versioning} versioning`, async () => {
          const { get } = await start({
            controllers: [Books],
            configure: (app) => app.enableVersioning(options as never),
          })
          const getVersion = (version: string) => get('/books/missing', { headers: headersOf(version) })
          expect((await getVersion('2')).json()).to.include({ detail: 'Missing in versions 1 and 2.' })
          expect((await getVersion('3')).json()).to.include({ detail: 'Missing in version 3.' })
          expect((await getVersion('none')).json()).to.include({ title: 'Not Found', status: 404 })
        })
      }

      it('is sent under a path of RouterModule', async () => {
        const { get } = await start({
          imports: [
            ShelvesModule,
            RouterModule.register([{ path: 'library', children: [{ path: 'east', module: ShelvesModule }] }]),
          ],
        })
        expect((await get('/library/east/shelves/missing')).json()).to.include({ detail: 'There is no such shelf.' })
        expect(paths).to.deep.equal(['/library/east/shelves/missing'])
      })

      it('is sent for the host of its controller only', async () => {
        @Controller({ host: 'books.example' })
        class BooksOfHost {
          @Get('missing')
          @Caught()
          missing() {
            throw new NotFound('Missing on books.example.')
          }
        }
        const { get } = await start({ controllers: [BooksOfHost] })
        // In earlier versions, Nest itself sends 500, since Fastify has no next handler.
        const sends404 = platform.name === 'Express' || isSince(12.4, 11.2)
        expect((await get('/missing', { headers: { host: 'books.example' } })).json()).to.include({
          detail: 'Missing on books.example.',
        })
        const onOtherHost = (await get('/missing')).json()
        if (sends404) expect(onOtherHost).to.include({ status: 404, detail: 'Cannot GET /missing' })
        else expect(onOtherHost).to.deep.equal({ type: 'about:blank', title: 'Internal Server Error', status: 500 })
      })

      it('is sent when middleware added with app.use() passes it to next()', async () => {
        const { get } = await start({
          imports: [ShelvesModule],
          configure: (app) =>
            app.use('/legacy', (_request: unknown, _response: unknown, next: (error: unknown) => void) => {
              next(new NotFound('Missing in the legacy shop.'))
            }),
        })
        expect((await get('/legacy/books')).json()).to.include({ detail: 'Missing in the legacy shop.' })
        expect(paths).to.deep.equal(['/legacy/books'])
      })
    })
  }
}

for (const { name, Caught } of ways) {
  describe(`A Nest application mounted in an Express application ${name}`, () => {
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

    it('uses its own filter and reports the full path to onFailure', async () => {
      for (const path of ['/shop/books/missing', '/shop/books/of-nest']) {
        const response = await request(`${origin}${path}`)
        expect(response.json(), path).to.include({ status: 404, detail: 'There is no such book.' })
      }
      expect((await request(`${origin}/shop/nowhere`)).json()).to.include({ status: 404 })
      expect(paths).to.deep.equal(['/shop/books/missing', '/shop/books/of-nest', '/shop/nowhere'])
    })

    it('does not affect other mounted applications and routes', async () => {
      expect((await request(origin)).body).to.equal('main')
      const { status } = await request(`${origin}/plain/books/missing`)
      expect(status).to.equal(404)
      expect((await request(`${origin}/plain/books/of-nest`)).json()).to.include({ statusCode: 404 })
      expect(paths).to.have.length(3)
    })
  })
}
