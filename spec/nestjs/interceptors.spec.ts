import { type CallHandler, Controller, type ExecutionContext, Get, UseInterceptors } from '@nestjs/common'
import { expect } from 'chai'
import { catchError, finalize, firstValueFrom, map, NEVER, of, tap, throwError, timeout } from 'rxjs'
import { Conflict, isFailure, NotFound, RequestTimeout } from '../../src/index.js'
import { closeServers, platforms } from './platforms.js'
import { ways } from './ways.js'

/** The values and events that the interceptors received. */
let received: unknown[] = []
const store = new Map<string, unknown>()

const envelope = {
  intercept: (_: ExecutionContext, next: CallHandler) =>
    next.handle().pipe(
      map((value) => {
        received.push(value)
        return { data: value }
      }),
    ),
}

const cache = {
  intercept(context: ExecutionContext, next: CallHandler) {
    const { url } = context.switchToHttp().getRequest<{ url: string }>()
    if (store.has(url)) return of(store.get(url))
    return next.handle().pipe(tap((value) => store.set(url, value)))
  },
}

const log = {
  intercept: (_: ExecutionContext, next: CallHandler) =>
    next.handle().pipe(
      tap({ next: (value) => received.push(['next', value]), error: (error) => received.push(['error', error]) }),
      finalize(() => received.push(['finalized'])),
    ),
}

const roundTrip = {
  async intercept(_: ExecutionContext, next: CallHandler) {
    const value = await firstValueFrom(next.handle())
    return of(value)
  },
}

const replacingByValue = {
  intercept: (_: ExecutionContext, next: CallHandler) =>
    next.handle().pipe(catchError((error) => of({ replaced: isFailure(error) }))),
}

const replacingByFailure = {
  intercept: (_: ExecutionContext, next: CallHandler) =>
    next.handle().pipe(catchError((cause) => throwError(() => new Conflict('Replaced.', { cause })))),
}

const withTimeout = {
  intercept: (_: ExecutionContext, next: CallHandler) =>
    next.handle().pipe(timeout({ first: 10, with: () => throwError(() => new RequestTimeout()) })),
}

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`An interceptor on ${platform.name} ${name}`, () => {
      @Controller('books')
      class Books {
        calls = 0

        @Get('envelope')
        @Caught()
        @UseInterceptors(envelope)
        envelope() {
          throw new NotFound('There is no such book.')
        }

        @Get('cache')
        @Caught()
        @UseInterceptors(cache)
        cache() {
          this.calls += 1
          if (this.calls < 3) throw new NotFound('There is no such book.')
          return `found at call ${this.calls}`
        }

        @Get('log')
        @Caught()
        @UseInterceptors(log)
        async log() {
          throw new NotFound('There is no such book.')
        }

        @Get('awaited')
        @Caught()
        @UseInterceptors(roundTrip)
        awaited() {
          throw new NotFound('There is no such book.')
        }

        @Get('value')
        @Caught()
        @UseInterceptors(replacingByValue)
        value() {
          throw new NotFound('There is no such book.')
        }

        @Get('another')
        @Caught()
        @UseInterceptors(replacingByFailure)
        another() {
          throw new NotFound('There is no such book.')
        }

        @Get('timeout')
        @Caught()
        @UseInterceptors(withTimeout)
        timeout() {
          return NEVER
        }

        @Get('too-late')
        @Caught()
        @UseInterceptors(withTimeout)
        async tooLate() {
          await new Promise((resolve) => setTimeout(resolve, 30))
          throw new NotFound('There is no such book.')
        }
      }

      let get: Awaited<ReturnType<typeof platform.start>>['get']

      before(async () => {
        get = (await platform.start({ ...application, controllers: [Books] })).get
      })

      beforeEach(() => {
        received = []
        store.clear()
      })

      after(closeServers)

      const NO_SUCH_BOOK = { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such book.' }

      it('that wraps values does not receive the failure', async () => {
        expect((await get('/books/envelope')).json()).to.deep.equal(NO_SUCH_BOOK)
        expect(received).to.deep.equal([])
      })

      it('that caches values does not cache the failure', async () => {
        expect((await get('/books/cache')).status).to.equal(404)
        expect((await get('/books/cache')).status).to.equal(404)
        expect((await get('/books/cache')).body).to.equal('found at call 3')
        expect((await get('/books/cache')).body).to.equal('found at call 3')
      })

      it('that logs receives the failure as an error', async () => {
        expect((await get('/books/log')).json()).to.deep.equal(NO_SUCH_BOOK)
        const [[event, error], [end]] = received as [[string, unknown], [string]]
        expect(event).to.equal('error')
        expect(error).to.be.instanceOf(NotFound)
        expect(end).to.equal('finalized')
        expect(received).to.have.length(2)
      })

      it('that awaits the value rejects with the failure', async () => {
        expect((await get('/books/awaited')).json()).to.deep.equal(NO_SUCH_BOOK)
      })

      it('can replace the failure by a value', async () => {
        const response = await get('/books/value')
        expect(response.status).to.equal(200)
        expect(response.json()).to.deep.equal({ replaced: true })
      })

      it('can replace the failure by another failure', async () => {
        expect((await get('/books/another')).json()).to.include({ status: 409, detail: 'Replaced.' })
      })

      it('can time out, even if the handler fails later', async () => {
        for (const path of ['timeout', 'too-late']) {
          const response = await get(`/books/${path}`)
          expect(response.status, path).to.equal(408)
          expect(response.json(), path).to.include({ title: 'Request Timeout' })
        }
        await new Promise((resolve) => setTimeout(resolve, 40))
      })
    })
  }
}
