import {
  Catch,
  Controller,
  Get,
  Injectable,
  Logger,
  type LoggerService,
  Scope,
  UnauthorizedException,
} from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { Args, Query, ResolveField, Resolver } from '@nestjs/graphql'
import { MessagePattern, Payload } from '@nestjs/microservices'
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
import { expect } from 'chai'
import { type FailureContext, type FailureResponderOptions, NotFound } from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { drivers, serve } from './graphql-drivers.js'
import { closeServers, platforms } from './platforms.js'
import { closeServices, connect, errorOf } from './tcp-service.js'
import { closeAll, libraries } from './web-socket-clients.js'

// The context of an error in a message, an event or a field, and its line in the log.

class Spy implements LoggerService {
  readonly debugLines: unknown[] = []
  readonly warnings: unknown[] = []
  log() {}
  error() {}
  warn(line: unknown) {
    this.warnings.push(line)
  }
  debug(line: unknown) {
    this.debugLines.push(line)
  }
}

function thrower(): never {
  throw new Error('boom')
}

describe('The context of an error', () => {
  const contexts: FailureContext[] = []
  const options: FailureResponderOptions = {
    onFailure: (_failure, context) => void contexts.push(context),
    extend: (_failure, { pattern, data }) => ({ event: pattern, sent: data }),
  }

  afterEach(async () => {
    contexts.splice(0)
    await closeServers()
    await closeServices()
    await closeAll()
    Logger.overrideLogger(false)
  })

  for (const { name, adapter, connect: connectClient } of libraries) {
    it(`of a WebSocket event contains transport, event, handler, data and client (${name})`, async () => {
      @WebSocketGateway()
      class Shelves {
        @SubscribeMessage('find')
        find(@MessageBody() isbn: string) {
          throw new NotFound(`There is no book ${isbn}.`)
        }
      }
      const { origin } = await platforms[0]!.start({
        imports: [FailureModule.forRoot(options)],
        providers: [Shelves],
        configure: (app) => app.useWebSocketAdapter(adapter(app)),
      })
      const client = await connectClient(origin)
      const exception = client.next('exception')
      client.send('find', '978')
      expect(await exception).to.include({ status: 404, event: 'find', sent: '978' })
      const [{ transport, pattern, handler, data, raw }] = contexts as [FailureContext]
      expect([transport, pattern, handler, data]).to.deep.equal(['ws', 'find', 'Shelves.find', '978'])
      expect(raw).to.respondTo('emit')
    })
  }

  it('of a message contains transport, pattern, handler, data and context', async () => {
    @Controller()
    class Stock {
      @MessagePattern({ cmd: 'find', area: 'books' })
      find(@Payload() isbn: string) {
        throw new NotFound(`There is no book ${isbn}.`)
      }
    }
    const client = await connect({ controllers: [Stock], imports: [FailureModule.forRoot(options)] })
    const error = await errorOf(client, { cmd: 'find', area: 'books' }, '978')
    const expected = '{"area":"books","cmd":"find"}'
    expect(error).to.include({ status: 404, event: expected, sent: '978' })
    const [{ transport, pattern, handler, data, raw }] = contexts as [FailureContext]
    expect([transport, pattern, handler, data]).to.deep.equal(['rpc', expected, 'Stock.find', '978'])
    expect(raw).to.respondTo('getPattern')
  })

  for (const driver of drivers) {
    it(`of a field contains transport, field, handler, arguments and request (${driver.name})`, async () => {
      @Resolver('Book')
      class Books {
        @Query('book')
        find(@Args('isbn') isbn: string) {
          if (isbn === '978') throw new NotFound(`There is no book ${isbn}.`)
          return {}
        }

        @Query()
        shelf() {
          throw new NotFound('It has no shelf.')
        }

        @ResolveField('title')
        title() {
          throw new NotFound('It has no title.')
        }
      }
      const typeDefs = 'type Book { title: String } type Query { book(isbn: String): Book, shelf: Book }'
      const post = await serve(driver, { typeDefs, resolver: Books, failureOptions: options })
      await post('{ book(isbn: "978") { title } }')
      await post('{ book(isbn: "979") { title } }')
      await post('{ shelf { title } }')
      expect(contexts.map(({ transport, pattern, handler }) => [transport, pattern, handler])).to.deep.equal([
        ['graphql', 'Query.book', 'Books.find'],
        ['graphql', 'Book.title', 'Books.title'],
        ['graphql', 'Query.shelf', 'Books.shelf'],
      ])
      expect(contexts[0]?.data).to.deep.include({ isbn: '978' })
      expect(contexts[0]).to.include({ method: 'POST', path: '/graphql' })
    })
  }

  it('of an HTTP request contains no pattern', async () => {
    @Controller('books')
    class Books {
      @Get()
      list() {
        throw new NotFound()
      }
    }
    const { get } = await platforms[0]!.start({ controllers: [Books], imports: [FailureModule.forRoot(options)] })
    await get('/books')
    expect(contexts[0]).to.include({ transport: 'http', pattern: undefined, handler: undefined, data: undefined })
  })

  it('without FailureModule contains no handler, which is found in its modules', async () => {
    @Controller()
    class Stock {
      @MessagePattern('find')
      find() {
        throw new NotFound()
      }
    }
    const spy = new Spy()
    const client = await connect({ controllers: [Stock] }, spy, (service) =>
      service.useGlobalFilters(new FailureFilter()),
    )
    await errorOf(client, 'find')
    expect(spy.debugLines).to.deep.equal(['rpc find 404 NotFound'])
  })

  describe('of a message in another transport', () => {
    function patternFor(context: object): string | undefined {
      const host = { getType: () => 'rpc', getArgs: () => ['978', context] }
      new FailureFilter(options).catch(new NotFound(), host as never)
      return contexts.at(-1)?.pattern
    }

    it('contains its topic, subject, channel or pattern', () => {
      for (const name of ['getTopic', 'getSubject', 'getChannel', 'getPattern']) {
        expect(patternFor({ [name]: () => 'books.find' }), name).to.equal('books.find')
      }
      expect(patternFor({ getPattern: () => '{"b":[1],"a":{"d":null,"c":7}}' })).to.equal(
        '{"a":{"c":7,"d":null},"b":[1]}',
      )
      expect(patternFor({ getPattern: () => '{find}' })).to.equal('{find}')
      expect(patternFor({ getPattern: () => 7 })).to.equal('7')
    })

    it('contains no pattern if its context has none, or cannot be read', () => {
      expect(patternFor({})).to.equal(undefined)
      expect(patternFor({ getPattern: thrower })).to.equal(undefined)
    })
  })

  it('of a field contains no handler if the type of its resolver cannot be read', async () => {
    class Broken {
      @ResolveField('title')
      title() {}
    }
    Reflect.defineMetadata('graphql:resolver_type', thrower, Broken)
    class Untyped {
      @ResolveField('title')
      title() {}
    }
    @Controller()
    class Stock {
      @MessagePattern('find')
      find() {
        throw new NotFound()
      }
    }
    const metadata = { controllers: [Stock], providers: [Broken, Untyped], imports: [FailureModule.forRoot(options)] }
    await errorOf(await connect(metadata), 'find')
    expect(contexts[0]?.handler).to.equal('Stock.find')
  })

  it('names all methods that handle the same message', async () => {
    @Controller()
    class Stock {
      @MessagePattern('find')
      find() {
        throw new NotFound()
      }
    }
    @Controller()
    class Archive {
      @MessagePattern('find')
      search() {
        throw new NotFound()
      }
    }
    const metadata = { controllers: [Stock, Archive], imports: [FailureModule.forRoot(options)] }
    await errorOf(await connect(metadata), 'find')
    expect(contexts[0]?.handler).to.equal('Stock.find | Archive.search')
  })

  it('is in the log line', async () => {
    @Controller()
    class Stock {
      @MessagePattern('find')
      find() {
        throw new NotFound('Lost.')
      }
    }
    const spy = new Spy()
    await errorOf(await connect({ controllers: [Stock], imports: [FailureModule.forRoot()] }, spy), 'find')
    expect(spy.debugLines).to.deep.equal(['rpc find (Stock.find) 404 NotFound: Lost.'])
  })
})

