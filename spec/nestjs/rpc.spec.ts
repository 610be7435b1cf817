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
} from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { NEST } from './nest-version.js'
import { closeServers, platforms } from './platforms.js'
import { LONGEST_WAIT } from './request.js'
import { circular, Refusing, SECRET, Throwing } from './transport-fixtures.js'

// Two real applications of Nest that speak TCP: a service, and the client that calls it.

class OutOfStock extends Conflict {
  override get type() {
    return 'out-of-stock'
  }
  override get title() {
    return 'Out of stock'
  }
  @Extension() readonly isbn: string

  constructor(isbn: string) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}

const errors: Record<string, unknown> = {
  missing: new NotFound('There is no such book.', { instance: '/books/7', extensions: { shelf: 7 } }),
  sold: new OutOfStock('978-0131103627'),
  keptBack: new Conflict(SECRET, { expose: false, extensions: { by: SECRET } }),
  circular: new NotFound({ extensions: circular }),
  httpException: new BadRequestException(['A title, please.', 'An author, please.']),
  foreign: new Error(SECRET, { cause: new Error(SECRET) }),
  text: SECRET,
  nothing: undefined,
  rpc: new RpcException('The shelf is closed.'),
  rpcWithStatus: new RpcException({ status: 410, message: 'The shelf is gone.', shelf: 7 }),
  rpcWithCode: new RpcException({ code: 'NOT_FOUND', message: 'There is no such shelf.' }),
  rpcOfServer: new RpcException({ statusCode: 503, message: SECRET }),
  rpcOfFailure: new RpcException(new OutOfStock('1')),
  rpcOfError: new RpcException(new Error(SECRET)),
  rpcOfException: new RpcException(new BadRequestException('A title, please.')),
  rpcOfNothing: new RpcException(undefined as never),
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
  fail(@Payload() how: string) {
    throw errors[how]
  }

  @MessagePattern('fail-later')
  async failLater(@Payload() how: string) {
    await Promise.resolve()
    throw errors[how]
  }

  @MessagePattern('stream')
  stream(@Payload() how: string): Observable<unknown> {
    return throwError(() => errors[how])
  }

  @MessagePattern('stream-after')
  streamAfter(@Payload() how: string): Observable<unknown> {
    return concat(
      of('one', 'two'),
      throwError(() => errors[how]),
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
  taken(@Payload() how: string) {
    throw errors[how]
  }

  @EventPattern('taken-later')
  takenLater(@Payload() how: string): Observable<unknown> {
    return throwError(() => errors[how])
  }
}

const TYPE_BASE = 'https://bookshop.example/problems/'
const closers: (() => unknown)[] = []

/** A microservice of its own, and a client of it. */
async function serve(
  policy: FailureResponderOptions = {},
  logger: LoggerService | false = false,
): Promise<ClientProxy> {
  @Module({ controllers: [Stock], imports: [FailureModule.forRoot(policy)] })
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

/** What listens; Nest 10 does not hand it out. */
function serverOf(service: INestMicroservice): TcpServer {
  return NEST < 11 ? Reflect.get(Reflect.get(service, 'server'), 'server') : service.unwrap<TcpServer>()
}

function clientOf(server: TcpServer): ClientProxy {
  const { port } = server.address() as AddressInfo
  const client = ClientProxyFactory.create({ transport: Transport.TCP, options: { port, host: '127.0.0.1' } })
  closers.unshift(() => client.close())
  return client
}

/** A client whose service is silent about its failures. */
function silently(policy: FailureResponderOptions = {}): Promise<ClientProxy> {
  return serve({ onFailure: () => undefined, ...policy })
}

/** What the calling service gets for an error. */
async function errorOf(client: ClientProxy, pattern: string, data: unknown = ''): Promise<unknown> {
  return firstValueFrom(client.send(pattern, data).pipe(timeout(LONGEST_WAIT))).then(
    (value) => expect.fail(`It should have been an error, not ${value}`),
    (error) => error,
  )
}

describe('FailureFilter for messages over TCP', () => {
  afterEach(async () => {
    await closeServers()
    for (const close of closers.splice(0)) await close()
    Logger.overrideLogger(false)
  })

  it('answers a failure with its problem document', async () => {
    expect(await errorOf(await silently(), 'fail', 'missing')).to.deep.equal({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is no such book.',
      instance: '/books/7',
      shelf: 7,
    })
  })

  for (const pattern of ['fail', 'fail-later', 'stream']) {
    it(`answers a failure of a domain, of which the caller restores its class (${pattern})`, async () => {
      const client = await silently({ typeBase: TYPE_BASE })
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

  it('answers when an Observable fails after it has given values', async () => {
    const values: unknown[] = []
    const client = await silently()
    const error = await new Promise((resolve) => {
      client.send('stream-after', 'sold').subscribe({ next: (value) => values.push(value), error: resolve })
    })
    expect(values).to.deep.equal(['one', 'two'])
    expect(error).to.include({ status: 409, isbn: '978-0131103627' })
  })

  it('leaves successes alone', async () => {
    const client = await silently()
    expect(await firstValueFrom(client.send('copies', ''))).to.equal(3)
  })

  it('answers for guards and pipes', async () => {
    const client = await silently()
    expect(await errorOf(client, 'guarded')).to.deep.equal({
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      detail: 'Forbidden resource',
    })
    expect(await errorOf(client, 'guarded-with-a-reason')).to.include({ status: 403, detail: 'Not with this key.' })
    expect(await errorOf(client, 'piped', 'x')).to.include({ status: 400 })
  })

  it('answers the exceptions of Nest', async () => {
    const client = await silently()
    expect(await errorOf(client, 'fail', 'httpException')).to.deep.include({
      status: 400,
      errors: [{ detail: 'A title, please.' }, { detail: 'An author, please.' }],
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
    expect(await errorOf(client, 'fail', 'rpcOfFailure')).to.include({ status: 409, isbn: '1' })
    expect(await errorOf(client, 'fail', 'rpcOfException')).to.include({ status: 400, detail: 'A title, please.' })
  })

  it('makes a bare 500 of what nobody knows', async () => {
    const client = await silently()
    for (const how of ['foreign', 'text', 'nothing', 'rpcOfError', 'rpcOfNothing', 'rpcThatThrows']) {
      expect(await errorOf(client, 'fail', how), how).to.deep.equal(BARE_500)
    }
  })

  it('tells nothing that is not for the caller', async () => {
    const client = await silently()
    for (const how of Object.keys(errors)) {
      for (const pattern of ['fail', 'stream']) {
        const error = JSON.stringify(await errorOf(client, pattern, how))
        expect(error).to.contain('"status":')
        expect(error).not.to.contain(SECRET)
        expect(error).not.to.match(/\.ts|node_modules/)
      }
    }
  })

  it('leaves what JSON has no place for out of the document', async () => {
    expect(await errorOf(await silently(), 'fail', 'circular')).to.deep.equal({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      copies: '7',
      self: { copies: '7' },
    })
  })

  it('follows the hooks, for which there is no request', async () => {
    const told: [Failure, FailureContext][] = []
    const client = await serve({
      translate: (error) => (error === errors['foreign'] ? new OutOfStock('7') : undefined),
      describe: () => ({ title: 'Vergriffen', language: 'de' }),
      extend: (_failure, { method, header }) => ({ method: method ?? 'none', trace: header('traceparent') ?? 'none' }),
      onFailure: (...call) => told.push(call),
    })
    expect(await errorOf(client, 'fail', 'foreign')).to.include({
      title: 'Vergriffen',
      isbn: '7',
      method: 'none',
      trace: 'none',
    })
    expect(told).to.have.length(1)
    const [failure, { error, path, raw }] = told[0]!
    expect(failure).to.be.instanceOf(OutOfStock)
    expect([error, path, raw]).to.deep.equal([errors['foreign'], undefined, undefined])
  })

  it('lets the application translate the exceptions of messages itself', async () => {
    const asked: unknown[] = []
    const client = await silently({
      translate: (error) => {
        asked.push(error)
        return error instanceof RpcException ? new NotFound('Translated.') : undefined
      },
    })
    expect(await errorOf(client, 'fail', 'rpc')).to.include({ status: 404, detail: 'Translated.' })
    expect(await errorOf(client, 'fail', 'foreign')).to.include({ status: 500 })
    expect(asked).to.deep.equal([errors['rpc'], errors['foreign']])
  })

  it('is not kept from an answer by hooks that fail', async () => {
    const client = await silently({ translate: boom, describe: boom, extend: boom, onFailure: boom, onWarning: boom })
    expect(await errorOf(client, 'fail', 'foreign')).to.deep.equal(BARE_500)
    expect(await errorOf(client, 'fail', 'sold')).to.include({ status: 409 })
  })

  it('logs what the caller does not get to see, and goes on, when the handler of an event fails', async () => {
    const spy = new Spy()
    const client = await serve({}, spy)
    for (const pattern of ['taken', 'taken-later']) {
      spy.lines.length = 0
      await firstValueFrom(client.emit(pattern, 'foreign'), { defaultValue: undefined })
      expect(await firstValueFrom(client.send('copies', '')), 'the service answers still').to.equal(3)
      expect(spy.lines).to.have.length(1)
      const [summary, stack] = spy.lines[0] as string[]
      expect(summary).to.equal('500')
      expect(stack).to.contain(SECRET)
    }
  })

  it("lets Kafka's consumer have the exception by which it asks for a message again", async () => {
    const error = new KafkaRetriableException('Once more.')
    const host = { getType: () => 'rpc' }
    const answer = new FailureFilter({ onFailure: boom }).catch(error, host as never) as Observable<never>
    const thrown = await firstValueFrom(answer).catch((thrown) => thrown)
    expect(thrown).to.equal(error)
  })

  it('tells onFailure once, however many subscribe to the answer', async () => {
    const told: unknown[] = []
    const filter = new FailureFilter({ onFailure: (failure) => told.push(failure) })
    const answer = filter.catch(errors['sold'], { getType: () => 'rpc' } as never) as Observable<never>
    for (const _ of [1, 2]) await firstValueFrom(answer.pipe(toArray())).catch(() => undefined)
    expect(told).to.deep.equal([errors['sold']])
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

      @Get('observed/:how')
      observed(@Param('how') how: string) {
        return this.stock.send('fail', how).pipe(
          catchError((error: unknown) => {
            throw new BadGateway({ cause: failureFromProblem(error, { classes: [OutOfStock] }) })
          }),
        )
      }

      @Get('awaited/:how')
      async awaited(@Param('how') how: string) {
        try {
          return await firstValueFrom(this.stock.send('fail', how))
        } catch (error) {
          const cause = failureFromProblem(error, { classes: [OutOfStock] })
          if (cause instanceof OutOfStock) throw new NotFound(`Nobody has ${cause.isbn}.`, { cause })
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

      @Get('rethrown/:how')
      rethrown(@Param('how') how: string) {
        return this.stock.send('fail', how)
      }
    }

    async function gateway() {
      const stock = await silently()
      const told: Failure[] = []
      const { get } = await platform.start({
        controllers: [Gateway],
        providers: [{ provide: 'STOCK', useValue: stock }],
        imports: [FailureModule.forRoot({ onFailure: (failure) => told.push(failure) })],
      })
      return { get, told }
    }

    it('answers 502 when its service has failed, and has the failure of that as the cause', async () => {
      const { get, told } = await gateway()
      const answer = await get('/books/observed/sold')
      expect(answer.json()).to.deep.equal({ type: 'about:blank', title: 'Bad Gateway', status: 502 })
      const [{ cause }] = told as [Failure]
      expect(cause).to.be.instanceOf(OutOfStock)
      expect(cause).to.include({ isbn: '978-0131103627', status: 409, detail: 'No copy of 978-0131103627 is left.' })
    })

    it('decides by the class of that failure, and by its public field', async () => {
      const { get } = await gateway()
      const answer = await get('/books/awaited/sold')
      expect(answer.json()).to.include({ status: 404, detail: 'Nobody has 978-0131103627.' })
      expect((await get('/books/awaited/foreign')).status).to.equal(502)
    })

    it('has a cause for what is no answer of the filter', async () => {
      const { get, told } = await gateway()
      expect((await get('/books/timed/silent')).status).to.equal(504)
      expect((await get('/books/timed/unheard-of')).status).to.equal(504)
      const causes = told.map(({ cause }) => cause as Failure)
      for (const cause of causes) expect(cause).to.be.instanceOf(InternalServerError)
      expect(causes[0]?.cause).to.be.instanceOf(TimeoutError)
      expect(causes[1]?.cause).to.match(/no matching message handler/)
    })

    it('answers a bare 500 when it throws on what its service said', async () => {
      const { get } = await gateway()
      expect((await get('/books/rethrown/missing')).json()).to.deep.equal(BARE_500)
    })

    it('answers messages as well, as a hybrid application', async () => {
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
      expect((await get('/home')).json()).to.include({ status: 404, detail: 'Nobody is at home.' })
    })
  })
}

@Controller('home')
class Home {
  @Get()
  show() {
    throw new NotFound('Nobody is at home.')
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
