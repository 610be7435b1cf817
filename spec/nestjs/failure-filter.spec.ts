import {
  type ArgumentsHost,
  type CallHandler,
  Catch,
  Controller,
  type ExecutionContext,
  Get,
  Header,
  Injectable,
  type NestInterceptor,
  NotFoundException,
  Param,
  ParseIntPipe,
  Post,
  Query,
  type Type,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { expect } from 'chai'
import { mergeMap, throwError } from 'rxjs'
import { Conflict, Failure, type FailureContext, FailureResponder, NotFound, TooManyRequests } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import { type Application, closeServers, platforms } from './platforms.js'
import type { ReceivedResponse } from './request.js'
import { Refusing, Throwing } from './transport-fixtures.js'
import { silently } from './ways.js'

class RowMissing extends Error {}

const translate = (error: unknown) => (error instanceof RowMissing ? new NotFound('No such row.') : undefined)

@Controller('books')
class Books {
  @Get('missing')
  missing() {
    throw new NotFound('There is no such book.')
  }

  @Get('row')
  row() {
    throw new RowMissing('SELECT secret FROM books')
  }
}

const NO_SUCH_BOOK = { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such book.' }

function withGlobalFilter(filter: FailureFilter, application: Application = {}): Application {
  return { controllers: [Books], ...application, configure: (app) => app.useGlobalFilters(filter) }
}

for (const platform of platforms) {
  describe(`FailureFilter on ${platform.name}`, () => {
    afterEach(closeServers)

    describe('sends problem details when registered', () => {
      it('with useGlobalFilters()', async () => {
        const { get } = await platform.start(withGlobalFilter(new FailureFilter()))
        expectProblem(await get('/books/missing'), NO_SUCH_BOOK)
      })

      it('with @UseFilters() on a controller, as a class and as an instance', async () => {
        @Controller('by-class')
        @UseFilters(FailureFilter)
        class ByClass extends Books {}

        @Controller('by-instance')
        @UseFilters(new FailureFilter())
        class ByInstance extends Books {}

        const { get } = await platform.start({ controllers: [ByClass, ByInstance] })
        expectProblem(await get('/by-class/missing'), NO_SUCH_BOOK)
        expectProblem(await get('/by-instance/missing'), NO_SUCH_BOOK)
        expect((await get('/unknown')).field('content-type'), 'other controllers').to.match(/^application\/json/)
      })

      it('with @UseFilters() on a route', async () => {
        @Controller('shelf')
        class Shelf {
          @Get()
          @UseFilters(FailureFilter)
          show() {
            throw new NotFound('There is no such book.')
          }
        }
        const { get } = await platform.start({ controllers: [Shelf] })
        expectProblem(await get('/shelf'), NO_SUCH_BOOK)
      })

      it('as APP_FILTER with useClass', async () => {
        const { get } = await platform.start({
          controllers: [Books],
          providers: [{ provide: APP_FILTER, useClass: FailureFilter }],
        })
        expectProblem(await get('/books/missing'), NO_SUCH_BOOK)
        expect((await get('/unknown')).json()).to.include({ status: 404, detail: 'Cannot GET /unknown' })
      })

      it('as APP_FILTER with useFactory and options', async () => {
        const { get } = await platform.start({
          controllers: [Books],
          providers: [{ provide: APP_FILTER, useFactory: () => new FailureFilter({ translate }) }],
        })
        expect((await get('/books/row')).json()).to.include({ status: 404, detail: 'No such row.' })
      })
    })

    describe('with options', () => {
      @Controller('shelves')
      class Shelves {
        @Get('exception')
        exception() {
          throw new NotFoundException()
        }
      }

      it('calls translate and onFailure with the error and its request', async () => {
        const calls: [Failure, FailureContext][] = []
        const filter = new FailureFilter({ translate, onFailure: (...args) => calls.push(args) })
        const { get } = await platform.start(withGlobalFilter(filter))
        expect((await get('/books/row?key=secret', { headers: { 'x-trace': '7' } })).json()).to.deep.equal({
          type: 'about:blank',
          title: 'Not Found',
          status: 404,
          detail: 'No such row.',
        })
        expect(calls).to.have.length(1)
        const [failure, context] = calls[0]!
        expect(failure).to.be.instanceOf(NotFound)
        expect(context.error).to.be.instanceOf(RowMissing)
        expect(context.method).to.equal('GET')
        expect(context.path).to.equal('/books/row')
        expect(context.header('X-Trace')).to.equal('7')
        expect(context.raw).to.be.an('object').with.property('url', '/books/row?key=secret')
      })

      it('accepts a responder and still converts exceptions of Nest', async () => {
        const errors: unknown[] = []
        const responder = new FailureResponder({ onFailure: (_failure, { error }) => errors.push(error) })
        const filter = new FailureFilter(responder)
        expect(filter.responder.options.onFailure).to.equal(responder.options.onFailure)
        const { get } = await platform.start(withGlobalFilter(filter, { controllers: [Books, Shelves] }))
        expectProblem(await get('/books/missing'), NO_SUCH_BOOK)
        expect((await get('/shelves/exception')).status).to.be.within(400, 499)
        expect((await get('/nowhere')).status).to.equal(404)
        expect(errors).to.have.length(3)
      })

      it('calls translate before it converts exceptions of Nest', async () => {
        const filter = new FailureFilter({
          translate: (error) =>
            error instanceof NotFoundException ? new TooManyRequests({ retryAfter: 5 }) : undefined,
        })
        const { get } = await platform.start(withGlobalFilter(filter, { controllers: [Shelves] }))
        const response = await get('/shelves/exception')
        expect(response.status).to.equal(429)
        expect(response.field('retry-after')).to.equal('5')
      })
    })

    describe('as a base class', () => {
      it('leaves other errors to Nest when decorated with @Catch(Failure)', async () => {
        @Catch(Failure)
        class OnlyFailures extends FailureFilter {}

        @Controller('shelves')
        class Shelves {
          @Get('foreign')
          foreign() {
            throw new Error('password=hunter2')
          }

          @Get('exception')
          exception() {
            throw new NotFoundException()
          }
        }
        const controllers = [Books, Shelves]
        for (const registration of [
          withGlobalFilter(new OnlyFailures(), { controllers }),
          { controllers, providers: [{ provide: APP_FILTER, useClass: OnlyFailures }] },
        ]) {
          const { get } = await platform.start(registration)
          expectProblem(await get('/books/missing'), NO_SUCH_BOOK)
          expect((await get('/shelves/foreign')).json()).to.deep.equal({
            statusCode: 500,
            message: 'Internal server error',
          })
          expect((await get('/shelves/exception')).json()).to.deep.equal({ statusCode: 404, message: 'Not Found' })
        }
      })

      it('accepts injected dependencies', async () => {
        @Injectable()
        class Metrics {
          readonly statuses: number[] = []
        }

        @Catch()
        class Counting extends FailureFilter {
          constructor(readonly metrics: Metrics) {
            super({ translate, onFailure: ({ status }) => metrics.statuses.push(status) })
          }
        }

        @Controller('shelves')
        class Shelves {
          @Get()
          list() {
            throw new Error('password=hunter2')
          }
        }

        const { app, get } = await platform.start({
          controllers: [Books, Shelves],
          providers: [Metrics, { provide: APP_FILTER, useClass: Counting }],
        })
        await get('/books/row')
        await get('/unknown')
        await get('/shelves')
        expect(app.get(Metrics).statuses).to.deep.equal([404, 404, 500])
      })

      it('handles all errors when the subclass has no decorator', async () => {
        class Undecorated extends FailureFilter {
          constructor() {
            super({ translate })
          }
        }
        const { get } = await platform.start(withGlobalFilter(new Undecorated()))
        expect((await get('/books/row')).status).to.equal(404)
        expect((await get('/unknown')).json()).to.include({ status: 404 })
      })

      it('lets a subclass override catch()', async () => {
        class CountingCalls extends FailureFilter {
          count = 0
          override catch(error: unknown, host: ArgumentsHost) {
            this.count += 1
            super.catch(error, host)
          }
        }
        const filter = new CountingCalls()
        const { get } = await platform.start(withGlobalFilter(filter))
        expectProblem(await get('/books/missing'), NO_SUCH_BOOK)
        expect(filter.count).to.equal(1)
      })
    })

    describe('sends problem details', () => {
      const start = (controller: Type, application: Application = {}) =>
        platform.start(withGlobalFilter(silently(), { controllers: [controller], ...application }))

      const BARE_500 = { title: 'Internal Server Error', status: 500 }

      const thrown: [title: string, handler: () => unknown, problem: object][] = [
        ['for a handler that throws', thrower(new NotFound('There is no such book.')), NO_SUCH_BOOK],
        ['for a handler that rejects', async () => thrower(new NotFound('There is no such book.'))(), NO_SUCH_BOOK],
        ['for an exception of Nest', thrower(new NotFoundException()), { title: 'Not Found', status: 404 }],
        ['for a third-party error, without its message', thrower(new Error('password=hunter2')), BARE_500],
        ['for a thrown string', thrower('hunter2'), BARE_500],
        ['for a thrown undefined', thrower(undefined), BARE_500],
      ]

      for (const [title, handler, problem] of thrown) {
        it(title, async () => {
          @Controller('books')
          class Books {
            @Get()
            list() {
              return handler()
            }
          }
          const { get } = await start(Books)
          expectProblem(await get('/books'), { type: 'about:blank', ...problem })
        })
      }

      it('for a guard that returns false', async () => {
        @Controller('books')
        class Books {
          @Get()
          @UseGuards(Refusing)
          list() {}
        }
        const { get } = await start(Books)
        expectProblem(await get('/books'), {
          type: 'about:blank',
          title: 'Forbidden',
          status: 403,
          detail: 'Forbidden resource',
        })
      })

      it('for a guard that throws', async () => {
        @Controller('books')
        class Books {
          @Get()
          @UseGuards(Throwing)
          list() {}
        }
        const { get } = await start(Books)
        expectProblem(await get('/books'), {
          type: 'about:blank',
          title: 'Forbidden',
          status: 403,
          detail: 'Not with this key.',
        })
      })

      it('for a pipe that throws', async () => {
        @Controller('books')
        class Books {
          @Get(':number')
          show(@Param('number', ParseIntPipe) number: number) {
            return { number }
          }
        }
        const { get } = await start(Books)
        expectProblem(await get('/books/seven'), {
          type: 'about:blank',
          title: 'Bad Request',
          status: 400,
          detail: 'Validation failed (numeric string is expected)',
        })
      })

      it('for an interceptor that throws before the handler', async () => {
        @Injectable()
        class ThrowingBefore implements NestInterceptor {
          intercept(): never {
            throw new Conflict('Before the handler.')
          }
        }

        @Controller('books')
        class Books {
          @Get()
          @UseInterceptors(ThrowingBefore)
          list() {}
        }
        const { get } = await start(Books)
        expectProblem(await get('/books'), {
          type: 'about:blank',
          title: 'Conflict',
          status: 409,
          detail: 'Before the handler.',
        })
      })

      it('for an interceptor that throws after the handler', async () => {
        @Injectable()
        class ThrowingAfter implements NestInterceptor {
          intercept(_context: ExecutionContext, next: CallHandler) {
            return next.handle().pipe(mergeMap(() => throwError(() => new Conflict('After the handler.'))))
          }
        }

        @Controller('books')
        class Books {
          @Get()
          @UseInterceptors(ThrowingAfter)
          list() {
            return 'a book'
          }
        }
        const { get } = await start(Books)
        expectProblem(await get('/books'), {
          type: 'about:blank',
          title: 'Conflict',
          status: 409,
          detail: 'After the handler.',
        })
      })

      it('for an unknown route, without its query', async () => {
        const { get } = await start(Books)
        expectProblem(await get('/unknown?key=1'), {
          type: 'about:blank',
          title: 'Not Found',
          status: 404,
          detail: 'Cannot GET /unknown',
        })
      })

      async function responseToPost(body: string): Promise<ReceivedResponse> {
        @Controller('books')
        class Books {
          @Post()
          add() {
            return 'added'
          }
        }
        const { get } = await start(Books)
        return get('/books', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      }

      it('for a body that is not valid JSON', async () => {
        const response = await responseToPost('{"isbn":')
        expect(response.status).to.equal(400)
        expect(response.field('content-type')).to.equal('application/problem+json')
        expect(response.json()).to.include({ type: 'about:blank', title: 'Bad Request', status: 400 })
      })

      it('for a body that is too large', async () => {
        const response = await responseToPost(JSON.stringify('x'.repeat(2 ** 21)))
        expect(response.status).to.equal(413)
        expect(response.field('content-type')).to.equal('application/problem+json')
        expect(response.json()).to.include({ type: 'about:blank', title: 'Content Too Large', status: 413 })
      })

      // Fastify responds to these itself, unless the adapter sets `frameworkErrors`.
      if (platform.name === 'Express') {
        it('for a malformed request target', async () => {
          @Controller('books')
          class Books {
            @Get(':number')
            show() {}
          }
          const { get } = await start(Books)
          const response = await get('/books/%E0%A4%A')
          expect(response.status).to.equal(400)
          expect(response.field('content-type')).to.equal('application/problem+json')
        })
      }

      @Controller('books')
      class Listing {
        @Get()
        list() {
          return [{ isbn: '978-0131103627' }]
        }
      }

      it('for a functional middleware that throws, rejects or calls next()', async () => {
        const middleware = (request: { originalUrl: string }, _response: unknown, next: (error?: unknown) => void) => {
          const failure = new TooManyRequests('Slow down.', { retryAfter: 5 })
          if (request.originalUrl.includes('throws')) throw failure
          if (request.originalUrl.includes('rejects')) return Promise.resolve().then(() => Promise.reject(failure))
          return next(request.originalUrl.includes('next') ? failure : undefined)
        }
        const { get } = await start(Listing, { middleware: [middleware] })
        for (const how of ['throws', 'rejects', 'next']) {
          const response = await get(`/books?${how}`)
          expectProblem(response, {
            type: 'about:blank',
            title: 'Too Many Requests',
            status: 429,
            detail: 'Slow down.',
          })
          expect(response.field('retry-after'), how).to.equal('5')
        }
        expect((await get('/books')).json()).to.deep.equal([{ isbn: '978-0131103627' }])
      })

      it('for a middleware class, and calls onFailure with the path', async () => {
        @Injectable()
        class Limit {
          use(request: { originalUrl: string }, _response: unknown, next: () => void) {
            if (request.originalUrl.includes('full')) throw new TooManyRequests()
            next()
          }
        }
        const paths: unknown[] = []
        const filter = new FailureFilter({ onFailure: (_failure, { path }) => paths.push(path) })
        const { get } = await platform.start(withGlobalFilter(filter, { controllers: [Listing], middleware: [Limit] }))
        expectProblem(await get('/books?full'), { type: 'about:blank', title: 'Too Many Requests', status: 429 })
        expect(paths).to.deep.equal(['/books'])
        expect((await get('/books')).status).to.equal(200)
      })
    })

    it('keeps successful responses unchanged', async () => {
      @Controller('books')
      class Books {
        @Get()
        @Header('Cache-Control', 'max-age=60')
        search(@Query('title') title: string) {
          return { title }
        }
      }
      const { get } = await platform.start(withGlobalFilter(new FailureFilter(), { controllers: [Books] }))
      const response = await get('/books?title=C')
      expect(response.status).to.equal(200)
      expect(response.json()).to.deep.equal({ title: 'C' })
      expect(response.field('cache-control')).to.equal('max-age=60')
    })
  })
}

describe('FailureFilter', () => {
  it('rethrows an error of an unknown transport without calling onFailure', () => {
    const calls: unknown[] = []
    const filter = new FailureFilter({ onFailure: (failure) => calls.push(failure) })
    const error = new NotFound()
    for (const type of ['telegram', 'constructor']) {
      const host = { getType: () => type } as unknown as ArgumentsHost
      expect(() => filter.catch(error, host))
        .to.throw()
        .that.equals(error)
    }
    expect(calls).to.deep.equal([])
  })

  it('is decorated to catch all errors', () => {
    expect(Reflect.getMetadata('__filterCatchExceptions__', FailureFilter)).to.deep.equal([])
  })

  // Nest does not await the result of a filter.
  it('returns undefined for HTTP', () => {
    const response = { headersSent: true, end: () => undefined }
    const http = { getRequest: () => undefined, getResponse: () => response }
    const host = { getType: () => 'http', switchToHttp: () => http } as unknown as ArgumentsHost
    expect(new FailureFilter().catch(new NotFound(), host)).to.equal(undefined)
  })
})

function expectProblem(response: ReceivedResponse, problem: object): void {
  expect(response.json()).to.deep.equal(problem)
  expect(response.field('content-type')).to.equal('application/problem+json')
  expect(response.status).to.equal((problem as { status: number }).status)
}

function thrower(error: unknown): () => never {
  return () => {
    throw error
  }
}
