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
class Catalogue {
  @CatchingFailure()
  find(isbn: string): unknown {
    throw new NotFound(`There is no book ${isbn}.`)
  }
}

/** The package as it is before the filter is imported. */
function freshCopy(): typeof import('../../src/index.js') {
  const loaded = Object.entries(require.cache).filter(([path]) => path.startsWith(resolve('src')))
  for (const [path] of loaded) delete require.cache[path]
  const copy = require('../../src/index.js')
  for (const [path, module] of loaded) require.cache[path] = module
  return copy
}

/** A filter that says whose it is, on every failure. */
function named(name: string, seen: string[]): FailureFilter {
  return new FailureFilter({ onFailure: () => void seen.push(name) })
}

for (const platform of platforms) {
  describe(`Applications with @CatchingFailure() on ${platform.name}`, () => {
    afterEach(closeServers)

    it('keep their own policies in one process', async () => {
      const seen: string[] = []
      const start = (application: Application) => platform.start({ controllers: [Books], ...application })
      const shop = await start({ configure: (app) => app.useGlobalFilters(named('shop', seen)) })
      const library = await start({ providers: [{ provide: APP_FILTER, useFactory: () => named('library', seen) }] })
      const plain = await start({})
      for (const { get } of [shop, library, plain, library, shop]) {
        const answer = await get('/books/missing')
        expect(answer.field('content-type')).to.equal('application/problem+json')
        expect(answer.json()).to.include({ status: 404, detail: 'There is no such book.' })
      }
      expect(seen).to.deep.equal(['shop', 'library', 'library', 'shop'])
    })

    it('share one policy among their modules', async () => {
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

    it('may have a prefix and versions', async () => {
      @Controller({ path: 'books', version: '2' })
      class BooksAnew extends Books {}
      const seen: string[] = []
      const { get } = await platform.start({
        controllers: [BooksAnew],
        configure: (app) => {
          app.setGlobalPrefix('api')
          app.enableVersioning({ type: VersioningType.URI })
          app.useGlobalFilters(named('shop', seen))
        },
      })
      const answer = await get('/api/v2/books/missing')
      expect(answer.status).to.equal(404)
      expect(answer.json()).to.include({ detail: 'There is no such book.' })
      expect((await get('/api/v1/books')).json()).to.include({ detail: 'Cannot GET /api/v1/books' })
      expect(seen).to.deep.equal(['shop', 'shop'])
    })

    it('may decorate methods of providers, which answer with a Response', async () => {
      @Controller('desk')
      class Desk {
        constructor(readonly catalogue: Catalogue) {}

        @Get()
        async ask(): Promise<unknown> {
          const answer = this.catalogue.find('978')
          return answer instanceof globalThis.Response ? await answer.json() : 'thrown'
        }
      }
      const { app, get } = await platform.start({ controllers: [Desk], providers: [Catalogue] })
      expect((await get('/desk')).json()).to.include({ status: 404, detail: 'There is no book 978.' })
      expect(app.get(Catalogue).find('978')).to.be.instanceOf(globalThis.Response)
    })

    it('may load modules when they are needed', async () => {
      @Module({ providers: [Catalogue], exports: [Catalogue] })
      class LazyModule {}
      const { app, get } = await platform.start({
        controllers: [Books],
        providers: [{ provide: APP_FILTER, useClass: FailureFilter }],
      })
      const module = await app.get(LazyModuleLoader).load(() => LazyModule)
      expect(module.get(Catalogue).find('978')).to.be.instanceOf(globalThis.Response)
      expect((await get('/books/missing')).status).to.equal(404)
    })

    it('answer by the default policy beside filters that have none', async () => {
      class Mute {
        catch() {}
      }
      const { get } = await platform.start({
        controllers: [Books],
        configure: (app) => app.useGlobalFilters(new Mute()),
      })
      expect((await get('/books/missing')).json()).to.include({ status: 404 })
    })

    it('need not import the filter', async () => {
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
      const answer = await get('/books/missing')
      expect(answer.field('content-type')).to.equal('application/problem+json')
      expect(answer.json()).to.include({ status: 404, detail: 'There is no such book.' })
    })

    it('answer the failures of another copy of the package', async () => {
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

    it('answer with a filter of the request, too', async () => {
      @Injectable({ scope: Scope.REQUEST })
      class OfTheRequest extends FailureFilter {}
      const { get } = await platform.start({
        controllers: [Books],
        providers: [{ provide: APP_FILTER, useClass: OfTheRequest, scope: Scope.REQUEST }],
      })
      expect((await get('/books/missing')).json()).to.include({ status: 404, detail: 'There is no such book.' })
    })
  })
}

describe('The filter of a decorated route', () => {
  const filtersOf = (route: Function) => Reflect.getMetadata('__exceptionFilters__', route) as unknown[]
  const host = { getType: () => 'rpc' } as never

  it('leaves the errors of hosts that are not HTTP to them', () => {
    class Shelves {
      @CatchingFailure({})
      show(): unknown {
        return undefined
      }
    }
    const error = new NotFound()
    const own = filtersOf(Shelves.prototype.show)[0] as FailureFilter
    expect(() => own.catch(error, host))
      .to.throw()
      .that.equals(error)
    const ofTheApplication = filtersOf(Books.prototype.missing)[0] as new () => FailureFilter
    expect(() => new ofTheApplication().catch(error, host))
      .to.throw()
      .that.equals(error)
  })

  it('catches failures alone, as @Catch(Failure) would say', () => {
    const filter = filtersOf(Books.prototype.missing)[0] as Function
    expect(Reflect.getMetadata('__filterCatchExceptions__', filter)).to.deep.equal([Failure])
    expect(Reflect.getMetadata('__filterCatchExceptions__', filter.prototype)).to.deep.equal([Failure])
  })
})
