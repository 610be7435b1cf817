import { Controller, Get, type NestInterceptor, UseInterceptors } from '@nestjs/common'
import { expect } from 'chai'
import { catchError, finalize, firstValueFrom, map, NEVER, of, tap, throwError, timeout } from 'rxjs'
import { Conflict, isFailure, NotFound, RequestTimeout } from '../../src/index.js'
import { closeServers, platforms, type Server } from './platforms.js'
import { ways } from './ways.js'

const NO_SUCH_BOOK = { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such book.' }

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`An interceptor on ${platform.name} ${name}`, () => {
      afterEach(closeServers)

      /** Starts an application with a route, `/books`, that throws a failure and has the interceptor. */
      function startWith(intercept: NestInterceptor['intercept']): Promise<Server> {
        @Controller('books')
        class Books {
          @Get()
          @Caught()
          @UseInterceptors({ intercept })
          list() {
            throw new NotFound('There is no such book.')
          }
        }
        return platform.start({ ...application, controllers: [Books] })
      }

      it('that wraps values does not receive the failure', async () => {
        const received: unknown[] = []
        const { get } = await startWith((_context, next) =>
          next.handle().pipe(
            map((value) => {
              received.push(value)
              return { data: value }
            }),
          ),
        )
        expect((await get('/books')).json()).to.deep.equal(NO_SUCH_BOOK)
        expect(received).to.deep.equal([])
      })

      it('that caches values does not cache the failure', async () => {
        const store = new Map<string, unknown>()
        const cache: NestInterceptor = {
          intercept(context, next) {
            const { url } = context.switchToHttp().getRequest<{ url: string }>()
            if (store.has(url)) return of(store.get(url))
            return next.handle().pipe(tap((value) => store.set(url, value)))
          },
        }

        @Controller('books')
        class Books {
          calls = 0

          @Get()
          @Caught()
          @UseInterceptors(cache)
          list() {
            this.calls += 1
            if (this.calls < 3) throw new NotFound('There is no such book.')
            return `found at call ${this.calls}`
          }
        }
        const { get } = await platform.start({ ...application, controllers: [Books] })
        expect((await get('/books')).status).to.equal(404)
        expect((await get('/books')).status).to.equal(404)
        expect((await get('/books')).body).to.equal('found at call 3')
        expect((await get('/books')).body).to.equal('found at call 3')
      })

      it('that logs receives the failure as an error', async () => {
        const received: unknown[] = []
        const log: NestInterceptor = {
          intercept: (_context, next) =>
            next.handle().pipe(
              tap({
                next: (value) => received.push(['next', value]),
                error: (error) => received.push(['error', error]),
              }),
              finalize(() => received.push(['finalized'])),
            ),
        }

        @Controller('books')
        class Books {
          @Get()
          @Caught()
          @UseInterceptors(log)
          async list() {
            throw new NotFound('There is no such book.')
          }
        }
        const { get } = await platform.start({ ...application, controllers: [Books] })
        expect((await get('/books')).json()).to.deep.equal(NO_SUCH_BOOK)
        const [[event, error], [end]] = received as [[string, unknown], [string]]
        expect(event).to.equal('error')
        expect(error).to.be.instanceOf(NotFound)
        expect(end).to.equal('finalized')
        expect(received).to.have.length(2)
      })

      it('that awaits the value rejects with the failure', async () => {
        const { get } = await startWith(async (_context, next) => {
          const value = await firstValueFrom(next.handle())
          return of(value)
        })
        expect((await get('/books')).json()).to.deep.equal(NO_SUCH_BOOK)
      })

      it('can replace the failure by a value', async () => {
        const { get } = await startWith((_context, next) =>
          next.handle().pipe(catchError((error) => of({ replaced: isFailure(error) }))),
        )
        const response = await get('/books')
        expect(response.status).to.equal(200)
        expect(response.json()).to.deep.equal({ replaced: true })
      })

      it('can replace the failure by another failure', async () => {
        const { get } = await startWith((_context, next) =>
          next.handle().pipe(catchError((cause) => throwError(() => new Conflict('Replaced.', { cause })))),
        )
        expect((await get('/books')).json()).to.include({ status: 409, detail: 'Replaced.' })
      })

      it('can time out, even if the handler fails later', async () => {
        @Controller('books')
        @UseInterceptors({
          intercept: (_context, next) =>
            next.handle().pipe(timeout({ first: 10, with: () => throwError(() => new RequestTimeout()) })),
        })
        class Books {
          @Get('never')
          @Caught()
          never() {
            return NEVER
          }

          @Get('too-late')
          @Caught()
          async tooLate() {
            await new Promise((resolve) => setTimeout(resolve, 30))
            throw new NotFound('There is no such book.')
          }
        }
        const { get } = await platform.start({ ...application, controllers: [Books] })
        for (const path of ['never', 'too-late']) {
          const response = await get(`/books/${path}`)
          expect(response.status, path).to.equal(408)
          expect(response.json(), path).to.include({ title: 'Request Timeout' })
        }
        await new Promise((resolve) => setTimeout(resolve, 40))
      })
    })
  }
}
