import type { Server as TcpServer } from 'node:net'
import {
  BadRequestException,
  Controller,
  Get,
  Inject,
  Logger,
  type LoggerService,
  ParseIntPipe,
  type Type,
  UseGuards,
} from '@nestjs/common'
import {
  ClientProxy,
  EventPattern,
  KafkaRetriableException,
  MessagePattern,
  Payload,
  RpcException,
  Transport,
} from '@nestjs/microservices'
import { expect } from 'chai'
import { concat, firstValueFrom, NEVER, type Observable, of, TimeoutError, throwError, timeout, toArray } from 'rxjs'
import { catchError } from 'rxjs/operators'
import {
  BadGateway,
  Conflict,
  Extension,
  type Failure,
  type FailureContext,
  type FailureResponderOptions,
  failureFromProblem,
  GatewayTimeout,
  InternalServerError,
  NotFound,
  type ProblemType,
} from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'
import { ANY_PORT, clientOf, closeServices, connect, errorOf, serverOf } from './tcp-service.js'
import { circular, Refusing, SECRET, Throwing } from './transport-fixtures.js'

// A real Nest microservice over TCP, and the client or gateway that calls it.

class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = { type: 'out-of-stock', title: 'Out of stock' }
  @Extension() readonly isbn: string

  constructor(isbn: string) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}

