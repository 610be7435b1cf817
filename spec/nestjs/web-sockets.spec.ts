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
} from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { NEST, since } from './nest-version.js'
import { closeServers, platforms, type Server } from './platforms.js'
import { LONGEST_WAIT } from './request.js'
import { circular, Refusing, SECRET, Throwing } from './transport-fixtures.js'

// Real gateways, and the clients that people use.

class OutOfStock extends Conflict {
  override get type() {
    return 'https://bookshop.example/problems/out-of-stock'
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
  circular: new NotFound({ extensions: { circular } }),
  httpException: new BadRequestException('A title, please.'),
  foreign: new Error(SECRET, { cause: new Error(SECRET) }),
  text: SECRET,
  ws: new WsException('The shelf is closed.'),
  wsWithStatus: new WsException({ status: 410, message: 'The shelf is gone.' }),
  wsOfServer: new WsException({ status: 500, message: SECRET }),
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
  fail(@MessageBody() how: string) {
    throw errors[how]
  }

  @SubscribeMessage('fail-later')
  async failLater(@MessageBody() how: string) {
    await Promise.resolve()
    throw errors[how]
  }

  @SubscribeMessage('stream')
  stream(@MessageBody() how: string): Observable<unknown> {
    return throwError(() => errors[how])
  }

  @SubscribeMessage('stream-after')
  streamAfter(@MessageBody() how: string): Observable<unknown> {
    return concat(
      of({ event: 'copies', data: 1 }, { event: 'copies', data: 2 }),
      throwError(() => errors[how]),
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

/** A filter of the application, for a part of the failures. */
@Catch(NotFound)
class OwnFilter implements ExceptionFilter {
  constructor(readonly name: string) {}

  catch(_failure: NotFound, host: ArgumentsHost) {
    const client = host.switchToWs().getClient()
    if ('readyState' in client) client.send(JSON.stringify({ event: 'own', data: this.name }))
    else client.emit('own', this.name)
  }
}

type Closable = { disconnect(close: boolean): void } | { terminate(): void }

@WebSocketGateway()
class Gateway extends Handlers {}

/** One of an application without the module: Nest asks no global filter about it. */
@UseFilters(FailureFilter)
@WebSocketGateway()
class Filtered extends Handlers {}

@Injectable({ scope: Scope.TRANSIENT })
class Uncreatable {
  constructor() {
    throw new Error(SECRET)
  }
}

/** A client of either kind, as far as the same things are expected of both. */
interface Client {
  send(event: string, data?: unknown): void
  /** Waits for what the server sends as an event. */
  received(event: string): Promise<unknown>
  /** All events that have come, by name. */
  readonly events: string[]
  close(): void
  readonly closed: Promise<unknown>
}

interface Kind {
  readonly name: string
  adapter(app: INestApplication): WebSocketAdapter
  connect(origin: string): Promise<Client>
  /** The path of the handshake, where it can be known. */
  readonly path: string | undefined
}

const kinds: readonly Kind[] = [
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
    received: (event) => within(new Promise((resolve) => socket.once(event, resolve))),
    close: () => socket.close(),
    closed: new Promise((resolve) => socket.once('disconnect', resolve)),
  }
}

async function connectWs(origin: string): Promise<Client> {
  const socket = new WebSocket(origin.replace('http', 'ws'))
  closers.push(() => socket.terminate())
  await once(socket, 'open')
  const events: string[] = []
  const waiting = new Map<string, (data: unknown) => void>()
  socket.on('message', (text) => {
    const { event, data, ...others } = JSON.parse(String(text))
    expect(others).to.deep.equal({})
    events.push(event)
    waiting.get(event)?.(data)
  })
  return {
    events,
    send: (event, data) => socket.send(JSON.stringify({ event, data })),
    received: (event) => within(new Promise((resolve) => waiting.set(event, resolve))),
    close: () => socket.close(),
    closed: once(socket, 'close'),
  }
}

/** Nothing may hang. */
async function within<Value>(promise: Promise<Value>, milliseconds = LONGEST_WAIT): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It did not come in time')), milliseconds)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

async function closeAll(): Promise<void> {
  for (const close of closers.splice(0)) close()
  await closeServers()
}

for (const { name, adapter, connect, path } of kinds) {
  describe(`FailureFilter for WebSockets, with ${name}`, () => {
    afterEach(closeAll)

    function serve(policy: FailureResponderOptions = {}, providers: readonly Function[] = [Gateway]): Promise<Server> {
      return platforms[0]!.start({
        imports: [FailureModule.forRoot({ onFailure: () => undefined, ...policy })],
        providers: providers as never,
        configure: (app) => app.useWebSocketAdapter(adapter(app)),
      })
    }

    /** What a client gets for a message of its own. */
    async function exceptionFor(event: string, data?: unknown, policy?: FailureResponderOptions): Promise<unknown> {
      const { origin } = await serve(policy)
      const client = await connect(origin)
      const exception = client.received('exception')
      client.send(event, data)
      return exception
    }

    it('sends the problem document of a failure', async () => {
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
      it(`sends that of a failure of a domain, of which the client restores its class (${event})`, async () => {
        const exception = await exceptionFor(event, 'sold')
        expect(exception).to.deep.equal(SOLD)
        const failure = failureFromProblem(exception, { classes: [OutOfStock] })
        expect(failure).to.be.instanceOf(OutOfStock)
        expect(failure).to.include({ isbn: '978-0131103627' })
      })
    }

    it('sends it when an Observable fails after it has given values', async () => {
      const { origin } = await serve()
      const client = await connect(origin)
      const exception = client.received('exception')
      client.send('stream-after', 'sold')
      expect(await exception).to.deep.equal(SOLD)
      expect(client.events).to.have.members(['copies', 'copies', 'exception'])
    })

    it('answers for guards', async () => {
      expect(await exceptionFor('guarded')).to.deep.equal({
        type: 'about:blank',
        title: 'Forbidden',
        status: 403,
        detail: 'Forbidden resource',
      })
      expect(await exceptionFor('guarded-with-a-reason')).to.include({ status: 403, detail: 'Not with this key.' })
    })

    it('answers the exceptions of Nest', async () => {
      expect(await exceptionFor('fail', 'httpException')).to.include({ status: 400, detail: 'A title, please.' })
      expect(await exceptionFor('fail', 'ws')).to.include({ status: 400, detail: 'The shelf is closed.' })
      expect(await exceptionFor('fail', 'wsWithStatus')).to.include({ status: 410, detail: 'The shelf is gone.' })
    })

    it('makes a bare 500 of what nobody knows', async () => {
      for (const how of ['foreign', 'text', 'wsOfServer']) {
        expect(await exceptionFor('fail', how)).to.deep.equal(BARE_500)
      }
    })

    since(12)('makes a bare 500 of a gateway that cannot be made for a message', async () => {
      @UseFilters(FailureFilter)
      @WebSocketGateway()
      class Scoped {
        constructor(readonly uncreatable: Uncreatable) {}

        @SubscribeMessage('fail')
        fail() {}

        // Nest makes a gateway for these as well. Where there is none, nobody catches that it could not.
        handleConnection() {}
        handleDisconnect() {}
      }
      Injectable({ scope: Scope.REQUEST })(Scoped)
      Reflect.defineMetadata('design:paramtypes', [Uncreatable], Scoped)
      const { origin } = await serve({}, [Scoped, Uncreatable])
      const client = await connect(origin)
      const exception = client.received('exception')
      client.send('fail')
      expect(await exception).to.deep.equal(BARE_500)
    })

    it('tells nothing that is not for the client', async () => {
      const { origin } = await serve()
      const client = await connect(origin)
      for (const how of Object.keys(errors)) {
        const exception = client.received('exception')
        client.send('fail', how)
        const text = JSON.stringify(await exception)
        expect(text).to.contain('"status":')
        expect(text).not.to.contain(SECRET)
        expect(text).not.to.match(/\.ts|node_modules/)
      }
    })

    it('tells the client that has asked, and no other', async () => {
      const { origin } = await serve()
      const [caller, other] = [await connect(origin), await connect(origin)]
      const exception = caller.received('exception')
      caller.send('fail', 'sold')
      await exception
      const copies = other.received('copies')
      other.send('copies')
      expect(await copies).to.equal(3)
      expect(other.events).to.deep.equal(['copies'])
    })

    it('answers the next message of the same client', async () => {
      const { origin } = await serve()
      const client = await connect(origin)
      for (const how of ['foreign', 'sold', 'foreign']) {
        const exception = client.received('exception')
        client.send('fail', how)
        expect(await exception).to.include({ status: how === 'sold' ? 409 : 500 })
        const copies = client.received('copies')
        client.send('copies')
        expect(await copies).to.equal(3)
      }
    })

    it('takes a socket that is closed meanwhile', async () => {
      const told: Failure[] = []
      const { origin } = await serve({ onFailure: (failure) => told.push(failure) })
      const client = await connect(origin)
      client.send('closed-meanwhile')
      await within(client.closed)
      expect(await exceptionAfter(origin)).to.deep.equal(SOLD)
      expect(client.events).to.deep.equal([])
      expect(told).to.have.length(2)
    })

    async function exceptionAfter(origin: string): Promise<unknown> {
      const client = await connect(origin)
      const exception = client.received('exception')
      client.send('fail', 'sold')
      return exception
    }

    it('follows the hooks, which know the handshake if the socket does', async () => {
      const told: [Failure, FailureContext][] = []
      const exception = await exceptionFor('fail', 'foreign', {
        translate: (error) => (error === errors['foreign'] ? new OutOfStock('7') : undefined),
        describe: () => ({ title: 'Vergriffen', language: 'de' }),
        extend: (_failure, { header }) => ({ upgrade: header('upgrade') ?? 'unknown' }),
        onFailure: (...call) => told.push(call),
      })
      expect(exception).to.include({
        title: 'Vergriffen',
        isbn: '7',
        upgrade: path === undefined ? 'unknown' : 'websocket',
      })
      expect(told).to.have.length(1)
      const [failure, context] = told[0]!
      expect(failure).to.be.instanceOf(OutOfStock)
      expect([context.error, context.path]).to.deep.equal([errors['foreign'], path])
    })

    it('follows the policy that the filter of a gateway was given itself, or else the default one', async () => {
      @UseFilters(new FailureFilter({ onFailure: () => undefined, extend: () => ({ policy: 'its own' }) }))
      @WebSocketGateway()
      class Own extends Handlers {}

      const policy = { extend: () => ({ policy: 'of the application' }) }
      expect(await exceptionAfter((await serve(policy, [Own])).origin)).to.include({ policy: 'its own' })
      expect(await exceptionAfter((await serve(policy)).origin)).to.include({ policy: 'of the application' })
    })

    it('follows the policy of the application, or else the default one, in a gateway that has the filter itself', async () => {
      const plain = await platforms[0]!.start({
        providers: [Filtered],
        configure: (app) => app.useWebSocketAdapter(adapter(app)),
      })
      expect(await exceptionAfter(plain.origin)).to.deep.equal(SOLD)
      const { origin } = await platforms[0]!.start({
        providers: [Filtered],
        configure: (app) => {
          app.useWebSocketAdapter(adapter(app))
          app.useGlobalFilters(new FailureFilter({ onFailure: () => undefined, extend: () => ({ policy: 'global' }) }))
        },
      })
      expect(await exceptionAfter(origin)).to.include({ policy: 'global' })
    })

    it('keeps the policies of several applications apart that have the same gateway', async () => {
      const shop = await serve({ extend: () => ({ policy: 'of the shop' }) })
      const library = await serve({ extend: () => ({ policy: 'of the library' }) })
      const plain = await platforms[0]!.start({
        providers: [Gateway],
        configure: (app) => app.useWebSocketAdapter(adapter(app)),
      })
      expect(await exceptionAfter(shop.origin)).to.include({ policy: 'of the shop' })
      expect(await exceptionAfter(library.origin)).to.include({ policy: 'of the library' })
      // Nest tells a client of ws nothing before version 12.
      if (name === 'ws' && NEST < 12) return
      expect(await exceptionAfter(plain.origin)).to.include({ message: 'Internal server error' })
    })

    it('keeps them apart when they start at once, and beside one that was never started', async () => {
      const policyOf = (policy: string) => ({ extend: () => ({ policy }) })
      const Abandoned = moduleOf([Gateway], policyOf('of nobody'))
      await NestFactory.create(Abandoned, new ExpressAdapter(), { logger: false })
      const [shop, library] = await Promise.all([serve(policyOf('of the shop')), serve(policyOf('of the library'))])
      expect(await exceptionAfter(shop.origin)).to.include({ policy: 'of the shop' })
      expect(await exceptionAfter(library.origin)).to.include({ policy: 'of the library' })
    })

    function moduleOf(providers: readonly Function[], policy: FailureResponderOptions) {
      @Module({ imports: [FailureModule.forRoot(policy)], providers: providers as never })
      class Root {}
      return Root
    }

    it('comes after the filters of the gateway, and of its methods', async () => {
      @UseFilters(new OwnFilter('of the gateway'))
      @WebSocketGateway()
      class Own extends Handlers {
        @SubscribeMessage('own')
        @UseFilters(new OwnFilter('of the method'))
        own() {
          throw errors['missing']
        }
      }
      const { origin } = await serve({}, [Own])
      const client = await connect(origin)
      for (const [event, answer] of Object.entries({ own: 'of the method', fail: 'of the gateway' })) {
        const own = client.received('own')
        client.send(event, 'missing')
        expect(await own).to.equal(answer)
      }
      expect(await exceptionAfter(origin)).to.deep.equal(SOLD)
    })

    it('is not kept from an answer by hooks that fail', async () => {
      const policy = { translate: boom, describe: boom, extend: boom, onFailure: boom, onWarning: boom }
      expect(await exceptionFor('fail', 'foreign', policy)).to.deep.equal(BARE_500)
    })
  })
}

describe('FailureFilter for WebSockets, when a client of socket.io asks for an acknowledgement', () => {
  afterEach(closeAll)

  async function connected(): Promise<Socket> {
    const { origin } = await platforms[0]!.start({
      imports: [FailureModule.forRoot({ onFailure: () => undefined })],
      providers: [Gateway],
      configure: (app) => app.useWebSocketAdapter(new IoAdapter(app)),
    })
    return socketIo(origin)
  }

  for (const event of ['fail', 'fail-later', 'stream']) {
    it(`acknowledges with the document, beside the event (${event})`, async () => {
      const socket = await connected()
      const exception = within(new Promise((resolve) => socket.once('exception', resolve)))
      expect(await socket.timeout(LONGEST_WAIT).emitWithAck(event, 'sold')).to.deep.equal(SOLD)
      expect(await exception).to.deep.equal(SOLD)
    })
  }

  it('acknowledges for a guard', async () => {
    const socket = await connected()
    expect(await socket.timeout(LONGEST_WAIT).emitWithAck('guarded')).to.include({ status: 403 })
  })

  since(11)('does not acknowledge again what the handler has acknowledged itself', async () => {
    const socket = await connected()
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

  it('takes clients that throw, and those that are none', () => {
    const clients = [{ readyState: 1, send: boom }, { emit: boom }, {}, undefined, null]
    for (const client of clients) expect(filter.catch(errors['sold'], hostOf(client, 'data'))).to.equal(undefined)
  })

  it('finds the request of a handshake that the application has kept with the socket', () => {
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
