import type { AddressInfo, Server as TcpServer } from 'node:net'
import {
  BadRequestException,
  Controller,
  Get,
  type INestMicroservice,
  Inject,
  Logger,
  type LoggerService,
  Module,
  Param,
  ParseIntPipe,
  UseGuards,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  ClientProxy,
  ClientProxyFactory,
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
import { NEST } from './nest-version.js'
import { closeServers, platforms } from './platforms.js'
import { LONGEST_WAIT } from './request.js'
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

const errors: Record<string, unknown> = {
  missing: new NotFound('There is no such book.', { instance: '/books/7', extensions: { shelf: 7 } }),
  sold: new OutOfStock('978-0131103627'),
  withheld: new Conflict(SECRET, { expose: false, extensions: { by: SECRET } }),
  circular: new NotFound({ extensions: circular }),
  httpException: new BadRequestException(['A title is required.', 'An author is required.']),
  foreign: new Error(SECRET, { cause: new Error(SECRET) }),
  string: SECRET,
  nothing: undefined,
  rpc: new RpcException('The shelf is closed.'),
  rpcWithStatus: new RpcException({ status: 410, message: 'The shelf is gone.', shelf: 7 }),
  rpcWithCode: new RpcException({ code: 'NOT_FOUND', message: 'There is no such shelf.' }),
  rpcWithStatus503: new RpcException({ statusCode: 503, message: SECRET }),
  rpcWithFailure: new RpcException(new OutOfStock('1')),
  rpcWithError: new RpcException(new Error(SECRET)),
  rpcWithHttpException: new RpcException(new BadRequestException('A title is required.')),
  rpcWithUndefined: new RpcException(undefined as never),
  rpcThatThrows: Object.defineProperty(new RpcException(SECRET), 'getError', { value: boom }),
}

const BARE_500 = { type: 'about:blank', title: 'Internal Server Error', status: 500 }

@Controller()
class Stock {
  @MessagePattern('copies')
  copies() {
    return 3
  }

  @MessagePattern('fail')
  fail(@Payload() key: string) {
    throw errors[key]
  }

  @MessagePattern('fail-later')
  async failLater(@Payload() key: string) {
    await Promise.resolve()
    throw errors[key]
  }

  @MessagePattern('stream')
  stream(@Payload() key: string): Observable<unknown> {
    return throwError(() => errors[key])
  }

  @MessagePattern('stream-after')
  streamAfter(@Payload() key: string): Observable<unknown> {
    return concat(
      of('one', 'two'),
      throwError(() => errors[key]),
    )
  }

  @MessagePattern('silent')
  silent() {
    return NEVER
  }

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

  @EventPattern('taken')
  taken(@Payload() key: string) {
    throw errors[key]
  }

  @EventPattern('taken-later')
  takenLater(@Payload() key: string): Observable<unknown> {
    return throwError(() => errors[key])
  }
}

const TYPE_BASE = 'https://bookshop.example/problems/'
const closers: (() => unknown)[] = []

/** Starts a microservice and returns a client of it. */
async function connect(
  options: FailureResponderOptions = {},
  logger: LoggerService | false = false,
): Promise<ClientProxy> {
  @Module({ controllers: [Stock], imports: [FailureModule.forRoot(options)] })
  class StockModule {}
  const service = await NestFactory.createMicroservice(StockModule, {
    transport: Transport.TCP,
    options: { port: 0, host: '127.0.0.1' },
    logger,
    abortOnError: false,
  })
  closers.push(() => service.close())
  await service.listen()
  return clientOf(serverOf(service))
}

/** Returns the listening server, which Nest 10 does not expose. */
function serverOf(service: INestMicroservice): TcpServer {
  return NEST < 11 ? Reflect.get(Reflect.get(service, 'server'), 'server') : service.unwrap<TcpServer>()
}

function clientOf(server: TcpServer): ClientProxy {
  const { port } = server.address() as AddressInfo
  const client = ClientProxyFactory.create({ transport: Transport.TCP, options: { port, host: '127.0.0.1' } })
  closers.unshift(() => client.close())
  return client
}

/** Starts a microservice that logs nothing and returns a client of it. */
function connectSilently(options: FailureResponderOptions = {}): Promise<ClientProxy> {
  return connect({ onFailure: () => undefined, ...options })
}

/** Returns the error that the calling service receives. */
async function errorOf(client: ClientProxy, pattern: string, data: unknown = ''): Promise<unknown> {
  return firstValueFrom(client.send(pattern, data).pipe(timeout(LONGEST_WAIT))).then(
    (value) => expect.fail(`Expected an error, received ${value}`),
    (error) => error,
  )
}

describe('FailureFilter for messages over TCP', () => {
  afterEach(async () => {
    await closeServers()
    for (const close of closers.splice(0)) await close()
    Logger.overrideLogger(false)
  })

  it('sends problem details for a failure', async () => {
    expect(await errorOf(await connectSilently(), 'fail', 'missing')).to.deep.equal({
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
      const client = await connectSilently({ typeBase: TYPE_BASE })
      const error = await errorOf(client, pattern, 'sold')
      expect(error).to.deep.equal({
        type: 'https://bookshop.example/problems/out-of-stock',
        title: 'Out of stock',
        status: 409,
        detail: 'No copy of 978-0131103627 is left.',
        isbn: '978-0131103627',
      })
      const failure = failureFromProblem(error, { classes: [OutOfStock], typeBase: TYPE_BASE })
      expect(failure).to.be.instanceOf(OutOfStock)
      expect(failure).to.include({ isbn: '978-0131103627', status: 409 })
    })
  }

  it('sends the failure of an Observable after its values', async () => {
    const values: unknown[] = []
    const client = await connectSilently()
    const error = await new Promise((resolve) => {
      client.send('stream-after', 'sold').subscribe({ next: (value) => values.push(value), error: resolve })
    })
    expect(values).to.deep.equal(['one', 'two'])
    expect(error).to.include({ status: 409, isbn: '978-0131103627' })
  })

  it('does not affect the result of a successful handler', async () => {
    const client = await connectSilently()
    expect(await firstValueFrom(client.send('copies', ''))).to.equal(3)
  })

  it('sends problem details for errors of guards and pipes', async () => {
    const client = await connectSilently()
    expect(await errorOf(client, 'guarded')).to.deep.equal({
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      detail: 'Forbidden resource',
    })
    expect(await errorOf(client, 'guarded-with-a-reason')).to.include({ status: 403, detail: 'Not with this key.' })
    expect(await errorOf(client, 'piped', 'x')).to.include({ status: 400 })
  })

  it('sends problem details for an HttpException and an RpcException', async () => {
    const client = await connectSilently()
    expect(await errorOf(client, 'fail', 'httpException')).to.deep.include({
      status: 400,
      errors: [{ detail: 'A title is required.' }, { detail: 'An author is required.' }],
    })
    expect(await errorOf(client, 'fail', 'rpc')).to.include({ status: 400, detail: 'The shelf is closed.' })
    expect(await errorOf(client, 'fail', 'rpcWithStatus')).to.deep.equal({
      type: 'about:blank',
      title: 'Gone',
      status: 410,
      detail: 'The shelf is gone.',
      shelf: 7,
    })
    expect(await errorOf(client, 'fail', 'rpcWithCode')).to.include({ status: 404, detail: 'There is no such shelf.' })
    expect(await errorOf(client, 'fail', 'rpcWithFailure')).to.include({ status: 409, isbn: '1' })
    expect(await errorOf(client, 'fail', 'rpcWithHttpException')).to.include({
      status: 400,
      detail: 'A title is required.',
    })
  })

  it('sends a bare 500 for unknown errors', async () => {
    const client = await connectSilently()
    for (const key of ['foreign', 'string', 'nothing', 'rpcWithError', 'rpcWithUndefined', 'rpcThatThrows']) {
      expect(await errorOf(client, 'fail', key), key).to.deep.equal(BARE_500)
    }
  })

  it('never sends internal messages or stack traces', async () => {
    const client = await connectSilently()
    for (const key of Object.keys(errors)) {
      for (const pattern of ['fail', 'stream']) {
        const error = JSON.stringify(await errorOf(client, pattern, key))
        expect(error).to.contain('"status":')
        expect(error).not.to.contain(SECRET)
        expect(error).not.to.match(/\.ts|node_modules/)
      }
    }
  })

  it('converts a bigint to a string and omits a circular reference', async () => {
    expect(await errorOf(await connectSilently(), 'fail', 'circular')).to.deep.equal({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      copies: '7',
      self: { copies: '7' },
    })
  })

  it('calls the hooks with a context that has no request', async () => {
    const calls: [Failure, FailureContext][] = []
    const client = await connect({
      translate: (error) => (error === errors['foreign'] ? new OutOfStock('7') : undefined),
      describe: () => ({ title: 'Vergriffen', language: 'de' }),
      extend: (_failure, { method, header }) => ({ method: method ?? 'none', trace: header('traceparent') ?? 'none' }),
      onFailure: (...call) => calls.push(call),
    })
    expect(await errorOf(client, 'fail', 'foreign')).to.include({
      title: 'Vergriffen',
      isbn: '7',
      method: 'none',
      trace: 'none',
    })
    expect(calls).to.have.length(1)
    const [failure, { error, path, raw }] = calls[0]!
    expect(failure).to.be.instanceOf(OutOfStock)
    expect([error, path, raw]).to.deep.equal([errors['foreign'], undefined, undefined])
  })

  it('calls translate before it converts an RpcException', async () => {
    const received: unknown[] = []
    const client = await connectSilently({
      translate: (error) => {
        received.push(error)
        return error instanceof RpcException ? new NotFound('Translated.') : undefined
      },
    })
    expect(await errorOf(client, 'fail', 'rpc')).to.include({ status: 404, detail: 'Translated.' })
    expect(await errorOf(client, 'fail', 'foreign')).to.include({ status: 500 })
    expect(received).to.deep.equal([errors['rpc'], errors['foreign']])
  })

  it('sends problem details when its hooks throw', async () => {
    const client = await connectSilently({
      translate: boom,
      describe: boom,
      extend: boom,
      onFailure: boom,
      onWarning: boom,
    })
    expect(await errorOf(client, 'fail', 'foreign')).to.deep.equal(BARE_500)
    expect(await errorOf(client, 'fail', 'sold')).to.include({ status: 409 })
  })

  it('logs the error of an event handler and continues to handle messages', async () => {
    const spy = new Spy()
    const client = await connect({}, spy)
    for (const pattern of ['taken', 'taken-later']) {
      spy.lines.length = 0
      await firstValueFrom(client.emit(pattern, 'foreign'), { defaultValue: undefined })
      expect(await firstValueFrom(client.send('copies', '')), 'the service still responds').to.equal(3)
      expect(spy.lines).to.have.length(1)
      const [summary, stack] = spy.lines[0] as string[]
      expect(summary).to.equal('500')
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
    const reported: unknown[] = []
    const filter = new FailureFilter({ onFailure: (failure) => reported.push(failure) })
    const result = filter.catch(errors['sold'], { getType: () => 'rpc' } as never) as Observable<never>
    for (const _ of [1, 2]) await firstValueFrom(result.pipe(toArray())).catch(() => undefined)
    expect(reported).to.deep.equal([errors['sold']])
  })
})

for (const platform of platforms) {
  describe(`A gateway on ${platform.name}`, () => {
    afterEach(async () => {
      await closeServers()
      for (const close of closers.splice(0)) await close()
    })

    @Controller('books')
    class Gateway {
      constructor(@Inject('STOCK') readonly stock: ClientProxy) {}

      @Get('observed/:key')
      observed(@Param('key') key: string) {
        return this.stock.send('fail', key).pipe(
          catchError((error: unknown) => {
            throw new BadGateway({ cause: failureFromProblem(error, { classes: [OutOfStock] }) })
          }),
        )
      }

      @Get('awaited/:key')
      async awaited(@Param('key') key: string) {
        try {
          return await firstValueFrom(this.stock.send('fail', key))
        } catch (error) {
          const cause = failureFromProblem(error, { classes: [OutOfStock] })
          if (cause instanceof OutOfStock) throw new NotFound(`No branch has ${cause.isbn}.`, { cause })
          throw new BadGateway({ cause })
        }
      }

      @Get('timed/:pattern')
      timed(@Param('pattern') pattern: string) {
        return this.stock.send(pattern, '').pipe(
          timeout(200),
          catchError((error: unknown) => {
            throw new GatewayTimeout({ cause: failureFromProblem(error) })
          }),
        )
      }

      @Get('rethrown/:key')
      rethrown(@Param('key') key: string) {
        return this.stock.send('fail', key)
      }
    }

    async function gateway() {
      const stock = await connectSilently()
      const reported: Failure[] = []
      const { get } = await platform.start({
        controllers: [Gateway],
        providers: [{ provide: 'STOCK', useValue: stock }],
        imports: [FailureModule.forRoot({ onFailure: (failure) => reported.push(failure) })],
      })
      return { get, reported }
    }

    it('sends 502 with the failure of its service as the cause', async () => {
      const { get, reported } = await gateway()
      const response = await get('/books/observed/sold')
      expect(response.json()).to.deep.equal({ type: 'about:blank', title: 'Bad Gateway', status: 502 })
      const [{ cause }] = reported as [Failure]
      expect(cause).to.be.instanceOf(OutOfStock)
      expect(cause).to.include({ isbn: '978-0131103627', status: 409, detail: 'No copy of 978-0131103627 is left.' })
    })

    it('chooses its response by the class and member of the restored failure', async () => {
      const { get } = await gateway()
      const response = await get('/books/awaited/sold')
      expect(response.json()).to.include({ status: 404, detail: 'No branch has 978-0131103627.' })
      expect((await get('/books/awaited/foreign')).status).to.equal(502)
    })

    it('sets an InternalServerError as the cause for a timeout or a missing handler', async () => {
      const { get, reported } = await gateway()
      expect((await get('/books/timed/silent')).status).to.equal(504)
      expect((await get('/books/timed/unknown')).status).to.equal(504)
      const causes = reported.map(({ cause }) => cause as Failure)
      for (const cause of causes) expect(cause).to.be.instanceOf(InternalServerError)
      expect(causes[0]?.cause).to.be.instanceOf(TimeoutError)
      expect(causes[1]?.cause).to.match(/no matching message handler/)
    })

    it('sends a bare 500 when it rethrows the error of its service', async () => {
      const { get } = await gateway()
      expect((await get('/books/rethrown/missing')).json()).to.deep.equal(BARE_500)
    })

    it('handles requests and messages as a hybrid application', async () => {
      let server: TcpServer | undefined
      const { get } = await platform.start({
        controllers: [Stock, Home],
        configure: async (app) => {
          app.useGlobalFilters(new FailureFilter({ onFailure: () => undefined }))
          const service = app.connectMicroservice(
            { transport: Transport.TCP, options: { port: 0, host: '127.0.0.1' } },
            { inheritAppConfig: true },
          )
          await app.startAllMicroservices()
          server = serverOf(service)
        },
      })
      const client = clientOf(server as TcpServer)
      expect(await errorOf(client, 'fail', 'sold')).to.include({ status: 409, isbn: '978-0131103627' })
      expect((await get('/home')).json()).to.include({ status: 404, detail: 'The home page is missing.' })
    })
  })
}

@Controller('home')
class Home {
  @Get()
  show() {
    throw new NotFound('The home page is missing.')
  }
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
