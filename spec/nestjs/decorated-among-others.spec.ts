import { Controller, Get, HttpException } from '@nestjs/common'
import { expect } from 'chai'
import { CatchingFailure, Conflict, Extension, FailureResponder, NotFound } from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import type { ServerResponse } from './any-response.js'
import { type Application, closeServers, platforms, throwing } from './platforms.js'
import { silently } from './ways.js'

// Decorated routes and FailureFilter together with third-party decorators, middleware and exceptions.

class OutOfStock extends Conflict {
  @Extension() readonly isbn = '978-0131103627'
}

for (const platform of platforms) {
  describe(`A Nest application on ${platform.name}`, () => {
    afterEach(closeServers)

    /** Starts an application with a filter that logs nothing. */
    const start = (application: Application) =>
      platform.start({ configure: (app) => app.useGlobalFilters(silently()), ...application })

    describe('with a decorator that hides the filter of a route', () => {
      /** Replaces the function of a method without copying its metadata. */
      function Replaced() {
        return (_: object, __: string, descriptor: PropertyDescriptor) => {
          const method = descriptor.value
          descriptor.value = async function (this: unknown, ...given: unknown[]) {
            return method.apply(this, given)
          }
        }
      }

      @Controller('replaced')
      class Books {
        @Get()
        @Replaced()
        @CatchingFailure()
        missing(): unknown {
          throw new NotFound('There is no such book.')
        }

        @Get('foreign')
        @Replaced()
        @CatchingFailure()
        foreign(): unknown {
          throw new Error('secret')
        }
      }

      it('sends problem details from a decorated route whose filter another decorator has hidden', async () => {
        const { get } = await platform.start({ controllers: [Books] })
        const { status, body } = await get('/replaced')
        expect(status).to.equal(404)
        expect(JSON.parse(body)).to.include({ title: 'Not Found', detail: 'There is no such book.' })
      })

      it('calls a global onFailure only for errors that a route with a hidden filter does not handle', async () => {
        const paths: unknown[] = []
        const onFailure = (_failure: unknown, { path }: { path: string | undefined }) => paths.push(path)
        const { get } = await platform.start({
          controllers: [Books],
          configure: (app) => app.useGlobalFilters(new FailureFilter({ onFailure })),
        })
        expect((await get('/replaced')).json()).to.include({ title: 'Not Found', detail: 'There is no such book.' })
        expect(paths).to.deep.equal([])
        expect((await get('/replaced/foreign')).json()).to.deep.include({ status: 500 })
        expect(paths).to.deep.equal(['/replaced/foreign'])
      })

      it('applies the policy of FailureModule to a route with a hidden filter', async () => {
        const policy = { extend: () => ({ shop: 7 }), onFailure: () => undefined }
        const { get } = await platform.start({ controllers: [Books], imports: [FailureModule.forRoot(policy)] })
        expect((await get('/replaced')).json()).to.include({ title: 'Not Found', shop: 7 })
      })
    })

    it('provides the thrown error, not its translation, as context.error of onFailure', async () => {
      class RowMissing extends Error {}
      const reported: unknown[] = []
      const policy = {
        translate: (error: unknown) => (error instanceof RowMissing ? new Conflict('No row.') : undefined),
        onFailure: (_: unknown, { error }: { error: unknown }) => reported.push(error),
      }

      @Controller('books')
      class Books {
        @Get()
        @CatchingFailure(policy)
        async list(): Promise<unknown> {
          throw new RowMissing('secret')
        }
      }
      const { get } = await start({ controllers: [Books] })
      expect((await get('/books')).status).to.equal(409)
      expect(reported).to.have.length(1)
      expect(reported[0]).to.be.instanceOf(RowMissing)
    })

    it('keeps the request argument of a decorated method that is called directly', async () => {
      @Controller('books')
      class Books {
        @Get()
        @CatchingFailure()
        list(...given: unknown[]): unknown {
          if (given.length > 0) return { given: given.length }
          throw new NotFound('There are no books.')
        }
      }
      const { app, get } = await start({ controllers: [Books] })
      const books = app.get(Books)
      const requests = [new Request('http://localhost/'), { method: 'GET', url: '/', headers: {} }]
      for (const request of requests) expect(books.list(request)).to.deep.equal({ given: 1 })
      const platformRequest = { method: 'GET', url: '/', headers: {}, socket: {}, httpVersion: '1.1' }
      expect(books.list.call(undefined as never, platformRequest)).to.deep.equal({ given: 1 })
      expect(books.list()).to.be.instanceOf(Response)
      expect((await get('/books')).status).to.equal(404)
    })

    it('does not send the cause of an HttpException', async () => {
      const error = new HttpException('Public message.', 409, { cause: new OutOfStock('internal') })
      const { get } = await start({ controllers: [throwing(error)] })
      const { body } = await get('/books')
      expect(JSON.parse(body)).to.deep.equal({
        type: 'about:blank',
        title: 'Conflict',
        status: 409,
        detail: 'Public message.',
      })
    })

    it('sends a failure that a middleware passes to next()', async () => {
      const passing = (_request: unknown, _response: unknown, next: (error: unknown) => void) =>
        next(new OutOfStock('Passed to next().'))
      const { get } = await start({ middleware: [passing] })
      const { status, body } = await get('/books')
      expect(status).to.equal(409)
      expect(JSON.parse(body)).to.include({ detail: 'Passed to next().', isbn: '978-0131103627' })
    })

    it('removes Location and Trailer, but not Vary, from the response to a failure', async () => {
      const setHeaders = (_request: unknown, response: ServerResponse, next: () => void) => {
        response.setHeader('Trailer', 'X-Sum')
        response.setHeader('Location', '/books/1')
        response.setHeader('Vary', 'Origin')
        next()
      }

      const { get } = await start({ controllers: [throwing(new OutOfStock('None left.'))], middleware: [setHeaders] })
      const response = await get('/books')
      expect(response.status).to.equal(409)
      expect(response.names()).not.to.include('trailer')
      expect(response.names()).not.to.include('location')
      expect(response.field('vary')).to.equal('Origin')
    })

    it('recognizes Nest exceptions when FailureFilter is created with a FailureResponder', async () => {
      const responder = new FailureResponder({ onFailure: () => undefined })
      const { get } = await platform.start({
        controllers: [throwing(new HttpException('Public message.', 409))],
        configure: (app) => app.useGlobalFilters(new FailureFilter(responder)),
      })
      expect((await get('/nowhere')).status).to.equal(404)
      expect((await get('/books')).status).to.equal(409)
    })
  })
}
