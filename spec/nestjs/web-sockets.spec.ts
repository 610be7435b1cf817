import { once } from 'node:events'
import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  type ExceptionFilter,
  type INestApplication,
  Injectable,
  Module,
  Scope,
  UseFilters,
  UseGuards,
  type WebSocketAdapter,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { IoAdapter } from '@nestjs/platform-socket.io'
import { WsAdapter } from '@nestjs/platform-ws'
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway, WsException } from '@nestjs/websockets'
import { expect } from 'chai'
import { concat, type Observable, of, throwError } from 'rxjs'
import { io, type Socket } from 'socket.io-client'
import { WebSocket } from 'ws'
import {
  Conflict,
  Extension,
  type Failure,
  type FailureContext,
  type FailureResponderOptions,
  failureFromProblem,
  NotFound,
  type ProblemType,
} from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { NEST, since } from './nest-version.js'
import { closeServers, platforms, type Server } from './platforms.js'
import { LONGEST_WAIT } from './request.js'
import { circular, Refusing, SECRET, Throwing } from './transport-fixtures.js'

// Real gateways with their usual clients: socket.io-client and ws.

class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = {
    type: 'https://bookshop.example/problems/out-of-stock',
    title: 'Out of stock',
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
  unexposed: new Conflict(SECRET, { expose: false, extensions: { by: SECRET } }),
  circular: new NotFound({ extensions: { circular } }),
  httpException: new BadRequestException('A title, please.'),
  unexpected: new Error(SECRET, { cause: new Error(SECRET) }),
  string: SECRET,
  ws: new WsException('The shelf is closed.'),
  wsWithStatus: new WsException({ status: 410, message: 'The shelf is gone.' }),
  wsServerError: new WsException({ status: 500, message: SECRET }),
}

const SOLD = {
  type: 'https://bookshop.example/problems/out-of-stock',
  title: 'Out of stock',
  status: 409,
  detail: 'No copy of 978-0131103627 is left.',
  isbn: '978-0131103627',
}

const BARE_500 = { type: 'about:blank', title: 'Internal Server Error', status: 500 }

class Handlers {
  @SubscribeMessage('copies')
  copies() {
    return { event: 'copies', data: 3 }
  }

  @SubscribeMessage('fail')
  fail(@MessageBody() key: string) {
    throw errors[key]
  }

  @SubscribeMessage('fail-later')
  async failLater(@MessageBody() key: string) {
    await Promise.resolve()
    throw errors[key]
  }

  @SubscribeMessage('stream')
  stream(@MessageBody() key: string): Observable<unknown> {
    return throwError(() => errors[key])
  }

  @SubscribeMessage('stream-after')
  streamAfter(@MessageBody() key: string): Observable<unknown> {
    return concat(
      of({ event: 'copies', data: 1 }, { event: 'copies', data: 2 }),
      throwError(() => errors[key]),
    )
  }

  @SubscribeMessage('guarded')
  @UseGuards(Refusing)
  guarded() {}

  @SubscribeMessage('guarded-with-a-reason')
  @UseGuards(Throwing)
  guardedWithAReason() {}

  @SubscribeMessage('closed-meanwhile')
  async closedMeanwhile(@ConnectedSocket() client: Closable) {
    if ('disconnect' in client) client.disconnect(true)
    else client.terminate()
    throw errors['sold']
  }

  @SubscribeMessage('acknowledged-before')
  acknowledgedBefore(_client: unknown, _data: unknown, acknowledge: (value: unknown) => void) {
    acknowledge('taken')
    throw errors['sold']
  }
}

/** A filter of the application that catches one class of failures. */
@Catch(NotFound)
class CustomFilter implements ExceptionFilter {
  constructor(readonly name: string) {}

  catch(_failure: NotFound, host: ArgumentsHost) {
    const client = host.switchToWs().getClient()
    if ('readyState' in client) client.send(JSON.stringify({ event: 'custom', data: this.name }))
    else client.emit('custom', this.name)
  }
}

type Closable = { disconnect(close: boolean): void } | { terminate(): void }

