import { type CallHandler, Controller, type ExecutionContext, Get, UseInterceptors } from '@nestjs/common'
import { expect } from 'chai'
import { catchError, finalize, firstValueFrom, map, NEVER, of, tap, throwError, timeout } from 'rxjs'
import { Conflict, isFailure, NotFound, RequestTimeout } from '../../src/index.js'
import { closeServers, platforms } from './platforms.js'
import { ways } from './ways.js'

/** What the interceptors have seen. */
let seen: unknown[] = []
const store = new Map<string, unknown>()

const envelope = {
  intercept: (_: ExecutionContext, next: CallHandler) =>
    next.handle().pipe(
      map((value) => {
        seen.push(value)
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
      tap({ next: (value) => seen.push(['next', value]), error: (error) => seen.push(['error', error]) }),
      finalize(() => seen.push(['finalized'])),
    ),
}

const roundTrip = {
  async intercept(_: ExecutionContext, next: CallHandler) {
    const value = await firstValueFrom(next.handle())
    return of(value)
  },
}

const turningIntoAValue = {
  intercept: (_: ExecutionContext, next: CallHandler) =>
    next.handle().pipe(catchError((error) => of({ turned: isFailure(error) }))),
}

const turningIntoAnother = {
  intercept: (_: ExecutionContext, next: CallHandler) =>
    next.handle().pipe(catchError((cause) => throwError(() => new Conflict('Turned.', { cause })))),
}

const impatient = {
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
        @UseInterceptors(turningIntoAValue)
        value() {
          throw new NotFound('There is no such book.')
        }

        @Get('another')
        @Caught()
        @UseInterceptors(turningIntoAnother)
        another() {
          throw new NotFound('There is no such book.')
        }

        @Get('impatient')
        @Caught()
        @UseInterceptors(impatient)
        impatient() {
          return NEVER
        }

        @Get('too-late')
        @Caught()
        @UseInterceptors(impatient)
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
        seen = []
        store.clear()
      })

      after(closeServers)

      const NO_SUCH_BOOK = { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such book.' }

      it('that wraps values gets no failure to wrap', async () => {
        expect((await get('/books/envelope')).json()).to.deep.equal(NO_SUCH_BOOK)
        expect(seen).to.deep.equal([])
      })

      it('that keeps values gets no failure to keep', async () => {
        expect((await get('/books/cache')).status).to.equal(404)
        expect((await get('/books/cache')).status).to.equal(404)
        expect((await get('/books/cache')).body).to.equal('found at call 3')
        expect((await get('/books/cache')).body).to.equal('found at call 3')
      })

      it('that logs gets the failure as an error, the very object', async () => {
        expect((await get('/books/log')).json()).to.deep.equal(NO_SUCH_BOOK)
        const [[kind, error], [end]] = seen as [[string, unknown], [string]]
        expect(kind).to.equal('error')
        expect(error).to.be.instanceOf(NotFound)
        expect(end).to.equal('finalized')
        expect(seen).to.have.length(2)
      })

      it('that awaits the value rejects with the failure', async () => {
        expect((await get('/books/awaited')).json()).to.deep.equal(NO_SUCH_BOOK)
      })

      it('may answer with a value instead', async () => {
        const answer = await get('/books/value')
        expect(answer.status).to.equal(200)
        expect(answer.json()).to.deep.equal({ turned: true })
      })

      it('may answer with another failure instead', async () => {
        expect((await get('/books/another')).json()).to.include({ status: 409, detail: 'Turned.' })
      })

      it('may give up waiting, whatever comes later', async () => {
        for (const path of ['impatient', 'too-late']) {
          const answer = await get(`/books/${path}`)
          expect(answer.status, path).to.equal(408)
          expect(answer.json(), path).to.include({ title: 'Request Timeout' })
        }
        await new Promise((resolve) => setTimeout(resolve, 40))
      })
    })
  }
}
