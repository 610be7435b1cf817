import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  type ExceptionFilter,
  Injectable,
  Module,
  Scope,
  type Type,
  UseFilters,
  UseGuards,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { IoAdapter } from '@nestjs/platform-socket.io'
import { ConnectedSocket, SubscribeMessage, WebSocketGateway, WsException } from '@nestjs/websockets'
import { expect } from 'chai'
import { concat, type Observable, of, throwError } from 'rxjs'
import type { Socket } from 'socket.io-client'
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
import { platforms, type Server } from './platforms.js'
import { LONGEST_WAIT } from './request.js'
import { circular, Refusing, SECRET, Throwing } from './transport-fixtures.js'
import { closeAll, libraries, socketIo, within } from './web-socket-clients.js'

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

for (const { name, adapter, connect, path } of libraries) {
  describe(`FailureFilter for WebSockets with ${name}`, () => {
    afterEach(closeAll)

    function serve(providers: readonly Type[], options: FailureResponderOptions = {}): Promise<Server> {
      return platforms[0]!.start({
        imports: [FailureModule.forRoot({ onFailure: () => undefined, ...options })],
        providers: [...providers],
        configure: (app) => app.useWebSocketAdapter(adapter(app)),
      })
    }

    /** Connects a client, sends a message that fails and returns the data of the exception event. */
    async function exceptionFrom(origin: string, event = 'fail'): Promise<unknown> {
      const client = await connect(origin)
      const exception = client.next('exception')
      client.send(event)
      return exception
    }

    /** Like `exceptionFrom`, for an application with a handler that throws. */
    async function exceptionFor(error: unknown, options?: FailureResponderOptions): Promise<unknown> {
      return exceptionFrom((await serve([failing(error)], options)).origin)
    }

    it('sends the problem details of a failure', async () => {
      const failure = new NotFound('There is no such book.', { instance: '/books/7', extensions: { shelf: 7 } })
      expect(await exceptionFor(failure)).to.deep.equal({
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
        const { origin } = await serve([failing(new OutOfStock('978-0131103627'))])
        const exception = await exceptionFrom(origin, event)
        expect(exception).to.deep.equal(SOLD)
        const failure = failureFromProblem(exception, { classes: [OutOfStock] })
        expect(failure).to.be.instanceOf(OutOfStock)
        expect(failure).to.include({ isbn: '978-0131103627' })
      })
    }

    it('sends problem details when an Observable fails after emitting values', async () => {
      @WebSocketGateway()
      class Gateway {
        @SubscribeMessage('stream')
        stream(): Observable<unknown> {
          return concat(
            of({ event: 'copies', data: 1 }, { event: 'copies', data: 2 }),
            throwError(() => new OutOfStock('978-0131103627')),
          )
        }
      }
      const { origin } = await serve([Gateway])
      const client = await connect(origin)
      const exception = client.next('exception')
      client.send('stream')
      expect(await exception).to.deep.equal(SOLD)
      expect(client.events).to.have.members(['copies', 'copies', 'exception'])
    })

    it('sends 403 when a guard returns false or throws Forbidden', async () => {
      @WebSocketGateway()
      class Gateway {
        @SubscribeMessage('guarded')
        @UseGuards(Refusing)
        guarded() {}

        @SubscribeMessage('guarded-with-a-reason')
        @UseGuards(Throwing)
        guardedWithAReason() {}
      }
      const { origin } = await serve([Gateway])
      expect(await exceptionFrom(origin, 'guarded')).to.deep.equal({
        type: 'about:blank',
        title: 'Forbidden',
        status: 403,
        detail: 'Forbidden resource',
      })
      expect(await exceptionFrom(origin, 'guarded-with-a-reason')).to.include({
        status: 403,
        detail: 'Not with this key.',
      })
    })

    const exceptions = {
      http: new BadRequestException('A title, please.'),
      ws: new WsException('The shelf is closed.'),
      wsWithStatus: new WsException({ status: 410, message: 'The shelf is gone.', cause: SECRET, stack: SECRET }),
    }

    it('sends the status and message of an HttpException or a WsException', async () => {
      expect(await exceptionFor(exceptions.http)).to.include({ status: 400, detail: 'A title, please.' })
      expect(await exceptionFor(exceptions.ws)).to.include({ status: 400, detail: 'The shelf is closed.' })
      expect(await exceptionFor(exceptions.wsWithStatus)).to.include({ status: 410, detail: 'The shelf is gone.' })
    })

    const serverErrors = {
      unexpected: new Error(SECRET, { cause: new Error(SECRET) }),
      string: SECRET,
      wsServerError: new WsException({ status: 500, message: SECRET }),
    }

    it('sends a bare 500 for unexpected errors, and for a WsException with status 500', async () => {
      for (const [label, error] of Object.entries(serverErrors)) {
        expect(await exceptionFor(error), label).to.deep.equal(BARE_500)
      }
    })

    it('sends problem details without secrets or stack traces for every error', async () => {
      const errors = [
        ...Object.values(exceptions),
        ...Object.values(serverErrors),
        new NotFound('There is no such book.', { instance: '/books/7', extensions: { shelf: 7 } }),
        new OutOfStock('978-0131103627'),
        new Conflict(SECRET, { expose: false, extensions: { by: SECRET } }),
        new NotFound({ extensions: { circular } }),
      ]
      for (const error of errors) {
        const json = JSON.stringify(await exceptionFor(error))
        expect(json).to.contain('"status":')
        expect(json).not.to.contain(SECRET)
        expect(json).not.to.match(/\.ts|node_modules/)
      }
    })

    since(12)('sends a bare 500 when a request-scoped gateway cannot be created', async () => {
      @Injectable({ scope: Scope.TRANSIENT })
      class Uncreatable {
        constructor() {
          throw new Error(SECRET)
        }
      }

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
      const { origin } = await serve([Scoped, Uncreatable])
      expect(await exceptionFrom(origin)).to.deep.equal(BARE_500)
    })

    it('sends the exception only to the client that sent the message', async () => {
      @WebSocketGateway()
      class Gateway {
        @SubscribeMessage('fail')
        fail() {
          throw new OutOfStock('978-0131103627')
        }

        @SubscribeMessage('copies')
        copies() {
          return { event: 'copies', data: 3 }
        }
      }
      const { origin } = await serve([Gateway])
      const [caller, other] = [await connect(origin), await connect(origin)]
      const exception = caller.next('exception')
      caller.send('fail')
      await exception
      const copies = other.next('copies')
      other.send('copies')
      expect(await copies).to.equal(3)
      expect(other.events).to.deep.equal(['copies'])
    })

    it('keeps handling messages of the same client after an error', async () => {
      @WebSocketGateway()
      class Gateway {
        @SubscribeMessage('sold')
        sold() {
          throw new OutOfStock('978-0131103627')
        }

        @SubscribeMessage('unexpected')
        unexpected() {
          throw new Error(SECRET)
        }

        @SubscribeMessage('copies')
        copies() {
          return { event: 'copies', data: 3 }
        }
      }
      const { origin } = await serve([Gateway])
      const client = await connect(origin)
      for (const event of ['unexpected', 'sold', 'unexpected']) {
        const exception = client.next('exception')
        client.send(event)
        expect(await exception).to.include({ status: event === 'sold' ? 409 : 500 })
        const copies = client.next('copies')
        client.send('copies')
        expect(await copies).to.equal(3)
      }
    })

    it('calls onFailure and sends nothing when the socket was closed meanwhile', async () => {
      type Closable = { disconnect(close: boolean): void } | { terminate(): void }

      @WebSocketGateway()
      class Gateway {
        @SubscribeMessage('closed-meanwhile')
        async closedMeanwhile(@ConnectedSocket() client: Closable) {
          if ('disconnect' in client) client.disconnect(true)
          else client.terminate()
          throw new OutOfStock('978-0131103627')
        }

        @SubscribeMessage('fail')
        fail() {
          throw new OutOfStock('978-0131103627')
        }
      }
      const failures: Failure[] = []
      const { origin } = await serve([Gateway], { onFailure: (failure) => failures.push(failure) })
      const client = await connect(origin)
      client.send('closed-meanwhile')
      await within(client.closed)
      expect(await exceptionFrom(origin)).to.deep.equal(SOLD)
      expect(client.events).to.deep.equal([])
      expect(failures).to.have.length(2)
    })

    it('calls the hooks, with the request of the handshake if the socket contains it', async () => {
      const calls: [Failure, FailureContext][] = []
      const unexpected = new Error(SECRET)
      const exception = await exceptionFor(unexpected, {
        translate: (error) => (error === unexpected ? new OutOfStock('7') : undefined),
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
      expect([context.error, context.path]).to.deep.equal([unexpected, path])
    })

    it('prefers the options of the filter of a gateway to those of FailureModule', async () => {
      @UseFilters(new FailureFilter({ onFailure: () => undefined, extend: () => ({ source: 'gateway' }) }))
      @WebSocketGateway()
      class Custom {
        @SubscribeMessage('fail')
        fail() {
          throw new OutOfStock('978-0131103627')
        }
      }
      const options = { extend: () => ({ source: 'application' }) }
      expect(await exceptionFrom((await serve([Custom], options)).origin)).to.include({ source: 'gateway' })
      expect(await exceptionFor(new OutOfStock('978-0131103627'), options)).to.include({ source: 'application' })
    })

    it('uses the global filter or the defaults for a gateway with @UseFilters(FailureFilter)', async () => {
      // Nest applies no global filters to gateways.
      @UseFilters(FailureFilter)
      @WebSocketGateway()
      class Filtered {
        @SubscribeMessage('fail')
        fail() {
          throw new OutOfStock('978-0131103627')
        }
      }
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
      const Gateway = failing(new OutOfStock('978-0131103627'))
      const shop = await serve([Gateway], { extend: () => ({ source: 'shop' }) })
      const library = await serve([Gateway], { extend: () => ({ source: 'library' }) })
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
      const Gateway = failing(new OutOfStock('978-0131103627'))

      @Module({ imports: [FailureModule.forRoot(extendedBy('abandoned'))], providers: [Gateway] })
      class Abandoned {}
      await NestFactory.create(Abandoned, new ExpressAdapter(), { logger: false })
      const [shop, library] = await Promise.all([
        serve([Gateway], extendedBy('shop')),
        serve([Gateway], extendedBy('library')),
      ])
      expect(await exceptionFrom(shop.origin)).to.include({ source: 'shop' })
      expect(await exceptionFrom(library.origin)).to.include({ source: 'library' })
    })

    it('is used after the filters of the methods and of the gateway', async () => {
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

      @UseFilters(new CustomFilter('gateway'))
      @WebSocketGateway()
      class Custom {
        @SubscribeMessage('custom')
        @UseFilters(new CustomFilter('method'))
        custom() {
          throw new NotFound()
        }

        @SubscribeMessage('missing')
        missing() {
          throw new NotFound()
        }

        @SubscribeMessage('fail')
        fail() {
          throw new OutOfStock('978-0131103627')
        }
      }
      const { origin } = await serve([Custom])
      const client = await connect(origin)
      for (const [event, filter] of Object.entries({ custom: 'method', missing: 'gateway' })) {
        const received = client.next('custom')
        client.send(event)
        expect(await received).to.equal(filter)
      }
      expect(await exceptionFrom(origin)).to.deep.equal(SOLD)
    })

    it('sends a bare 500 when all hooks throw', async () => {
      const options = { translate: boom, describe: boom, extend: boom, onFailure: boom, onWarning: boom }
      expect(await exceptionFor(new Error(SECRET), options)).to.deep.equal(BARE_500)
    })
  })
}

describe('FailureFilter for a socket.io message with an acknowledgement callback', () => {
  afterEach(closeAll)

  async function connectedSocket(gateway: Type): Promise<Socket> {
    const { origin } = await platforms[0]!.start({
      imports: [FailureModule.forRoot({ onFailure: () => undefined })],
      providers: [gateway],
      configure: (app) => app.useWebSocketAdapter(new IoAdapter(app)),
    })
    return socketIo(origin)
  }

  for (const event of ['fail', 'fail-later', 'stream']) {
    it(`sends the problem details as acknowledgement and as exception event (${event})`, async () => {
      const socket = await connectedSocket(failing(new OutOfStock('978-0131103627')))
      const exception = within(new Promise((resolve) => socket.once('exception', resolve)))
      expect(await socket.timeout(LONGEST_WAIT).emitWithAck(event)).to.deep.equal(SOLD)
      expect(await exception).to.deep.equal(SOLD)
    })
  }

  it('acknowledges with 403 when a guard returns false', async () => {
    @WebSocketGateway()
    class Gateway {
      @SubscribeMessage('guarded')
      @UseGuards(Refusing)
      guarded() {}
    }
    const socket = await connectedSocket(Gateway)
    expect(await socket.timeout(LONGEST_WAIT).emitWithAck('guarded')).to.include({ status: 403 })
  })

  since(11)('sends only the exception event when the handler has already acknowledged', async () => {
    @WebSocketGateway()
    class Gateway {
      @SubscribeMessage('acknowledged-before')
      acknowledgedBefore(_client: unknown, _data: unknown, acknowledge: (value: unknown) => void) {
        acknowledge('taken')
        throw new OutOfStock('978-0131103627')
      }
    }
    const socket = await connectedSocket(Gateway)
    const exception = within(new Promise((resolve) => socket.once('exception', resolve)))
    expect(await socket.timeout(LONGEST_WAIT).emitWithAck('acknowledged-before')).to.equal('taken')
    expect(await exception).to.deep.equal(SOLD)
  })
})

describe('FailureFilter for WebSockets', () => {
  const failure = new OutOfStock('978-0131103627')
  const filter = new FailureFilter({ onFailure: () => undefined })
  const hostOf = (...args: unknown[]) => ({ getType: () => 'ws', getArgs: () => args }) as never

  it('sends nothing on a socket that is not open', () => {
    for (const readyState of [0, 2, 3]) {
      const sent: unknown[] = []
      filter.catch(failure, hostOf({ readyState, send: (frame: string) => sent.push(frame) }))
      expect(sent).to.deep.equal([])
    }
  })

  it('does not throw for a client that throws, or a value that is not a client', () => {
    const clients = [{ readyState: 1, send: boom }, { emit: boom }, {}, undefined, null]
    for (const client of clients) expect(filter.catch(failure, hostOf(client, 'data'))).to.equal(undefined)
  })

  it('passes the path of a handshake request that the application stored with the socket', () => {
    const paths: unknown[] = []
    const observing = new FailureFilter({ onFailure: (_failure, { path }) => paths.push(path) })
    const request = { method: 'GET', url: '/shelves?key=secret', headers: {} }
    observing.catch(failure, hostOf({ readyState: 1, send: () => undefined, request }))
    expect(paths).to.deep.equal(['/shelves'])
  })
})

const SOLD = {
  type: 'https://bookshop.example/problems/out-of-stock',
  title: 'Out of stock',
  status: 409,
  detail: 'No copy of 978-0131103627 is left.',
  isbn: '978-0131103627',
}

const BARE_500 = { type: 'about:blank', title: 'Internal Server Error', status: 500 }

/** A gateway whose handlers fail with the error. */
function failing(error: unknown): Type {
  @WebSocketGateway()
  class Gateway {
    @SubscribeMessage('fail')
    fail() {
      throw error
    }

    @SubscribeMessage('fail-later')
    async failLater() {
      await Promise.resolve()
      throw error
    }

    @SubscribeMessage('stream')
    stream(): Observable<unknown> {
      return throwError(() => error)
    }
  }
  return Gateway
}

function boom(): never {
  throw new Error(SECRET)
}
