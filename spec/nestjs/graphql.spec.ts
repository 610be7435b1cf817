import { ApolloDriver, AuthenticationError, UserInputError } from '@nestjs/apollo'
import { HttpException, NotFoundException, UseGuards } from '@nestjs/common'
import { Args, GraphQLModule, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql'
import { MercuriusDriver } from '@nestjs/mercurius'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { GraphQLError } from 'graphql'
import {
  Conflict,
  Extension,
  Failure,
  type FailureContext,
  type FailureResponderOptions,
  failureFromProblem,
  NotFound,
  ServiceUnavailable,
  withTraceId,
} from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { closeServers, start } from './platforms.js'
import { type ReceivedResponse, request } from './request.js'
import { circular, Refusing, SECRET, Throwing } from './transport-fixtures.js'

// Real applications on both drivers, with queries that come over HTTP.

class OutOfStock extends Conflict {
  override get type() {
    return 'https://bookshop.example/problems/out-of-stock'
  }
  override get title() {
    return 'Out of stock'
  }
  override get code() {
    return 'OUT_OF_STOCK'
  }
  @Extension() readonly isbn: string

  constructor(isbn: string, options = {}) {
    super(`No copy of ${isbn} is left.`, options)
    this.isbn = isbn
  }
}

class ShelfLost extends Failure {
  override get status() {
    return 499
  }
}

class StockLost extends Failure {
  override get status() {
    return 599
  }
}

const errors: Record<string, unknown> = {
  missing: new NotFound('There is no such book.', { instance: '/books/7' }),
  withoutDetail: new NotFound(),
  sold: new OutOfStock('978-0131103627'),
  greedy: new OutOfStock('1', { extensions: { code: 'HACKED', status: 200, type: 'x', shelf: 7 } }),
  numbered: new NotFound({ extensions: { code: 7 } }),
  unregistered: new ShelfLost('Behind the others.'),
  unregisteredServer: new StockLost(SECRET),
  keptBack: new Conflict(SECRET, { expose: false, instance: `/${SECRET}`, extensions: { by: SECRET } }),
  unavailable: new ServiceUnavailable('Back soon.'),
  circular: new NotFound({ extensions: circular }),
  httpException: new NotFoundException('There is no such shelf.'),
  httpExceptionOfServer: new HttpException(SECRET, 503),
  foreign: new Error(SECRET, { cause: new Error(SECRET) }),
  text: SECRET,
  graphql: new GraphQLError('The shelf is closed.', { extensions: { code: 'SHELF_CLOSED', shelf: 7 } }),
  graphqlOfServer: new GraphQLError(SECRET, { extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
  graphqlOfOther: new GraphQLError(SECRET, { originalError: new Error(SECRET) }),
  unauthenticated: new AuthenticationError('Who are you?'),
  userInput: new UserInputError('A title, please.'),
}

@Resolver('Book')
class Books {
  @Query('fail')
  fail(@Args('how') how: string) {
    throw errors[how]
  }

  @Query('failLater')
  async failLater(@Args('how') how: string) {
    await Promise.resolve()
    throw errors[how]
  }

  @Query('required')
  required(@Args('how') how: string) {
    throw errors[how]
  }

  @Query('guarded')
  @UseGuards(Refusing)
  guarded() {}

  @Query('guardedWithAReason')
  @UseGuards(Throwing)
  guardedWithAReason() {}

  @Query('books')
  books() {
    return [{ isbn: '1' }, { isbn: '2' }]
  }

  @ResolveField('copies')
  copies(@Parent() { isbn }: { isbn: string }) {
    if (isbn === '2') throw new OutOfStock(isbn)
    return 3
  }
}

const typeDefs = `
  type Book { isbn: String!, copies: Int }
  type Query {
    fail(how: String!): String
    failLater(how: String!): String
    required(how: String!): String!
    guarded: String
    guardedWithAReason: String
    books: [Book!]!
  }
`

interface Driver {
  readonly name: string
  readonly options: object
  readonly adapter: () => ExpressAdapter | FastifyAdapter
  /** The path for the hooks, where the context of an application has something else for `req`. */
  readonly pathElsewhere: string | undefined
}

const drivers: readonly Driver[] = [
  {
    name: 'Apollo on Express',
    options: { driver: ApolloDriver },
    adapter: () => new ExpressAdapter(),
    pathElsewhere: undefined,
  },
  {
    name: 'Mercurius on Fastify',
    options: { driver: MercuriusDriver },
    adapter: () => new FastifyAdapter(),
    pathElsewhere: '/graphql',
  },
]

interface GraphqlAnswer {
  readonly data: Record<string, unknown> | null
  readonly errors: { message: string; path: unknown; extensions: Record<string, unknown> }[]
}

for (const { name, options, adapter, pathElsewhere } of drivers) {
  describe(`FailureFilter for GraphQL, with ${name}`, () => {
    afterEach(closeServers)

    async function serve(policy: FailureResponderOptions = {}, more: object = {}) {
      const { origin } = await start(
        {
          imports: [
            GraphQLModule.forRoot({ ...options, typeDefs, fieldResolverEnhancers: ['filters'], ...more }),
            FailureModule.forRoot({ onFailure: () => undefined, ...policy }),
          ],
          providers: [Books],
        },
        adapter(),
      )
      return (query: string, headers: Record<string, string> = {}) =>
        request(`${origin}/graphql`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...headers },
          body: JSON.stringify({ query }),
        })
    }

    /** The one error of an answer, without the trace that Apollo adds. */
    function errorIn(answer: ReceivedResponse) {
      const { data, errors } = answer.json() as unknown as GraphqlAnswer
      expect(errors, answer.body).to.have.length(1)
      const { message, path, extensions } = errors[0]!
      const { stacktrace, ...members } = extensions
      expect(answer.status).to.equal(200)
      return { data, message, path, stacktrace, extensions: members }
    }

    async function failing(how: string, policy?: FailureResponderOptions) {
      const ask = await serve(policy)
      return errorIn(await ask(`{ fail(how: "${how}") }`))
    }

    it('answers a failure with its detail, and its problem document as extensions', async () => {
      const { data, message, path, extensions } = await failing('missing')
      expect(data).to.deep.equal({ fail: null })
      expect(message).to.equal('There is no such book.')
      expect(path).to.deep.equal(['fail'])
      expect(extensions).to.deep.equal({
        code: 'NOT_FOUND',
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: 'There is no such book.',
        instance: '/books/7',
      })
    })

    it('answers with the title where there is no detail', async () => {
      const { message, extensions } = await failing('withoutDetail')
      expect(message).to.equal('Not Found')
      expect(extensions).to.deep.equal({ code: 'NOT_FOUND', type: 'about:blank', title: 'Not Found', status: 404 })
    })

    it('answers a failure of a domain with its code and its public fields', async () => {
      const { message, extensions } = await failing('sold')
      expect(message).to.equal('No copy of 978-0131103627 is left.')
      expect(extensions).to.deep.equal({
        code: 'OUT_OF_STOCK',
        type: 'https://bookshop.example/problems/out-of-stock',
        title: 'Out of stock',
        status: 409,
        detail: 'No copy of 978-0131103627 is left.',
        isbn: '978-0131103627',
      })
    })

    it('answers with extensions of which the failure can be restored', async () => {
      const { extensions } = await failing('sold')
      const failure = failureFromProblem(extensions, { classes: [OutOfStock] })
      expect(failure).to.be.instanceOf(OutOfStock)
      expect(failure.toProblem()).to.deep.equal(new OutOfStock('978-0131103627').toProblem())
    })

    it('lets no extension member take the place of code and status', async () => {
      const greedy = await failing('greedy')
      expect(greedy.extensions).to.include({ code: 'OUT_OF_STOCK', status: 409, shelf: 7, isbn: '1' })
      const numbered = await failing('numbered')
      expect(numbered.extensions).to.include({ code: 'NOT_FOUND', status: 404 })
    })

    it('names the class of a status that is not registered', async () => {
      expect((await failing('unregistered')).extensions).to.include({ code: 'BAD_REQUEST', status: 499 })
      expect((await failing('unregisteredServer')).extensions).to.include({
        code: 'INTERNAL_SERVER_ERROR',
        status: 599,
      })
    })

    it('answers the exceptions of Nest', async () => {
      const { message, extensions } = await failing('httpException')
      expect(message).to.equal('There is no such shelf.')
      expect(extensions).to.include({ code: 'NOT_FOUND', status: 404, title: 'Not Found' })
    })

    it('answers the errors of GraphQL that were thrown as such, with their code', async () => {
      const closed = await failing('graphql')
      expect(closed.message).to.equal('The shelf is closed.')
      expect(closed.extensions).to.include({ code: 'SHELF_CLOSED', status: 400, shelf: 7 })
      const unauthenticated = await failing('unauthenticated')
      expect(unauthenticated.message).to.equal('Who are you?')
      expect(unauthenticated.extensions).to.include({ code: 'UNAUTHENTICATED', status: 401 })
      expect((await failing('userInput')).extensions).to.include({ code: 'BAD_USER_INPUT', status: 400 })
    })

    it('answers what JSON has no place for without it', async () => {
      expect((await failing('circular')).extensions).to.deep.include({ status: 404, copies: '7' })
    })

    it('answers an error that is thrown later', async () => {
      const ask = await serve()
      const { extensions } = errorIn(await ask('{ failLater(how: "sold") }'))
      expect(extensions).to.include({ code: 'OUT_OF_STOCK' })
    })

    it('answers for guards', async () => {
      const ask = await serve()
      const refused = errorIn(await ask('{ guarded }'))
      expect(refused.message).to.equal('Forbidden resource')
      expect(refused.extensions).to.include({ code: 'FORBIDDEN', status: 403 })
      const refusedWithAReason = errorIn(await ask('{ guardedWithAReason }'))
      expect(refusedWithAReason.message).to.equal('Not with this key.')
      expect(refusedWithAReason.extensions).to.include({ code: 'FORBIDDEN', status: 403 })
    })

    it('answers for one field while others are answered', async () => {
      const ask = await serve()
      const { data, path, extensions } = errorIn(await ask('{ books { isbn copies } }'))
      expect(data).to.deep.equal({
        books: [
          { isbn: '1', copies: 3 },
          { isbn: '2', copies: null },
        ],
      })
      expect((path as unknown[]).map(String)).to.deep.equal(['books', '1', 'copies'])
      expect(extensions).to.include({ code: 'OUT_OF_STOCK', isbn: '2' })
    })

    it('answers with 200 when a field fails without which there is no data', async () => {
      const ask = await serve()
      const { data, extensions } = errorIn(await ask('{ required(how: "sold") }'))
      expect(data).to.equal(null)
      expect(extensions).to.include({ code: 'OUT_OF_STOCK', status: 409 })
    })

    it('answers each of several fields that fail', async () => {
      const ask = await serve()
      const answer = await ask('{ a: fail(how: "sold") b: fail(how: "missing") c: books { isbn } }')
      const { data, errors } = answer.json() as unknown as GraphqlAnswer
      expect(data).to.deep.include({ a: null, b: null })
      expect(errors.map(({ extensions }) => extensions['code']).sort()).to.deep.equal(['NOT_FOUND', 'OUT_OF_STOCK'])
    })

    for (const how of Object.keys(errors)) {
      it(`tells nothing that is not for the client (${how})`, async () => {
        const ask = await serve()
        const answer = await ask(`{ fail(how: "${how}") }`)
        const { message, stacktrace, extensions } = errorIn(answer)
        expect(answer.body).not.to.contain(SECRET)
        expect(answer.body).not.to.match(/\.ts|node_modules|node:/)
        expect([undefined, `Error: ${message}`]).to.include((stacktrace as string[] | undefined)?.join('\n'))
        expect(extensions['status']).to.be.within(400, 599)
      })
    }

    it('makes a bare 500 of an error that nobody knows', async () => {
      for (const how of ['foreign', 'text', 'graphqlOfOther', 'graphqlOfServer']) {
        const { message, extensions } = await failing(how)
        expect(message).to.equal('Internal Server Error')
        expect(extensions).to.deep.equal({
          code: 'INTERNAL_SERVER_ERROR',
          type: 'about:blank',
          title: 'Internal Server Error',
          status: 500,
        })
      }
    })

    it('follows the hooks, which know the request', async () => {
      const told: [Failure, FailureContext][] = []
      const ask = await serve({
        typeBase: 'https://bookshop.example/problems/',
        translate: (error) => (error === errors['foreign'] ? new OutOfStock('7') : undefined),
        describe: (_failure, { languages }) => ({ title: 'Vergriffen', detail: languages.join(), language: 'de' }),
        extend: withTraceId,
        onFailure: (...call) => told.push(call),
      })
      const { message, extensions } = errorIn(
        await ask('{ fail(how: "foreign") }', {
          'Accept-Language': 'de',
          traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
        }),
      )
      expect(message).to.equal('de')
      expect(extensions).to.include({
        code: 'OUT_OF_STOCK',
        title: 'Vergriffen',
        isbn: '7',
        traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      })
      expect(told).to.have.length(1)
      const [failure, { error, method, path }] = told[0]!
      expect(failure).to.be.instanceOf(OutOfStock)
      expect([error, method, path]).to.deep.equal([errors['foreign'], 'POST', '/graphql'])
    })

    it('lets the application translate the errors of GraphQL itself', async () => {
      const translate = (error: unknown) => (error instanceof GraphQLError ? new OutOfStock('8') : undefined)
      expect((await failing('graphql', { translate })).extensions).to.include({ code: 'OUT_OF_STOCK', isbn: '8' })
    })

    it('is not kept from an answer by hooks that fail', async () => {
      const hook = () => {
        throw new Error(SECRET)
      }
      const policy = { translate: hook, describe: hook, extend: hook, onFailure: hook, onWarning: hook }
      expect((await failing('foreign', policy)).extensions).to.include({ status: 500 })
      expect((await failing('sold', policy)).extensions).to.include({ code: 'OUT_OF_STOCK' })
    })

    it('looks for the request where the application has put something else in its place', async () => {
      const paths: unknown[] = []
      const onFailure: FailureResponderOptions['onFailure'] = (_failure, { path }) => paths.push(path)
      const ask = await serve({ onFailure }, { context: () => ({ req: { user: 'Ada' } }) })
      expect(errorIn(await ask('{ fail(how: "sold") }')).extensions).to.include({ code: 'OUT_OF_STOCK' })
      expect(paths).to.deep.equal([pathElsewhere])
    })
  })
}

describe('FailureFilter for GraphQL', () => {
  /** What the filter returns for a context of the resolvers, and the path that its hooks have seen. */
  function answerWith(context: unknown) {
    let seen: string | undefined
    const filter = new FailureFilter({
      onFailure: (_failure, { path }) => {
        seen = path
      },
    })
    const host = { getType: () => 'graphql', getArgByIndex: (index: number) => [{}, {}, context, {}][index] }
    const answer = filter.catch(new NotFound('Lost.'), host as never) as Error
    return { answer, path: seen }
  }

  it('returns an error, which has no trace', () => {
    const { answer } = answerWith({})
    expect(answer).to.be.instanceOf(Error)
    expect(answer.stack).to.equal('Error: Lost.')
  })

  const httpRequest = { method: 'POST', url: '/graphql', headers: {} }
  const places: Record<string, [context: unknown, path: string | undefined]> = {
    'context.req': [{ req: httpRequest }, '/graphql'],
    'context.reply.request': [{ req: { user: 'Ada' }, reply: { request: httpRequest } }, '/graphql'],
    'context.request': [{ req: null, request: httpRequest }, '/graphql'],
    'none, which is no request': [{ req: 7, reply: {}, request: { headers: null } }, undefined],
    'none, without a context': [undefined, undefined],
    'none, in a context that throws': [
      new Proxy(
        {},
        {
          get() {
            throw new Error('boom')
          },
        },
      ),
      undefined,
    ],
  }
  for (const [place, [context, path]] of Object.entries(places)) {
    it(`finds the request in ${place}`, () => {
      expect(answerWith(context).path).to.equal(path)
    })
  }
})