@WebSocketGateway()
class Gateway extends Handlers {}

/** A gateway for applications without FailureModule: Nest applies no global filters to gateways. */
@UseFilters(FailureFilter)
@WebSocketGateway()
class Filtered extends Handlers {}

@Injectable({ scope: Scope.TRANSIENT })
class Uncreatable {
  constructor() {
    throw new Error(SECRET)
  }
}

/** The common interface of both clients. */
interface Client {
  send(event: string, data?: unknown): void
  /** Resolves with the data of the next event of this name. */
  next(event: string): Promise<unknown>
  /** The names of all events received so far. */
  readonly events: string[]
  close(): void
  readonly closed: Promise<unknown>
}

interface Library {
  readonly name: string
  adapter(app: INestApplication): WebSocketAdapter
  connect(origin: string): Promise<Client>
  /** The path of the handshake, if the socket contains its request. */
  readonly path: string | undefined
}

const libraries: readonly Library[] = [
  { name: 'socket.io', adapter: (app) => new IoAdapter(app), connect: connectSocketIo, path: '/socket.io/' },
  { name: 'ws', adapter: (app) => new WsAdapter(app), connect: connectWs, path: undefined },
]

const closers: (() => unknown)[] = []

async function socketIo(origin: string): Promise<Socket> {
  const socket = io(origin, { transports: ['websocket'], reconnection: false, forceNew: true })
  closers.push(() => socket.close())
  await new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(undefined))
    socket.on('connect_error', reject)
  })
  return socket
}

async function connectSocketIo(origin: string): Promise<Client> {
  const socket = await socketIo(origin)
  const events: string[] = []
  socket.onAny((event) => events.push(event))
  return {
    events,
    send: (event, data) => socket.emit(event, data),
    next: (event) => within(new Promise((resolve) => socket.once(event, resolve))),
    close: () => socket.close(),
    closed: new Promise((resolve) => socket.once('disconnect', resolve)),
  }
}

async function connectWs(origin: string): Promise<Client> {
  const socket = new WebSocket(origin.replace('http', 'ws'))
  closers.push(() => socket.terminate())
  await once(socket, 'open')
  const events: string[] = []
  const listeners = new Map<string, (data: unknown) => void>()
  socket.on('message', (frame) => {
    const { event, data, ...others } = JSON.parse(String(frame))
    expect(others).to.deep.equal({})
    events.push(event)
    listeners.get(event)?.(data)
  })
  return {
    events,
    send: (event, data) => socket.send(JSON.stringify({ event, data })),
    next: (event) => within(new Promise((resolve) => listeners.set(event, resolve))),
    close: () => socket.close(),
    closed: once(socket, 'close'),
  }
}

