import { resolve } from 'node:path'
import { Controller, Get, Injectable, Module, Scope, VersioningType } from '@nestjs/common'
import { APP_FILTER, LazyModuleLoader } from '@nestjs/core'
import { expect } from 'chai'
import { CatchingFailure, Failure, Gone, NotFound } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import { type Application, closeServers, platforms } from './platforms.js'

@Controller('books')
class Books {
  @Get('missing')
  @CatchingFailure()
  missing(): unknown {
    throw new NotFound('There is no such book.')
  }
}

@Injectable()
class Catalog {
  @CatchingFailure()
  find(isbn: string): unknown {
    throw new NotFound(`There is no book ${isbn}.`)
  }
}

/** Loads another copy of the package, without `http-failure/nestjs`. */
function freshCopy(): typeof import('../../src/index.js') {
  const loaded = Object.entries(require.cache).filter(([path]) => path.startsWith(resolve('src')))
  for (const [path] of loaded) delete require.cache[path]
  const copy = require('../../src/index.js')
  for (const [path, module] of loaded) require.cache[path] = module
  return copy
}

/** A filter that records its name on each failure. */
function named(name: string, seen: string[]): FailureFilter {
  return new FailureFilter({ onFailure: () => void seen.push(name) })
}

for (const platform of platforms) {
  describe(`Applications with @CatchingFailure() on ${platform.name}`, () => {
    afterEach(closeServers)

    it('do not share policies within one process', async () => {
      const seen: string[] = []
      const start = (application: Application) => platform.start({ controllers: [Books], ...application })
      const shop = await start({ configure: (app) => app.useGlobalFilters(named('shop', seen)) })
      const library = await start({ providers: [{ provide: APP_FILTER, useFactory: () => named('library', seen) }] })
      const plain = await start({})
      for (const { get } of [shop, library, plain, library, shop]) {
        const response = await get('/books/missing')
        expect(response.field('content-type')).to.equal('application/problem+json')
        expect(response.json()).to.include({ status: 404, detail: 'There is no such book.' })
      }
      expect(seen).to.deep.equal(['shop', 'library', 'library', 'shop'])
    })

    it('use one policy for all modules', async () => {
      @Controller('shelves')
      class Shelves extends Books {}
      @Module({ controllers: [Books] })
      class BooksModule {}
      @Module({ controllers: [Shelves], imports: [BooksModule] })
      class ShelvesModule {}
      const seen: string[] = []
      const { get } = await platform.start({
        imports: [ShelvesModule],
        providers: [{ provide: APP_FILTER, useValue: named('shop', seen) }],
      })
      await get('/books/missing')
      await get('/shelves/missing')
      expect(seen).to.deep.equal(['shop', 'shop'])
    })

    it('send problem details under a global prefix and a version', async () => {
      @Controller({ path: 'books', version: '2' })
      class BooksV2 extends Books {}
      const seen: string[] = []
      const { get } = await platform.start({
        controllers: [BooksV2],
        configure: (app) => {
          app.setGlobalPrefix('api')
          app.enableVersioning({ type: VersioningType.URI })
          app.useGlobalFilters(named('shop', seen))
        },
      })
      const response = await get('/api/v2/books/missing')
      expect(response.status).to.equal(404)
      expect(response.json()).to.include({ detail: 'There is no such book.' })
      expect((await get('/api/v1/books')).json()).to.include({ detail: 'Cannot GET /api/v1/books' })
      expect(seen).to.deep.equal(['shop', 'shop'])
    })

    it('receive a Response from a decorated method of a provider', async () => {
      @Controller('desk')
      class Desk {
        constructor(readonly catalog: Catalog) {}

        @Get()
        async show(): Promise<unknown> {
          const response = this.catalog.find('978')
          return response instanceof globalThis.Response ? await response.json() : 'thrown'
        }
      }
      const { app, get } = await platform.start({ controllers: [Desk], providers: [Catalog] })
      expect((await get('/desk')).json()).to.include({ status: 404, detail: 'There is no book 978.' })
      expect(app.get(Catalog).find('978')).to.be.instanceOf(globalThis.Response)
    })

    it('support decorated methods in lazily loaded modules', async () => {
      @Module({ providers: [Catalog], exports: [Catalog] })
      class LazyModule {}
      const { app, get } = await platform.start({
        controllers: [Books],
        providers: [{ provide: APP_FILTER, useClass: FailureFilter }],
      })
      const module = await app.get(LazyModuleLoader).load(() => LazyModule)
      expect(module.get(Catalog).find('978')).to.be.instanceOf(globalThis.Response)
      expect((await get('/books/missing')).status).to.equal(404)
    })

    it('use the default policy when the global filter is not a FailureFilter', async () => {
      class Mute {
        catch() {}
      }
      const { get } = await platform.start({
        controllers: [Books],
        configure: (app) => app.useGlobalFilters(new Mute()),
      })
      expect((await get('/books/missing')).json()).to.include({ status: 404 })
    })

    it('send problem details without importing http-failure/nestjs', async () => {
      const { CatchingFailure, NotFound } = freshCopy()

      @Controller('books')
      class Books {
        @Get('missing')
        @CatchingFailure()
        missing(): unknown {
          throw new NotFound('There is no such book.')
        }
      }
      const { get } = await platform.start({ controllers: [Books] })
      const response = await get('/books/missing')
      expect(response.field('content-type')).to.equal('application/problem+json')
      expect(response.json()).to.include({ status: 404, detail: 'There is no such book.' })
    })

    it('handle failures and responders from another copy of the package', async () => {
      const copy = freshCopy()

      @Controller('books')
      class Books {
        @Get('missing')
        @CatchingFailure()
        missing(): unknown {
          throw new copy.NotFound('There is no such book.')
        }

        @Get('gone')
        @CatchingFailure(new copy.FailureResponder({ translate: () => new Gone() }))
        gone(): unknown {
          throw new Error()
        }
      }
      const { get } = await platform.start({ controllers: [Books] })
      expect((await get('/books/missing')).json()).to.include({ status: 404, detail: 'There is no such book.' })
      expect((await get('/books/gone')).json()).to.include({ status: 410 })
    })

    it('send problem details when FailureFilter is request-scoped', async () => {
      @Injectable({ scope: Scope.REQUEST })
      class RequestScopedFilter extends FailureFilter {}
      const { get } = await platform.start({
        controllers: [Books],
        providers: [{ provide: APP_FILTER, useClass: RequestScopedFilter, scope: Scope.REQUEST }],
      })
      expect((await get('/books/missing')).json()).to.include({ status: 404, detail: 'There is no such book.' })
    })
  })
}

describe('The filter of a decorated route', () => {
  const filtersOf = (route: Function) => Reflect.getMetadata('__exceptionFilters__', route) as unknown[]
  const host = { getType: () => 'rpc' } as never

  it('rethrows the error when the host is not HTTP', () => {
    class Shelves {
      @CatchingFailure({})
      show(): unknown {
        return undefined
      }
    }
    const error = new NotFound()
    const routeFilter = filtersOf(Shelves.prototype.show)[0] as FailureFilter
    expect(() => routeFilter.catch(error, host))
      .to.throw()
      .that.equals(error)
    const applicationFilter = filtersOf(Books.prototype.missing)[0] as new () => FailureFilter
    expect(() => new applicationFilter().catch(error, host))
      .to.throw()
      .that.equals(error)
  })

  it('has the metadata of @Catch(Failure)', () => {
    const filter = filtersOf(Books.prototype.missing)[0] as Function
    expect(Reflect.getMetadata('__filterCatchExceptions__', filter)).to.deep.equal([Failure])
    expect(Reflect.getMetadata('__filterCatchExceptions__', filter.prototype)).to.deep.equal([Failure])
  })
})
