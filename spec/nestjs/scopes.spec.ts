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

const tenants = new Map<string, ContextId>()

/** One tree of durable providers for each tenant. */
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

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`A controller of the request on ${platform.name} ${name}`, () => {
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

      @Injectable({ scope: Scope.REQUEST })
      class Locked {
        constructor() {
          throw new NotFound('There is nobody at the desk.')
        }
      }

      @Controller('desk')
      class Desk {
        constructor(readonly locked: Locked) {}

        @Get()
        @Caught()
        ask() {
          return 'an answer'
        }
      }

      after(closeServers)

      it('answers for each request', async () => {
        const { get } = await platform.start({ ...application, controllers: [Books], providers: [Shelf] })
        for (const reader of ['Ada', 'Grace']) {
          const answer = await get('/books/missing', { headers: { 'x-reader': reader } })
          expect(answer.json()).to.include({ status: 404, detail: `There is no such book for ${reader}.` })
        }
      })

      it('is answered when it cannot be made', async () => {
        const { get } = await platform.start({ ...application, controllers: [Desk], providers: [Locked] })
        expect((await get('/desk')).json()).to.include({ status: 404, detail: 'There is nobody at the desk.' })
      })
    })

    describe(`A durable controller on ${platform.name} ${name}`, () => {
      @Injectable({ scope: Scope.REQUEST, durable: true })
      class Catalogue {
        static made = 0
        constructor(@Inject(REQUEST) readonly context: { tenant: string }) {
          Catalogue.made += 1
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

      after(() => {
        ContextIdFactory.apply(undefined as never)
        return closeServers()
      })

      it('answers for each tenant', async () => {
        tenants.clear()
        Catalogue.made = 0
        ContextIdFactory.apply(byTenant)
        const { get } = await platform.start({ ...application, controllers: [Books], providers: [Catalogue] })
        for (const tenant of ['east', 'west', 'east']) {
          const answer = await get('/books/missing', { headers: { 'x-tenant': tenant } })
          expect(answer.json()).to.include({ status: 404, detail: `There is no such book in ${tenant}.` })
        }
        expect(Catalogue.made).to.equal(2)
      })
    })
  }

  describe(`A filter of the request on ${platform.name}`, () => {
    @Injectable({ scope: Scope.REQUEST })
    class Reader {
      constructor(@Inject(REQUEST) readonly request: Incoming) {}
    }

    @Catch()
    @Injectable({ scope: Scope.REQUEST })
    class ForTheReader extends FailureFilter {
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

      @Get('decorated')
      @CatchingFailure()
      decorated(): unknown {
        throw new NotFound()
      }
    }

    @Controller('shelves')
    @UseFilters(ForTheReader)
    class Shelves {
      @Get('missing')
      missing() {
        throw new NotFound()
      }
    }

    const providers = [Reader, { provide: APP_FILTER, useClass: ForTheReader, scope: Scope.REQUEST }]
    const asAda = { headers: { 'x-reader': 'Ada' } }

    afterEach(closeServers)

    it('answers for each request', async () => {
      const { get } = await platform.start({ controllers: [Books], providers })
      for (const reader of ['Ada', 'Grace']) {
        const answer = await get('/books/missing', { headers: { 'x-reader': reader } })
        expect(answer.json()).to.include({ status: 404, reader })
      }
    })

    it('answers for each request to a controller', async () => {
      const { get } = await platform.start({ controllers: [Shelves], providers: [Reader] })
      expect((await get('/shelves/missing', asAda)).json()).to.include({ status: 404, reader: 'Ada' })
    })

    it('is neither the policy of decorated routes nor asked where there is no route', async () => {
      const { get } = await platform.start({ controllers: [Books], providers })
      expect((await get('/books/decorated', asAda)).json()).to.deep.equal({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
      })
      expect((await get('/nowhere', asAda)).json()).to.include({ statusCode: 404 })
    })

    it('may have one without a scope beside it, for the rest', async () => {
      @Module({ imports: [FailureModule.forRoot({ onFailure: () => undefined })] })
      class Rest {}
      const { get } = await platform.start({ imports: [Rest], controllers: [Books], providers })
      expect((await get('/books/missing', asAda)).json()).to.include({ status: 404, reader: 'Ada' })
      expect((await get('/nowhere', asAda)).json()).to.include({ title: 'Not Found', status: 404 })
    })
  })
}