describe('FailureFilter for messages over TCP', () => {
  afterEach(async () => {
    await closeServices()
    Logger.overrideLogger(false)
  })

  it('sends problem details for a failure', async () => {
    const failure = new NotFound('There is no such book.', { instance: '/books/7', extensions: { shelf: 7 } })
    expect(await errorFor(failure)).to.deep.equal({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is no such book.',
      instance: '/books/7',
      shelf: 7,
    })
  })

  for (const pattern of ['fail', 'fail-later', 'stream']) {
    it(`sends a domain failure from which the caller restores the class (${pattern})`, async () => {
      const typeBase = 'https://bookshop.example/problems/'
      const client = await serve(failing(new OutOfStock('978-0131103627')), { typeBase })
      const error = await errorOf(client, pattern)
      expect(error).to.deep.equal({
        type: 'https://bookshop.example/problems/out-of-stock',
        title: 'Out of stock',
        status: 409,
        detail: 'No copy of 978-0131103627 is left.',
        isbn: '978-0131103627',
      })
      const failure = failureFromProblem(error, { classes: [OutOfStock], typeBase })
      expect(failure).to.be.instanceOf(OutOfStock)
      expect(failure).to.include({ isbn: '978-0131103627', status: 409 })
    })
  }

  it('sends the failure of an Observable after its values', async () => {
    @Controller()
    class Stock {
      @MessagePattern('stream')
      stream(): Observable<unknown> {
        return concat(
          of('one', 'two'),
          throwError(() => new OutOfStock('978-0131103627')),
        )
      }
    }
    const values: unknown[] = []
    const client = await serve(Stock)
    const error = await new Promise((resolve) => {
      client.send('stream', '').subscribe({ next: (value) => values.push(value), error: resolve })
    })
    expect(values).to.deep.equal(['one', 'two'])
    expect(error).to.include({ status: 409, isbn: '978-0131103627' })
  })

  it('does not affect the result of a successful handler', async () => {
    @Controller()
    class Stock {
      @MessagePattern('copies')
      copies() {
        return 3
      }
    }
    const client = await serve(Stock)
    expect(await firstValueFrom(client.send('copies', ''))).to.equal(3)
  })

  it('sends problem details for errors of guards and pipes', async () => {
    @Controller()
    class Stock {
      @MessagePattern('guarded')
      @UseGuards(Refusing)
      guarded() {}

      @MessagePattern('guarded-with-a-reason')
      @UseGuards(Throwing)
      guardedWithAReason() {}

      @MessagePattern('piped')
      piped(@Payload(ParseIntPipe) shelf: number) {
        return shelf
      }
    }
    const client = await serve(Stock)
    expect(await errorOf(client, 'guarded')).to.deep.equal({
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      detail: 'Forbidden resource',
    })
    expect(await errorOf(client, 'guarded-with-a-reason')).to.include({ status: 403, detail: 'Not with this key.' })
    expect(await errorOf(client, 'piped', 'x')).to.include({ status: 400 })
  })

  const exceptions = {
    http: new BadRequestException(['A title is required.', 'An author is required.']),
    rpc: new RpcException('The shelf is closed.'),
    withStatus: new RpcException({
      status: 410,
      message: 'The shelf is gone.',
      shelf: 7,
      cause: SECRET,
      stack: SECRET,
    }),
    withCode: new RpcException({ code: 'NOT_FOUND', message: 'There is no such shelf.' }),
    withFailure: new RpcException(new OutOfStock('1')),
    withHttpException: new RpcException(new BadRequestException('A title is required.')),
  }

  it('sends problem details for an HttpException and an RpcException', async () => {
    expect(await errorFor(exceptions.http)).to.deep.include({
      status: 400,
      errors: [{ detail: 'A title is required.' }, { detail: 'An author is required.' }],
    })
    expect(await errorFor(exceptions.rpc)).to.include({ status: 400, detail: 'The shelf is closed.' })
    expect(await errorFor(exceptions.withStatus)).to.deep.equal({
      type: 'about:blank',
      title: 'Gone',
      status: 410,
      detail: 'The shelf is gone.',
      shelf: 7,
    })
    expect(await errorFor(exceptions.withCode)).to.include({ status: 404, detail: 'There is no such shelf.' })
    expect(await errorFor(exceptions.withFailure)).to.include({ status: 409, isbn: '1' })
    expect(await errorFor(exceptions.withHttpException)).to.include({ status: 400, detail: 'A title is required.' })
  })

  const unknownErrors = {
    foreign: new Error(SECRET, { cause: new Error(SECRET) }),
    string: SECRET,
    nothing: undefined,
    rpcWithError: new RpcException(new Error(SECRET)),
    rpcWithUndefined: new RpcException(undefined as never),
    rpcThatThrows: Object.defineProperty(new RpcException(SECRET), 'getError', { value: boom }),
  }

  it('sends a bare 500 for unknown errors', async () => {
    for (const [name, error] of Object.entries(unknownErrors)) {
      expect(await errorFor(error), name).to.deep.equal(BARE_500)
    }
  })

  it('never sends internal messages or stack traces', async () => {
    const errors = [
      ...Object.values(exceptions),
      ...Object.values(unknownErrors),
      new NotFound('There is no such book.', { instance: '/books/7', extensions: { shelf: 7 } }),
      new OutOfStock('978-0131103627'),
      new Conflict(SECRET, { expose: false, extensions: { by: SECRET } }),
      new NotFound({ extensions: circular }),
      new RpcException({ statusCode: 503, message: SECRET }),
    ]
    for (const error of errors) {
      const client = await serve(failing(error))
      for (const pattern of ['fail', 'stream']) {
        const received = JSON.stringify(await errorOf(client, pattern))
        expect(received).to.contain('"status":')
        expect(received).not.to.contain(SECRET)
        expect(received).not.to.match(/\.ts|node_modules/)
      }
    }
  })

  it('converts a bigint to a string and omits a circular reference', async () => {
    expect(await errorFor(new NotFound({ extensions: circular }))).to.deep.equal({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      copies: '7',
      self: { copies: '7' },
    })
  })

  it('calls the hooks with a context that has no request', async () => {
    const thrown = new Error(SECRET)
    const calls: [Failure, FailureContext][] = []
    const received = await errorFor(thrown, {
      translate: (error) => (error === thrown ? new OutOfStock('7') : undefined),
      describe: () => ({ title: 'Vergriffen', language: 'de' }),
      extend: (_failure, { method, header }) => ({ method: method ?? 'none', trace: header('traceparent') ?? 'none' }),
      onFailure: (...call) => calls.push(call),
    })
    expect(received).to.include({ title: 'Vergriffen', isbn: '7', method: 'none', trace: 'none' })
    expect(calls).to.have.length(1)
    const [failure, { error, path }] = calls[0]!
    expect(failure).to.be.instanceOf(OutOfStock)
    expect([error, path]).to.deep.equal([thrown, undefined])
  })

  it('calls translate before it converts an RpcException', async () => {
    const received: unknown[] = []
    const translate = (error: unknown) => {
      received.push(error)
      return error instanceof RpcException ? new NotFound('Translated.') : undefined
    }
    const thrown = [new RpcException('The shelf is closed.'), new Error(SECRET)]
    expect(await errorFor(thrown[0], { translate })).to.include({ status: 404, detail: 'Translated.' })
    expect(await errorFor(thrown[1], { translate })).to.include({ status: 500 })
    expect(received).to.deep.equal(thrown)
  })

  it('sends problem details when its hooks throw', async () => {
    const hooks = { translate: boom, describe: boom, extend: boom, onFailure: boom, onWarning: boom }
    expect(await errorFor(new Error(SECRET), hooks)).to.deep.equal(BARE_500)
    expect(await errorFor(new OutOfStock('7'), hooks)).to.include({ status: 409 })
  })

  it('logs the error of an event handler and continues to handle messages', async () => {
    @Controller()
    class Stock {
      @EventPattern('taken')
      taken(@Payload() _isbn: string) {
        throw new Error(SECRET)
      }

      @EventPattern('taken-later')
      takenLater(@Payload() _isbn: string): Observable<unknown> {
        return throwError(() => new Error(SECRET))
      }

      @MessagePattern('copies')
      copies() {
        return 3
      }
    }
    const spy = new Spy()
    const client = await connect({ controllers: [Stock], imports: [FailureModule.forRoot()] }, spy)
    for (const pattern of ['taken', 'taken-later']) {
      spy.lines.length = 0
      await firstValueFrom(client.emit(pattern, ''), { defaultValue: undefined })
      expect(await firstValueFrom(client.send('copies', '')), 'the service still responds').to.equal(3)
      expect(spy.lines).to.have.length(1)
      const [summary, stack] = spy.lines[0] as string[]
      expect(summary).to.equal(`rpc ${pattern} (Stock.${pattern === 'taken' ? 'taken' : 'takenLater'}) 500`)
      expect(stack).to.contain(SECRET)
    }
  })

  it('rethrows a KafkaRetriableException, so that the consumer retries the message', async () => {
    const error = new KafkaRetriableException('Try again.')
    const host = { getType: () => 'rpc' }
    const result = new FailureFilter({ onFailure: boom }).catch(error, host as never) as Observable<never>
    const thrown = await firstValueFrom(result).catch((cause) => cause)
    expect(thrown).to.equal(error)
  })

  it('calls onFailure once, regardless of the number of subscribers', async () => {
    const error = new OutOfStock('7')
    const reported: unknown[] = []
    const filter = new FailureFilter({ onFailure: (failure) => reported.push(failure) })
    const result = filter.catch(error, { getType: () => 'rpc' } as never) as Observable<never>
    for (const _ of [1, 2]) await firstValueFrom(result.pipe(toArray())).catch(() => undefined)
    expect(reported).to.deep.equal([error])
  })
})