for (const platform of platforms) {
  describe(`A warning in Nest on ${platform.name}`, () => {
    afterEach(async () => {
      await closeServers()
      Logger.overrideLogger(false)
    })

    it('is logged to its Logger, once for many requests, with the option that fixes it', async () => {
      @Controller('books')
      class Books {
        @Get()
        list() {
          throw new UnauthorizedException('No ticket.')
        }
      }
      for (const [filter, expected] of [
        [
          new FailureFilter(),
          [
            'MISSING_HEADER: Unauthorized: a 401 response must contain WWW-Authenticate, which is missing; ' +
              'set "challenge" on the failure or on the FailureResponder',
          ],
        ],
        [new FailureFilter({ challenge: 'Bearer' }), []],
      ] as const) {
        const spy = new Spy()
        const { get } = await platform.start({
          controllers: [Books],
          options: { logger: spy },
          configure: (app) => app.useGlobalFilters(filter),
        })
        for (let visit = 0; visit < 25; visit++) expect((await get('/books')).status).to.equal(401)
        expect(spy.warnings).to.deep.equal(expected)
      }
    })

    it('is logged once by a filter that Nest creates for each request', async () => {
      @Injectable({ scope: Scope.REQUEST })
      @Catch()
      class PerRequest extends FailureFilter {}

      @Controller('books')
      class Books {
        @Get()
        list() {
          throw new UnauthorizedException('No ticket.')
        }
      }
      const spy = new Spy()
      const { get } = await platform.start({
        controllers: [Books],
        providers: [{ provide: APP_FILTER, useClass: PerRequest }],
        options: { logger: spy },
      })
      for (let visit = 0; visit < 5; visit++) expect((await get('/books')).status).to.equal(401)
      expect(spy.warnings.filter((line) => String(line).startsWith('MISSING_HEADER'))).to.have.length(1)
    })
  })
}