/** Rejects when the promise does not settle in time. */
async function within<Value>(promise: Promise<Value>, milliseconds = LONGEST_WAIT): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Timed out after ${milliseconds} ms`)), milliseconds)
  })
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer))
}

async function closeAll(): Promise<void> {
  for (const close of closers.splice(0)) close()
  await closeServers()
}

for (const { name, adapter, connect, path } of libraries) {
  describe(`FailureFilter for WebSockets with ${name}`, () => {
    afterEach(closeAll)

    function serve(options: FailureResponderOptions = {}, providers: readonly Function[] = [Gateway]): Promise<Server> {
      return platforms[0]!.start({
        imports: [FailureModule.forRoot({ onFailure: () => undefined, ...options })],
        providers: providers as never,
        configure: (app) => app.useWebSocketAdapter(adapter(app)),
      })
    }

    /** Starts an application, sends it one message and returns the data of the exception event. */
    async function exceptionFor(event: string, data?: unknown, options?: FailureResponderOptions): Promise<unknown> {
      const { origin } = await serve(options)
      const client = await connect(origin)
      const exception = client.next('exception')
      client.send(event, data)
      return exception
    }

    it('sends the problem details of a failure', async () => {
      expect(await exceptionFor('fail', 'missing')).to.deep.equal({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: 'There is no such book.',
        instance: '/books/7',
        shelf: 7,
      })
    })

    for (const event of ['fail', 'fail-later', 'stream']) {
      it(`sends a domain failure that the client restores as an instance of its class (${event})`, async () => {
        const exception = await exceptionFor(event, 'sold')
        expect(exception).to.deep.equal(SOLD)
        const failure = failureFromProblem(exception, { classes: [OutOfStock] })
        expect(failure).to.be.instanceOf(OutOfStock)
        expect(failure).to.include({ isbn: '978-0131103627' })
      })
    }

    it('sends problem details when an Observable fails after emitting values', async () => {
      const { origin } = await serve()
      const client = await connect(origin)
      const exception = client.next('exception')
      client.send('stream-after', 'sold')
      expect(await exception).to.deep.equal(SOLD)
      expect(client.events).to.have.members(['copies', 'copies', 'exception'])
    })

    it('sends 403 when a guard returns false or throws Forbidden', async () => {
      expect(await exceptionFor('guarded')).to.deep.equal({
        type: 'about:blank',
        title: 'Forbidden',
        status: 403,
        detail: 'Forbidden resource',
      })
      expect(await exceptionFor('guarded-with-a-reason')).to.include({ status: 403, detail: 'Not with this key.' })
    })

    it('sends the status and message of an HttpException or a WsException', async () => {
      expect(await exceptionFor('fail', 'httpException')).to.include({ status: 400, detail: 'A title, please.' })
      expect(await exceptionFor('fail', 'ws')).to.include({ status: 400, detail: 'The shelf is closed.' })
      expect(await exceptionFor('fail', 'wsWithStatus')).to.include({ status: 410, detail: 'The shelf is gone.' })
    })

    it('sends a bare 500 for unexpected errors, and for a WsException with status 500', async () => {
      for (const key of ['unexpected', 'string', 'wsServerError']) {
        expect(await exceptionFor('fail', key)).to.deep.equal(BARE_500)
      }
    })

    since(12)('sends a bare 500 when a request-scoped gateway cannot be created', async () => {
      @UseFilters(FailureFilter)
      @WebSocketGateway()
      class Scoped {
        constructor(readonly uncreatable: Uncreatable) {}

        @SubscribeMessage('fail')
        fail() {}

        // Nest also creates a gateway for these events. Without the methods, its error would be an unhandled rejection.
        handleConnection() {}
        handleDisconnect() {}
      }
      Injectable({ scope: Scope.REQUEST })(Scoped)
      Reflect.defineMetadata('design:paramtypes', [Uncreatable], Scoped)
      const { origin } = await serve({}, [Scoped, Uncreatable])
      const client = await connect(origin)
      const exception = client.next('exception')
      client.send('fail')
      expect(await exception).to.deep.equal(BARE_500)
    })

    it('sends problem details without secrets or stack traces for every error', async () => {
      const { origin } = await serve()
      const client = await connect(origin)
      for (const key of Object.keys(errors)) {
        const exception = client.next('exception')
        client.send('fail', key)
        const json = JSON.stringify(await exception)
        expect(json).to.contain('"status":')
        expect(json).not.to.contain(SECRET)
        expect(json).not.to.match(/\.ts|node_modules/)
      }
    })

    it('sends the exception only to the client that sent the message', async () => {
      const { origin } = await serve()
      const [caller, other] = [await connect(origin), await connect(origin)]
      const exception = caller.next('exception')
      caller.send('fail', 'sold')
      await exception
      const copies = other.next('copies')
      other.send('copies')
      expect(await copies).to.equal(3)
      expect(other.events).to.deep.equal(['copies'])
    })

    it('keeps handling messages of the same client after an error', async () => {
      const { origin } = await serve()
      const client = await connect(origin)
      for (const key of ['unexpected', 'sold', 'unexpected']) {
        const exception = client.next('exception')
        client.send('fail', key)
        expect(await exception).to.include({ status: key === 'sold' ? 409 : 500 })
        const copies = client.next('copies')
        client.send('copies')
        expect(await copies).to.equal(3)
      }
    })

    it('calls onFailure and sends nothing when the socket was closed meanwhile', async () => {
      const failures: Failure[] = []
      const { origin } = await serve({ onFailure: (failure) => failures.push(failure) })
      const client = await connect(origin)
      client.send('closed-meanwhile')
      await within(client.closed)
      expect(await exceptionFrom(origin)).to.deep.equal(SOLD)
      expect(client.events).to.deep.equal([])
      expect(failures).to.have.length(2)
    })

    /** Connects a client, sends a message that fails and returns the data of the exception event. */
    async function exceptionFrom(origin: string): Promise<unknown> {
      const client = await connect(origin)
      const exception = client.next('exception')
      client.send('fail', 'sold')
      return exception
    }

    it('calls the hooks, with the request of the handshake if the socket contains it', async () => {
      const calls: [Failure, FailureContext][] = []
      const exception = await exceptionFor('fail', 'unexpected', {
        translate: (error) => (error === errors['unexpected'] ? new OutOfStock('7') : undefined),
        describe: () => ({ title: 'Vergriffen', language: 'de' }),
        extend: (_failure, { header }) => ({ upgrade: header('upgrade') ?? 'unknown' }),
        onFailure: (...call) => calls.push(call),
      })
      expect(exception).to.include({
        title: 'Vergriffen',
        isbn: '7',
        upgrade: path === undefined ? 'unknown' : 'websocket',
      })
      expect(calls).to.have.length(1)
      const [failure, context] = calls[0]!
      expect(failure).to.be.instanceOf(OutOfStock)
      expect([context.error, context.path]).to.deep.equal([errors['unexpected'], path])
    })

    it('prefers the options of the filter of a gateway to those of FailureModule', async () => {
      @UseFilters(new FailureFilter({ onFailure: () => undefined, extend: () => ({ source: 'gateway' }) }))
      @WebSocketGateway()
      class Custom extends Handlers {}

      const options = { extend: () => ({ source: 'application' }) }
      expect(await exceptionFrom((await serve(options, [Custom])).origin)).to.include({ source: 'gateway' })
      expect(await exceptionFrom((await serve(options)).origin)).to.include({ source: 'application' })
    })

    it('uses the global filter or the defaults for a gateway with @UseFilters(FailureFilter)', async () => {
      const plain = await platforms[0]!.start({
        providers: [Filtered],
        configure: (app) => app.useWebSocketAdapter(adapter(app)),
      })
      expect(await exceptionFrom(plain.origin)).to.deep.equal(SOLD)
      const { origin } = await platforms[0]!.start({
        providers: [Filtered],
        configure: (app) => {
          app.useWebSocketAdapter(adapter(app))
          app.useGlobalFilters(
            new FailureFilter({ onFailure: () => undefined, extend: () => ({ source: 'global filter' }) }),
          )
        },
      })
      expect(await exceptionFrom(origin)).to.include({ source: 'global filter' })
    })

    it('uses the options of each application when several have the same gateway', async () => {
      const shop = await serve({ extend: () => ({ source: 'shop' }) })
      const library = await serve({ extend: () => ({ source: 'library' }) })
      const plain = await platforms[0]!.start({
        providers: [Gateway],
        configure: (app) => app.useWebSocketAdapter(adapter(app)),
      })
      expect(await exceptionFrom(shop.origin)).to.include({ source: 'shop' })
      expect(await exceptionFrom(library.origin)).to.include({ source: 'library' })
      // Before version 12, Nest sends nothing to a ws client.
      if (name === 'ws' && NEST < 12) return
      expect(await exceptionFrom(plain.origin)).to.include({ message: 'Internal server error' })
    })

    it('uses the options of each application when two start at once and a third never starts', async () => {
      const extendedBy = (source: string) => ({ extend: () => ({ source }) })
      const Abandoned = moduleOf([Gateway], extendedBy('abandoned'))
      await NestFactory.create(Abandoned, new ExpressAdapter(), { logger: false })
      const [shop, library] = await Promise.all([serve(extendedBy('shop')), serve(extendedBy('library'))])
      expect(await exceptionFrom(shop.origin)).to.include({ source: 'shop' })
      expect(await exceptionFrom(library.origin)).to.include({ source: 'library' })
    })

    function moduleOf(providers: readonly Function[], options: FailureResponderOptions) {
      @Module({ imports: [FailureModule.forRoot(options)], providers: providers as never })
      class Root {}
      return Root
    }

    it('is used after the filters of the methods and of the gateway', async () => {
      @UseFilters(new CustomFilter('gateway'))
      @WebSocketGateway()
      class Custom extends Handlers {
        @SubscribeMessage('custom')
        @UseFilters(new CustomFilter('method'))
        custom() {
          throw errors['missing']
        }
      }
      const { origin } = await serve({}, [Custom])
      const client = await connect(origin)
      for (const [event, filter] of Object.entries({ custom: 'method', fail: 'gateway' })) {
        const received = client.next('custom')
        client.send(event, 'missing')
        expect(await received).to.equal(filter)
      }
      expect(await exceptionFrom(origin)).to.deep.equal(SOLD)
    })

    it('sends a bare 500 when all hooks throw', async () => {
      const options = { translate: boom, describe: boom, extend: boom, onFailure: boom, onWarning: boom }
      expect(await exceptionFor('fail', 'unexpected', options)).to.deep.equal(BARE_500)
    })
  })
}

describe('FailureFilter for a socket.io message with an acknowledgement callback', () => {
  afterEach(closeAll)

  async function connectedSocket(): Promise<Socket> {
    const { origin } = await platforms[0]!.start({
      imports: [FailureModule.forRoot({ onFailure: () => undefined })],
      providers: [Gateway],
      configure: (app) => app.useWebSocketAdapter(new IoAdapter(app)),
    })
    return socketIo(origin)
  }

  for (const event of ['fail', 'fail-later', 'stream']) {
    it(`sends the problem details as acknowledgement and as exception event (${event})`, async () => {
      const socket = await connectedSocket()
      const exception = within(new Promise((resolve) => socket.once('exception', resolve)))
      expect(await socket.timeout(LONGEST_WAIT).emitWithAck(event, 'sold')).to.deep.equal(SOLD)
      expect(await exception).to.deep.equal(SOLD)
    })
  }

  it('acknowledges with 403 when a guard returns false', async () => {
    const socket = await connectedSocket()
    expect(await socket.timeout(LONGEST_WAIT).emitWithAck('guarded')).to.include({ status: 403 })
  })

  since(11)('sends only the exception event when the handler has already acknowledged', async () => {
    const socket = await connectedSocket()
    const exception = within(new Promise((resolve) => socket.once('exception', resolve)))
    expect(await socket.timeout(LONGEST_WAIT).emitWithAck('acknowledged-before')).to.equal('taken')
    expect(await exception).to.deep.equal(SOLD)
  })
})

describe('FailureFilter for WebSockets', () => {
  const filter = new FailureFilter({ onFailure: () => undefined })
  const hostOf = (...args: unknown[]) => ({ getType: () => 'ws', getArgs: () => args }) as never

  it('sends nothing on a socket that is not open', () => {
    for (const readyState of [0, 2, 3]) {
      const sent: unknown[] = []
      filter.catch(errors['sold'], hostOf({ readyState, send: (frame: string) => sent.push(frame) }))
      expect(sent).to.deep.equal([])
    }
  })

  it('does not throw for a client that throws, or a value that is not a client', () => {
    const clients = [{ readyState: 1, send: boom }, { emit: boom }, {}, undefined, null]
    for (const client of clients) expect(filter.catch(errors['sold'], hostOf(client, 'data'))).to.equal(undefined)
  })

  it('passes the path of a handshake request that the application stored with the socket', () => {
    const paths: unknown[] = []
    const observing = new FailureFilter({ onFailure: (_failure, { path }) => paths.push(path) })
    const request = { method: 'GET', url: '/shelves?key=secret', headers: {} }
    observing.catch(errors['sold'], hostOf({ readyState: 1, send: () => undefined, request }))
    expect(paths).to.deep.equal(['/shelves'])
  })
})

function boom(): never {
  throw new Error(SECRET)
}