for (const platform of platforms) {
  describe(`A gateway on ${platform.name}`, () => {
    afterEach(async () => {
      await closeServers()
      await closeServices()
    })

    /** Starts an application that receives a client of a microservice as `STOCK`. */
    async function startGateway(gateway: Type, service: Type) {
      const reported: Failure[] = []
      const { get } = await platform.start({
        controllers: [gateway],
        providers: [{ provide: 'STOCK', useValue: await serve(service) }],
        imports: [FailureModule.forRoot({ onFailure: (failure) => reported.push(failure) })],
      })
      return { get, reported }
    }

    it('sends 502 with the failure of its service as the cause', async () => {
      @Controller('books')
      class Gateway {
        constructor(@Inject('STOCK') readonly stock: ClientProxy) {}

        @Get()
        list() {
          return this.stock.send('fail', '').pipe(
            catchError((error: unknown) => {
              throw new BadGateway({ cause: failureFromProblem(error, { classes: [OutOfStock] }) })
            }),
          )
        }
      }
      const { get, reported } = await startGateway(Gateway, failing(new OutOfStock('978-0131103627')))
      const response = await get('/books')
      expect(response.json()).to.deep.equal({ type: 'about:blank', title: 'Bad Gateway', status: 502 })
      const [{ cause }] = reported as [Failure]
      expect(cause).to.be.instanceOf(OutOfStock)
      expect(cause).to.include({ isbn: '978-0131103627', status: 409, detail: 'No copy of 978-0131103627 is left.' })
    })

    it('chooses its response by the class and member of the restored failure', async () => {
      @Controller('books')
      class Gateway {
        constructor(@Inject('STOCK') readonly stock: ClientProxy) {}

        @Get()
        async list() {
          try {
            return await firstValueFrom(this.stock.send('fail', ''))
          } catch (error) {
            const cause = failureFromProblem(error, { classes: [OutOfStock] })
            if (cause instanceof OutOfStock) throw new NotFound(`No branch has ${cause.isbn}.`, { cause })
            throw new BadGateway({ cause })
          }
        }
      }
      const sold = await startGateway(Gateway, failing(new OutOfStock('978-0131103627')))
      expect((await sold.get('/books')).json()).to.include({ status: 404, detail: 'No branch has 978-0131103627.' })
      const foreign = await startGateway(Gateway, failing(new Error(SECRET)))
      expect((await foreign.get('/books')).status).to.equal(502)
    })

    it('sets an InternalServerError as the cause for a timeout or a missing handler', async () => {
      @Controller()
      class Stock {
        @MessagePattern('silent')
        silent() {
          return NEVER
        }
      }

      @Controller('books')
      class Gateway {
        constructor(@Inject('STOCK') readonly stock: ClientProxy) {}

        @Get('silent')
        silent() {
          return this.timed('silent')
        }

        @Get('unknown')
        unknown() {
          return this.timed('unknown')
        }

        private timed(pattern: string) {
          return this.stock.send(pattern, '').pipe(
            timeout(200),
            catchError((error: unknown) => {
              throw new GatewayTimeout({ cause: failureFromProblem(error) })
            }),
          )
        }
      }
      const { get, reported } = await startGateway(Gateway, Stock)
      expect((await get('/books/silent')).status).to.equal(504)
      expect((await get('/books/unknown')).status).to.equal(504)
      const causes = reported.map(({ cause }) => cause as Failure)
      for (const cause of causes) expect(cause).to.be.instanceOf(InternalServerError)
      expect(causes[0]?.cause).to.be.instanceOf(TimeoutError)
      expect(causes[1]?.cause).to.match(/no matching message handler/)
    })

    it('sends a bare 500 when it rethrows the error of its service', async () => {
      @Controller('books')
      class Gateway {
        constructor(@Inject('STOCK') readonly stock: ClientProxy) {}

        @Get()
        list() {
          return this.stock.send('fail', '')
        }
      }
      const { get } = await startGateway(Gateway, failing(new NotFound('There is no such book.')))
      expect((await get('/books')).json()).to.deep.equal(BARE_500)
    })

    it('handles requests and messages as a hybrid application', async () => {
      @Controller('home')
      class Home {
        @Get()
        show() {
          throw new NotFound('The home page is missing.')
        }
      }
      let server: TcpServer | undefined
      const { get } = await platform.start({
        controllers: [failing(new OutOfStock('978-0131103627')), Home],
        configure: async (app) => {
          app.useGlobalFilters(new FailureFilter({ onFailure: () => undefined }))
          const service = app.connectMicroservice(
            { transport: Transport.TCP, options: { port: ANY_PORT, host: '127.0.0.1' } },
            { inheritAppConfig: true },
          )
          await app.startAllMicroservices()
          server = serverOf(service)
        },
      })
      const client = clientOf(server as TcpServer)
      expect(await errorOf(client, 'fail')).to.include({ status: 409, isbn: '978-0131103627' })
      expect((await get('/home')).json()).to.include({ status: 404, detail: 'The home page is missing.' })
    })
  })
}

const BARE_500 = { type: 'about:blank', title: 'Internal Server Error', status: 500 }

/** Returns the error that the caller of a handler receives when the handler throws. */
async function errorFor(error: unknown, options?: FailureResponderOptions): Promise<unknown> {
  return errorOf(await serve(failing(error), options), 'fail')
}

/** Starts a microservice that logs nothing and returns a client of it. */
function serve(controller: Type, options: FailureResponderOptions = {}): Promise<ClientProxy> {
  const imports = [FailureModule.forRoot({ onFailure: () => undefined, ...options })]
  return connect({ controllers: [controller], imports })
}

/** A controller whose handlers fail with the error. */
function failing(error: unknown): Type {
  @Controller()
  class Stock {
    @MessagePattern('fail')
    fail() {
      throw error
    }

    @MessagePattern('fail-later')
    async failLater() {
      await Promise.resolve()
      throw error
    }

    @MessagePattern('stream')
    stream(): Observable<unknown> {
      return throwError(() => error)
    }
  }
  return Stock
}

class Spy implements LoggerService {
  readonly lines: unknown[][] = []
  log() {}
  warn() {}
  error(...line: unknown[]) {
    this.lines.push(line)
  }
}

function boom(): never {
  throw new Error(SECRET)
}
