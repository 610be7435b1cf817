import { Catch, Controller, Get, Inject, Injectable, Module, Scope, UseFilters } from '@nestjs/common'
import { APP_FILTER, type ContextId, ContextIdFactory, type ContextIdStrategy, REQUEST } from '@nestjs/core'
import { expect } from 'chai'
import { CatchingFailure, NotFound } from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'
import { ways } from './ways.js'

interface Incoming {
  readonly headers: Readonly<Record<string, string>>
}

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`A request-scoped controller on ${platform.name} ${name}`, () => {
      after(closeServers)

      it('sends a 404 with data of the current request', async () => {
        @Injectable({ scope: Scope.REQUEST })
        class Shelf {
          constructor(@Inject(REQUEST) readonly request: Incoming) {}

          find(): never {
            throw new NotFound(`There is no such book for ${this.request.headers['x-reader']}.`)
          }
        }

        @Controller({ path: 'books', scope: Scope.REQUEST })
        class Books {
          constructor(readonly shelf: Shelf) {}

          @Get('missing')
          @Caught()
          async missing() {
            return this.shelf.find()
          }
        }

        const { get } = await platform.start({ ...application, controllers: [Books], providers: [Shelf] })
        for (const reader of ['Ada', 'Grace']) {
          const response = await get('/books/missing', { headers: { 'x-reader': reader } })
          expect(response.json()).to.include({ status: 404, detail: `There is no such book for ${reader}.` })
        }
      })

      it('sends the failure that the constructor of a dependency throws', async () => {
        @Injectable({ scope: Scope.REQUEST })
        class Locked {
          constructor() {
            throw new NotFound('The desk is closed.')
          }
        }

        @Controller('desk')
        class Desk {
          constructor(readonly locked: Locked) {}

          @Get()
          @Caught()
          status() {
            return 'open'
          }
        }

        const { get } = await platform.start({ ...application, controllers: [Desk], providers: [Locked] })
        expect((await get('/desk')).json()).to.include({ status: 404, detail: 'The desk is closed.' })
      })
    })

    describe(`A controller with a durable provider on ${platform.name} ${name}`, () => {
      after(() => {
        ContextIdFactory.apply(undefined as never)
        return closeServers()
      })

      const tenants = new Map<string, ContextId>()

      /** Shares durable providers among the requests of a tenant. */
      const byTenant: ContextIdStrategy = {
        attach(contextId, request: Incoming) {
          const tenant = request.headers['x-tenant'] ?? ''
          const subTree = tenants.get(tenant) ?? ContextIdFactory.create()
          tenants.set(tenant, subTree)
          return {
            resolve: (info) => (info.isTreeDurable ? subTree : contextId),
            payload: { tenant },
          }
        },
      }

      it('sends a 404 with data of the tenant, from one instance per tenant', async () => {
        @Injectable({ scope: Scope.REQUEST, durable: true })
        class Catalogue {
          static instances = 0
          constructor(@Inject(REQUEST) readonly context: { tenant: string }) {
            Catalogue.instances += 1
          }
        }

        @Controller('books')
        class Books {
          constructor(readonly catalogue: Catalogue) {}

          @Get('missing')
          @Caught()
          missing() {
            throw new NotFound(`There is no such book in ${this.catalogue.context.tenant}.`)
          }
        }

        ContextIdFactory.apply(byTenant)
        const { get } = await platform.start({ ...application, controllers: [Books], providers: [Catalogue] })
        for (const tenant of ['east', 'west', 'east']) {
          const response = await get('/books/missing', { headers: { 'x-tenant': tenant } })
          expect(response.json()).to.include({ status: 404, detail: `There is no such book in ${tenant}.` })
        }
        expect(Catalogue.instances).to.equal(2)
      })
    })
  }

  describe(`A request-scoped filter on ${platform.name}`, () => {
    @Injectable({ scope: Scope.REQUEST })
    class Reader {
      constructor(@Inject(REQUEST) readonly request: Incoming) {}
    }

    @Catch()
    @Injectable({ scope: Scope.REQUEST })
    class ReaderFilter extends FailureFilter {
      constructor(readonly reader: Reader) {
        super({
          extend: () => ({ reader: this.reader.request.headers['x-reader'] }),
          onFailure: () => undefined,
        })
      }
    }

    @Controller('books')
    class Books {
      @Get('missing')
      missing() {
        throw new NotFound()
      }
    }

    const providers = [Reader, { provide: APP_FILTER, useClass: ReaderFilter, scope: Scope.REQUEST }]
    const asAda = { headers: { 'x-reader': 'Ada' } }

    afterEach(closeServers)

    it('extends the problem details with data of the current request', async () => {
      const { get } = await platform.start({ controllers: [Books], providers })
      for (const reader of ['Ada', 'Grace']) {
        const response = await get('/books/missing', { headers: { 'x-reader': reader } })
        expect(response.json()).to.include({ status: 404, reader })
      }
    })

    it('handles the errors of the controller that it is bound to', async () => {
      @Controller('shelves')
      @UseFilters(ReaderFilter)
      class Shelves {
        @Get('missing')
        missing() {
          throw new NotFound()
        }
      }

      const { get } = await platform.start({ controllers: [Shelves], providers: [Reader] })
      expect((await get('/shelves/missing', asAda)).json()).to.include({ status: 404, reader: 'Ada' })
    })

    it('is not used for decorated routes or unknown paths', async () => {
      @Controller('books')
      class Decorated {
        @Get('decorated')
        @CatchingFailure()
        decorated(): unknown {
          throw new NotFound()
        }
      }
      const { get } = await platform.start({ controllers: [Decorated], providers })
      expect((await get('/books/decorated', asAda)).json()).to.deep.equal({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
      })
      expect((await get('/nowhere', asAda)).json()).to.include({ statusCode: 404 })
    })

    it('can be combined with FailureModule, which handles unknown paths', async () => {
      @Module({ imports: [FailureModule.forRoot({ onFailure: () => undefined })] })
      class Fallback {}
      const { get } = await platform.start({ imports: [Fallback], controllers: [Books], providers })
      expect((await get('/books/missing', asAda)).json()).to.include({ status: 404, reader: 'Ada' })
      expect((await get('/nowhere', asAda)).json()).to.include({ title: 'Not Found', status: 404 })
    })
  })
}
