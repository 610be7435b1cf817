import {
  type CallHandler,
  Catch,
  ConflictException,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  Get,
  Header,
  HttpCode,
  type HttpServer,
  type INestApplication,
  Injectable,
  type NestInterceptor,
  Redirect,
  Res,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common'
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core'
import { expect } from 'chai'
import { catchError, map, type Observable, throwError } from 'rxjs'
import {
  CatchingFailure,
  Conflict,
  Failure,
  type FailureContext,
  FailureResponder,
  Gone,
  NotFound,
  TooManyRequests,
  Unauthorized,
} from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'
import type { ReceivedResponse } from './request.js'

class RowMissing extends Error {}

const foreign = new Error('password=hunter2')
const translate = (error: unknown) => (error instanceof RowMissing ? new NotFound('No such row.') : undefined)

const NO_SUCH_BOOK = { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such book.' }

@Controller('books')
class Books {
  @Get('missing')
  @CatchingFailure()
  missing(): unknown {
    throw new NotFound('There is no such book.')
  }
}

for (const platform of platforms) {
  describe(`A route with @CatchingFailure() on ${platform.name}`, () => {
    afterEach(closeServers)

    describe('without a filter', () => {
      it('sends problem details with the decorator above or below @Get()', async () => {
        @Controller('books')
        class Catalogue {
          @Get('above')
          @CatchingFailure()
          above(): unknown {
            throw new NotFound('There is no such book.')
          }

          @CatchingFailure()
          @Get('below')
          below(): unknown {
            throw new NotFound('There is no such book.')
          }

          @Get('later')
          @CatchingFailure()
          async later(): Promise<Response> {
            await Promise.resolve()
            throw new NotFound('There is no such book.')
          }

          @Get('observable')
          @CatchingFailure()
          observable(): Observable<string> | Response {
            return throwError(() => new NotFound('There is no such book.'))
          }
        }
        const { get } = await platform.start({ controllers: [Catalogue] })
        for (const path of ['/books/above', '/books/below', '/books/later', '/books/observable']) {
          expectProblem(await get(path), NO_SUCH_BOOK)
        }
      })

      it('sends the headers of problem details and of the failure', async () => {
        @Controller('secrets')
        class Secrets {
          @Get()
          @CatchingFailure()
          list(): unknown {
            throw new Unauthorized({ challenge: ['Bearer realm="books"', 'Basic realm="books"'] })
          }
        }
        const { get } = await platform.start({ controllers: [Books, Secrets] })
        const response = await get('/books/missing')
        expect(response.lines('cache-control')).to.deep.equal(['no-store'])
        expect(response.lines('x-content-type-options')).to.deep.equal(['nosniff'])
        expect(response.lines('content-length')).to.deep.equal([String(Buffer.byteLength(response.body))])
        expect((await get('/secrets')).lines('www-authenticate')).to.deep.equal([
          'Bearer realm="books"',
          'Basic realm="books"',
        ])
      })

      it('responds to HEAD without content', async () => {
        const { get } = await platform.start({ controllers: [Books] })
        const [head, full] = [await get('/books/missing', { method: 'HEAD' }), await get('/books/missing')]
        expect(head.body).to.equal('')
        expect(head.status).to.equal(404)
        expect(head.lines('content-length')).to.deep.equal(full.lines('content-length'))
      })

      it('keeps a successful response unchanged', async () => {
        @Controller('shelves')
        class Shelves {
          @Get()
          @CatchingFailure()
          list(): object | Response {
            return { isbn: '978-0131103627' }
          }
        }
        const { get } = await platform.start({ controllers: [Shelves] })
        const response = await get('/shelves')
        expect(response.status).to.equal(200)
        expect(response.json()).to.deep.equal({ isbn: '978-0131103627' })
        expect(response.field('content-type')).to.equal('application/json; charset=utf-8')
      })

      it('passes other errors to filters of the application as the same object', async () => {
        @Controller('foreign')
        class Foreign {
          @Get('now')
          @CatchingFailure()
          now(): unknown {
            throw foreign
          }

          @Get('later')
          @CatchingFailure({ translate: () => undefined })
          async later(): Promise<unknown> {
            throw foreign
          }
        }
        const { app, get } = await platform.start({
          controllers: [Books, Foreign],
          providers: [CatchAll, { provide: APP_FILTER, useExisting: CatchAll }],
        })
        for (const path of ['/foreign/now', '/foreign/later']) expect((await get(path)).status).to.equal(599)
        expect(app.get(CatchAll).caught).to.have.length(2)
        for (const error of app.get(CatchAll).caught) expect(error).to.equal(foreign)
        expectProblem(await get('/books/missing'), NO_SUCH_BOOK)
      })

      it("leaves Nest exceptions to Nest's default filter", async () => {
        @Controller('errors')
        class Errors {
          @Get('nest')
          @CatchingFailure()
          nest(): unknown {
            throw new ConflictException('Already ordered.')
          }

          @Get('foreign')
          @CatchingFailure()
          foreign(): unknown {
            throw foreign
          }
        }
        const { get } = await platform.start({ controllers: [Errors] })
        expect((await get('/errors/nest')).json()).to.deep.equal({
          statusCode: 409,
          message: 'Already ordered.',
          error: 'Conflict',
        })
        expect((await get('/errors/foreign')).json()).to.deep.equal({
          statusCode: 500,
          message: 'Internal server error',
        })
      })
    })

    describe('with a FailureFilter', () => {
      const policy = { translate, onFailure: () => undefined }

      it('uses the policy of the filter and calls its onFailure once per error', async () => {
        @Controller('rows')
        class Rows {
          @Get()
          @CatchingFailure()
          list(): unknown {
            throw new RowMissing()
          }
        }
        const reported: [Failure, FailureContext][] = []
        let translations = 0
        const filter = () =>
          new FailureFilter({
            translate: (error) => {
              translations += 1
              return translate(error)
            },
            onFailure: (...call) => reported.push(call),
          })
        for (const application of [
          { controllers: [Books, Rows], configure: (app: INestApplication) => app.useGlobalFilters(filter()) },
          { controllers: [Books, Rows], providers: [{ provide: APP_FILTER, useFactory: filter }] },
        ]) {
          reported.length = translations = 0
          const { get } = await platform.start(application)
          expectProblem(await get('/books/missing?key=1'), NO_SUCH_BOOK)
          expect(reported).to.have.length(1)
          expect(reported[0]![1].path).to.equal('/books/missing')
          expect(reported[0]![1].method).to.equal('GET')
          expect(translations, 'a failure is not translated').to.equal(0)
          expect((await get('/rows')).json()).to.include({ status: 404, detail: 'No such row.' })
          expect(reported).to.have.length(2)
          expect(reported[1]![1].error).to.be.instanceOf(RowMissing)
          expect(translations).to.equal(1)
        }
      })

      it('leaves other errors and Nest exceptions to the filter', async () => {
        @Controller('errors')
        class Errors {
          @Get('nest')
          @CatchingFailure()
          nest(): unknown {
            throw new ConflictException('Already ordered.')
          }

          @Get('foreign')
          @CatchingFailure()
          foreign(): unknown {
            throw foreign
          }
        }
        const { get } = await platform.start({
          controllers: [Errors],
          configure: (app) => app.useGlobalFilters(new FailureFilter(policy)),
        })
        expect((await get('/errors/foreign')).json()).to.deep.equal({
          type: 'about:blank',
          title: 'Internal Server Error',
          status: 500,
        })
        expect((await get('/errors/nest')).json()).to.include({ status: 409, detail: 'Already ordered.' })
      })

      it('uses the policy of the last FailureFilter', async () => {
        const seen: string[] = []
        const named = (name: string) => new FailureFilter({ onFailure: () => void seen.push(name) })
        const { get } = await platform.start({
          controllers: [Books],
          providers: [CatchAll],
          configure: (app) => app.useGlobalFilters(named('first'), app.get(CatchAll), named('last')),
        })
        await get('/books/missing')
        expect(seen).to.deep.equal(['last'])
      })

      it('uses a filter that is registered after app.init()', async () => {
        const seen: unknown[] = []
        const { app, get } = await platform.start({ controllers: [Books], configure: (app) => app.init() })
        app.useGlobalFilters(new FailureFilter({ onFailure: (failure) => seen.push(failure) }))
        expectProblem(await get('/books/missing'), NO_SUCH_BOOK)
        expect(seen).to.have.length(1)
      })
    })

    describe('with a policy argument', () => {
      const reported: [Failure, FailureContext][] = []
      const responder = new FailureResponder({ translate, onFailure: (...call) => reported.push(call) })

      @Controller('shelves')
      class Shelves {
        @Get('row')
        @CatchingFailure(responder)
        row(): unknown {
          throw new RowMissing()
        }

        @CatchingFailure(responder)
        @Get('row-later')
        async rowLater(): Promise<unknown> {
          throw new RowMissing()
        }

        @Get('missing')
        @CatchingFailure({ onFailure: (...call) => reported.push(call) })
        missing(): unknown {
          throw new NotFound('There is no such book.')
        }

        @Get('foreign')
        @CatchingFailure(responder)
        foreign(): unknown {
          throw foreign
        }

        @Get('ready')
        @CatchingFailure(responder)
        ready(): unknown {
          return 'found'
        }

        @Get('later')
        @CatchingFailure(responder)
        async later(): Promise<unknown> {
          return 'found'
        }
      }

      beforeEach(() => {
        reported.length = 0
      })

      for (const [name, configure] of [
        ['without a filter', () => undefined],
        [
          "instead of a filter's policy",
          (app: INestApplication) =>
            app.useGlobalFilters(
              new FailureFilter({
                translate: (error) => (error === foreign ? new Gone() : new Conflict()),
                onFailure: () => undefined,
              }),
            ),
        ],
      ] as const) {
        it(`uses that policy ${name}`, async () => {
          const { get } = await platform.start({ controllers: [Shelves], configure })
          for (const path of ['/shelves/row', '/shelves/row-later']) {
            expect((await get(path)).json()).to.include({ status: 404, detail: 'No such row.' })
          }
          expect(reported).to.have.length(2)
          expectProblem(await get('/shelves/missing'), NO_SUCH_BOOK)
          expect(reported).to.have.length(3)
          expect(reported[2]![1].path).to.equal('/shelves/missing')
          expect((await get('/shelves/foreign')).status).to.equal(name === 'without a filter' ? 500 : 410)
          expect(reported).to.have.length(3)
          for (const path of ['/shelves/ready', '/shelves/later']) expect((await get(path)).body).to.equal('found')
        })
      }
    })

    describe('with @UseFilters()', () => {
      @Catch(Failure)
      class Teapot implements ExceptionFilter {
        constructor(readonly adapterHost: HttpAdapterHost) {}
        catch(_error: unknown, host: ExecutionContext) {
          const { httpAdapter }: { httpAdapter: HttpServer } = this.adapterHost
          httpAdapter.reply(host.switchToHttp().getResponse(), { teapot: true }, 418)
        }
      }

      @Controller('shelves')
      class Shelves {
        @Get('filter-above')
        @UseFilters(Teapot)
        @CatchingFailure()
        filterAbove(): unknown {
          throw new NotFound('There is no such book.')
        }

        @Get('filter-below')
        @CatchingFailure()
        @UseFilters(Teapot)
        filterBelow(): unknown {
          throw new NotFound('There is no such book.')
        }

        @UseFilters(Teapot)
        @CatchingFailure({ translate })
        @Get('both')
        both(): unknown {
          throw new RowMissing()
        }
      }

      it('leaves failures to a filter above the decorator', async () => {
        const { get } = await platform.start({ controllers: [Shelves] })
        expect((await get('/shelves/filter-above')).status).to.equal(418)
        expect((await get('/shelves/both')).status).to.equal(418)
      })

      it('sends problem details when the filter is below the decorator', async () => {
        const { get } = await platform.start({ controllers: [Shelves] })
        expectProblem(await get('/shelves/filter-below'), NO_SUCH_BOOK)
      })
    })

    describe('with interceptors', () => {
      const seen: unknown[] = []

      @Injectable()
      class Watching implements NestInterceptor {
        intercept(_context: ExecutionContext, next: CallHandler) {
          return next.handle().pipe(
            map((value) => ({ value })),
            catchError((error) => {
              seen.push(error)
              return throwError(() => error)
            }),
          )
        }
      }

      @Injectable()
      class Replacing implements NestInterceptor {
        intercept(_context: ExecutionContext, next: CallHandler) {
          return next.handle().pipe(catchError(() => throwError(() => new TooManyRequests({ retryAfter: 5 }))))
        }
      }

      @Controller('shelves')
      @UseInterceptors(Watching)
      class Shelves {
        @Get('happy')
        @CatchingFailure()
        happy(): unknown {
          return 'a book'
        }

        @Get('missing')
        @CatchingFailure()
        missing(): unknown {
          throw new NotFound('There is no such book.')
        }

        @Get('row')
        @CatchingFailure({ translate })
        async row(): Promise<unknown> {
          throw new RowMissing()
        }

        @Get('replaced')
        @CatchingFailure()
        @UseInterceptors(Replacing)
        replaced(): unknown {
          throw new NotFound()
        }
      }

      it('passes failures through the interceptors', async () => {
        seen.length = 0
        const { get } = await platform.start({ controllers: [Shelves] })
        expectProblem(await get('/shelves/missing'), NO_SUCH_BOOK)
        await get('/shelves/row')
        expect(seen).to.have.length(2)
        for (const error of seen) expect(error).to.be.instanceOf(NotFound)
      })

      it('sends a successful value as mapped by an interceptor', async () => {
        const { get } = await platform.start({ controllers: [Shelves] })
        expect((await get('/shelves/happy')).json()).to.deep.equal({ value: 'a book' })
      })

      it('sends the failure that an interceptor throws instead', async () => {
        const { get } = await platform.start({ controllers: [Shelves] })
        const response = await get('/shelves/replaced')
        expect(response.status).to.equal(429)
        expect(response.field('retry-after')).to.equal('5')
      })
    })

    describe('with other Nest decorators', () => {
      @Controller('shelves')
      class Shelves {
        @HttpCode(202)
        @Header('X-Shelf', '7')
        @CatchingFailure()
        @Get('above')
        above(): unknown {
          return 'above'
        }

        @CatchingFailure()
        @HttpCode(202)
        @Header('X-Shelf', '7')
        @Get('below')
        below(): unknown {
          return 'below'
        }

        @CatchingFailure()
        @Redirect('/books/happy', 307)
        @Get('redirect-below')
        redirectBelow(): unknown {
          return undefined
        }

        @Redirect('/books/happy', 307)
        @CatchingFailure()
        @Get('redirect-above')
        redirectAbove(): unknown {
          throw new NotFound('There is no such book.')
        }

        @HttpCode(202)
        @Header('ETag', '"1"')
        @CatchingFailure()
        @Get('etag')
        etag(): unknown {
          throw new NotFound('There is no such book.')
        }

        @Get('response')
        @CatchingFailure()
        response(@Res() response: { send(body: string): void }): unknown {
          response.send('sent by hand')
          return undefined
        }

        @Get('response-missing')
        @CatchingFailure()
        async responseMissing(@Res() _response: unknown): Promise<unknown> {
          throw new NotFound('There is no such book.')
        }

        @Get('passthrough')
        @CatchingFailure()
        passthrough(@Res({ passthrough: true }) response: { header(name: string, value: string): void }): unknown {
          response.header('X-Shelf', '7')
          return 'sent by Nest'
        }

        @Get('passthrough-missing')
        @CatchingFailure()
        passthroughMissing(
          @Res({ passthrough: true }) response: { header(name: string, value: string): void },
        ): unknown {
          response.header('ETag', '"1"')
          throw new NotFound('There is no such book.')
        }

        @Get('own-response')
        @CatchingFailure()
        ownResponse(): Response {
          return new globalThis.Response('a page', { status: 203, headers: { 'Content-Type': 'text/html' } })
        }
      }

      it('keeps the status of @HttpCode() and the headers of @Header() on success', async () => {
        const { get } = await platform.start({ controllers: [Shelves] })
        for (const name of ['above', 'below']) {
          const response = await get(`/shelves/${name}`)
          expect(response.status).to.equal(202)
          expect(response.field('x-shelf')).to.equal('7')
          expect(response.body).to.equal(name)
        }
      })

      it('redirects with @Redirect() only on success', async () => {
        const { get } = await platform.start({ controllers: [Shelves] })
        const response = await get('/shelves/redirect-below')
        expect(response.status).to.equal(307)
        expect(response.field('location')).to.equal('/books/happy')
        expectProblem(await get('/shelves/redirect-above'), NO_SUCH_BOOK)
      })

      it('removes an ETag set for success from the error response', async () => {
        const { get } = await platform.start({ controllers: [Shelves] })
        for (const path of ['/shelves/etag', '/shelves/passthrough-missing']) {
          const response = await get(path)
          expectProblem(response, NO_SUCH_BOOK)
          expect(response.names()).not.to.include('etag')
        }
      })

      it('supports @Res() with and without passthrough', async () => {
        const { get } = await platform.start({ controllers: [Shelves] })
        expect((await get('/shelves/response')).body).to.equal('sent by hand')
        expectProblem(await get('/shelves/response-missing'), NO_SUCH_BOOK)
        expect((await get('/shelves/passthrough')).body).to.equal('sent by Nest')
        expect((await get('/shelves/passthrough')).field('x-shelf')).to.equal('7')
      })

      it('sends a Response returned by the method unchanged', async () => {
        // On Express, Nest before 12.4 needs the module to send a Response.
        const { get } = await platform.start({ controllers: [Shelves], imports: [FailureModule.forRoot()] })
        const response = await get('/shelves/own-response')
        expect(response.status).to.equal(203)
        expect(response.body).to.equal('a page')
      })
    })
  })
}

function expectProblem(response: ReceivedResponse, problem: object): void {
  expect(response.json()).to.deep.equal(problem)
  expect(response.lines('content-type')).to.deep.equal(['application/problem+json'])
  expect(response.status).to.equal((problem as { status: number }).status)
}

/** Records the errors that it catches, and sends 599. */
@Catch()
class CatchAll implements ExceptionFilter {
  readonly caught: unknown[] = []
  constructor(readonly adapterHost: HttpAdapterHost) {}
  catch(error: unknown, host: ExecutionContext) {
    this.caught.push(error)
    const { httpAdapter }: { httpAdapter: HttpServer } = this.adapterHost
    httpAdapter.reply(host.switchToHttp().getResponse(), { caught: true }, 599)
  }
}
