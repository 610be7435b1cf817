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
  type ProblemType,
  ServiceUnavailable,
  withTraceId,
} from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { closeServers, start } from './platforms.js'
import { type ReceivedResponse, request } from './request.js'
import { circular, Refusing, SECRET, Throwing } from './transport-fixtures.js'

// Real applications on both drivers, queried over HTTP.

class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = {
    type: 'https://bookshop.example/problems/out-of-stock',
    title: 'Out of stock',
    code: 'OUT_OF_STOCK',
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
  conflicting: new OutOfStock('1', { extensions: { code: 'HACKED', status: 200, type: 'x', shelf: 7 } }),
  numericCode: new NotFound({ extensions: { code: 7 } }),
  unregistered: new ShelfLost('The shelf is lost.'),
  unregisteredServer: new StockLost(SECRET),
  notExposed: new Conflict(SECRET, { expose: false, instance: `/${SECRET}`, extensions: { by: SECRET } }),
  unavailable: new ServiceUnavailable('Back soon.'),
  circular: new NotFound({ extensions: circular }),
  httpException: new NotFoundException('There is no such shelf.'),
  serverHttpException: new HttpException(SECRET, 503),
  foreign: new Error(SECRET, { cause: new Error(SECRET) }),
  string: SECRET,
  graphql: new GraphQLError('The shelf is closed.', { extensions: { code: 'SHELF_CLOSED', shelf: 7 } }),
  serverGraphql: new GraphQLError(SECRET, { extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
  wrappingGraphql: new GraphQLError(SECRET, { originalError: new Error(SECRET) }),
  unauthenticated: new AuthenticationError('Please sign in.'),
  userInput: new UserInputError('A title is required.'),
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
  /** The path that `onFailure` receives when `req` in the context of an application is not a request. */
  readonly pathWithCustomContext: string | undefined
}

const drivers: readonly Driver[] = [
  {
    name: 'Apollo on Express',
    options: { driver: ApolloDriver },
    adapter: () => new ExpressAdapter(),
    pathWithCustomContext: undefined,
  },
  {
    name: 'Mercurius on Fastify',
    options: { driver: MercuriusDriver },
    adapter: () => new FastifyAdapter(),
    pathWithCustomContext: '/graphql',
  },
]

interface GraphqlResult {
  readonly data: Record<string, unknown> | null
  readonly errors: { message: string; path: unknown; extensions: Record<string, unknown> }[]
}

for (const { name, options, adapter, pathWithCustomContext } of drivers) {
  describe(`FailureFilter for GraphQL with ${name}`, () => {
    afterEach(closeServers)

    async function serve(failureOptions: FailureResponderOptions = {}, graphqlOptions: object = {}) {
      const { origin } = await start(
        {
          imports: [
            GraphQLModule.forRoot({ ...options, typeDefs, fieldResolverEnhancers: ['filters'], ...graphqlOptions }),
            FailureModule.forRoot({ onFailure: () => undefined, ...failureOptions }),
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

    /** The only error in a response. Apollo's stack trace is returned separately from the other extensions. */
    function errorIn(response: ReceivedResponse) {
      const { data, errors } = response.json() as unknown as GraphqlResult
      expect(errors, response.body).to.have.length(1)
      const { message, path, extensions } = errors[0]!
      const { stacktrace, ...members } = extensions
      expect(response.status).to.equal(200)
      return { data, message, path, stacktrace, extensions: members }
    }

    async function errorFor(how: string, failureOptions?: FailureResponderOptions) {
      const post = await serve(failureOptions)
      return errorIn(await post(`{ fail(how: "${how}") }`))
    }

    it('returns the detail as message and the problem details as extensions', async () => {
      const { data, message, path, extensions } = await errorFor('missing')
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

    it('returns the title as message when there is no detail', async () => {
      const { message, extensions } = await errorFor('withoutDetail')
      expect(message).to.equal('Not Found')
      expect(extensions).to.deep.equal({ code: 'NOT_FOUND', type: 'about:blank', title: 'Not Found', status: 404 })
    })

    it('returns the code and the extension members of a custom failure', async () => {
      const { message, extensions } = await errorFor('sold')
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

    it('returns extensions from which failureFromProblem() restores the failure', async () => {
      const { extensions } = await errorFor('sold')
      const failure = failureFromProblem(extensions, { classes: [OutOfStock] })
      expect(failure).to.be.instanceOf(OutOfStock)
      expect(failure.toProblem()).to.deep.equal(new OutOfStock('978-0131103627').toProblem())
    })

    it('does not let extension members replace code and status', async () => {
      const conflicting = await errorFor('conflicting')
      expect(conflicting.extensions).to.include({ code: 'OUT_OF_STOCK', status: 409, shelf: 7, isbn: '1' })
      const numericCode = await errorFor('numericCode')
      expect(numericCode.extensions).to.include({ code: 'NOT_FOUND', status: 404 })
    })

    it('returns the code of 400 or 500 for an unregistered status', async () => {
      expect((await errorFor('unregistered')).extensions).to.include({ code: 'BAD_REQUEST', status: 499 })
      expect((await errorFor('unregisteredServer')).extensions).to.include({
        code: 'INTERNAL_SERVER_ERROR',
        status: 599,
      })
    })

    it('converts exceptions of Nest', async () => {
      const { message, extensions } = await errorFor('httpException')
      expect(message).to.equal('There is no such shelf.')
      expect(extensions).to.include({ code: 'NOT_FOUND', status: 404, title: 'Not Found' })
    })

    it('keeps the message and code of a thrown GraphQLError', async () => {
      const closed = await errorFor('graphql')
      expect(closed.message).to.equal('The shelf is closed.')
      expect(closed.extensions).to.include({ code: 'SHELF_CLOSED', status: 400, shelf: 7 })
      const unauthenticated = await errorFor('unauthenticated')
      expect(unauthenticated.message).to.equal('Please sign in.')
      expect(unauthenticated.extensions).to.include({ code: 'UNAUTHENTICATED', status: 401 })
      expect((await errorFor('userInput')).extensions).to.include({ code: 'BAD_USER_INPUT', status: 400 })
    })

    it('returns valid JSON for bigints and circular references', async () => {
      expect((await errorFor('circular')).extensions).to.deep.include({ status: 404, copies: '7' })
    })

    it('handles an error of an asynchronous resolver', async () => {
      const post = await serve()
      const { extensions } = errorIn(await post('{ failLater(how: "sold") }'))
      expect(extensions).to.include({ code: 'OUT_OF_STOCK' })
    })

    it('handles guards that return false or throw', async () => {
      const post = await serve()
      const refused = errorIn(await post('{ guarded }'))
      expect(refused.message).to.equal('Forbidden resource')
      expect(refused.extensions).to.include({ code: 'FORBIDDEN', status: 403 })
      const refusedWithAReason = errorIn(await post('{ guardedWithAReason }'))
      expect(refusedWithAReason.message).to.equal('Not with this key.')
      expect(refusedWithAReason.extensions).to.include({ code: 'FORBIDDEN', status: 403 })
    })

    it('returns the data of other fields when one field fails', async () => {
      const post = await serve()
      const { data, path, extensions } = errorIn(await post('{ books { isbn copies } }'))
      expect(data).to.deep.equal({
        books: [
          { isbn: '1', copies: 3 },
          { isbn: '2', copies: null },
        ],
      })
      expect((path as unknown[]).map(String)).to.deep.equal(['books', '1', 'copies'])
      expect(extensions).to.include({ code: 'OUT_OF_STOCK', isbn: '2' })
    })

    it('sends 200 when a non-null field fails and there is no data', async () => {
      const post = await serve()
      const { data, extensions } = errorIn(await post('{ required(how: "sold") }'))
      expect(data).to.equal(null)
      expect(extensions).to.include({ code: 'OUT_OF_STOCK', status: 409 })
    })

    it('returns one error per failed field', async () => {
      const post = await serve()
      const response = await post('{ a: fail(how: "sold") b: fail(how: "missing") c: books { isbn } }')
      const { data, errors } = response.json() as unknown as GraphqlResult
      expect(data).to.deep.include({ a: null, b: null })
      expect(errors.map(({ extensions }) => extensions['code']).sort()).to.deep.equal(['NOT_FOUND', 'OUT_OF_STOCK'])
    })

    for (const how of Object.keys(errors)) {
      it(`omits confidential messages and stack traces (${how})`, async () => {
        const post = await serve()
        const response = await post(`{ fail(how: "${how}") }`)
        const { message, stacktrace, extensions } = errorIn(response)
        expect(response.body).not.to.contain(SECRET)
        expect(response.body).not.to.match(/\.ts|node_modules|node:/)
        expect([undefined, `Error: ${message}`]).to.include((stacktrace as string[] | undefined)?.join('\n'))
        expect(extensions['status']).to.be.within(400, 599)
      })
    }

    it('returns a 500 without details for unknown errors and GraphQL server errors', async () => {
      for (const how of ['foreign', 'string', 'wrappingGraphql', 'serverGraphql']) {
        const { message, extensions } = await errorFor(how)
        expect(message).to.equal('Internal Server Error')
        expect(extensions).to.deep.equal({
          code: 'INTERNAL_SERVER_ERROR',
          type: 'about:blank',
          title: 'Internal Server Error',
          status: 500,
        })
      }
    })

    it('applies the hooks and passes them the request', async () => {
      const calls: [Failure, FailureContext][] = []
      const post = await serve({
        typeBase: 'https://bookshop.example/problems/',
        translate: (error) => (error === errors['foreign'] ? new OutOfStock('7') : undefined),
        describe: (_failure, { languages }) => ({ title: 'Vergriffen', detail: languages.join(), language: 'de' }),
        extend: withTraceId,
        onFailure: (...args) => calls.push(args),
      })
      const { message, extensions } = errorIn(
        await post('{ fail(how: "foreign") }', {
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
      expect(calls).to.have.length(1)
      const [failure, { error, method, path }] = calls[0]!
      expect(failure).to.be.instanceOf(OutOfStock)
      expect([error, method, path]).to.deep.equal([errors['foreign'], 'POST', '/graphql'])
    })

    it('calls translate with a GraphQLError', async () => {
      const translate = (error: unknown) => (error instanceof GraphQLError ? new OutOfStock('8') : undefined)
      expect((await errorFor('graphql', { translate })).extensions).to.include({ code: 'OUT_OF_STOCK', isbn: '8' })
    })

    it('still returns the failure when hooks throw', async () => {
      const hook = () => {
        throw new Error(SECRET)
      }
      const failureOptions = { translate: hook, describe: hook, extend: hook, onFailure: hook, onWarning: hook }
      expect((await errorFor('foreign', failureOptions)).extensions).to.include({ status: 500 })
      expect((await errorFor('sold', failureOptions)).extensions).to.include({ code: 'OUT_OF_STOCK' })
    })

    it('handles a custom context whose req is not a request', async () => {
      const paths: unknown[] = []
      const onFailure: FailureResponderOptions['onFailure'] = (_failure, { path }) => paths.push(path)
      const post = await serve({ onFailure }, { context: () => ({ req: { user: 'Ada' } }) })
      expect(errorIn(await post('{ fail(how: "sold") }')).extensions).to.include({ code: 'OUT_OF_STOCK' })
      expect(paths).to.deep.equal([pathWithCustomContext])
    })
  })
}

describe('FailureFilter for GraphQL', () => {
  /** Calls the filter with the context of a resolver. Returns the error and the path that `onFailure` received. */
  function catchWith(context: unknown) {
    let receivedPath: string | undefined
    const filter = new FailureFilter({
      onFailure: (_failure, { path }) => {
        receivedPath = path
      },
    })
    const host = { getType: () => 'graphql', getArgByIndex: (index: number) => [{}, {}, context, {}][index] }
    const error = filter.catch(new NotFound('Lost.'), host as never) as Error
    return { error, path: receivedPath }
  }

  it('returns an error without a stack trace', () => {
    const { error } = catchWith({})
    expect(error).to.be.instanceOf(Error)
    expect(error.stack).to.equal('Error: Lost.')
  })

  const httpRequest = { method: 'POST', url: '/graphql', headers: {} }
  const contexts: Record<string, [context: unknown, path: string | undefined]> = {
    'finds the request in context.req': [{ req: httpRequest }, '/graphql'],
    'finds the request in context.reply.request': [
      { req: { user: 'Ada' }, reply: { request: httpRequest } },
      '/graphql',
    ],
    'finds the request in context.request': [{ req: null, request: httpRequest }, '/graphql'],
    'finds no request among other values in the context': [
      { req: 7, reply: {}, request: { headers: null } },
      undefined,
    ],
    'finds no request without a context': [undefined, undefined],
    'finds no request in a context that throws': [
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
  for (const [title, [context, path]] of Object.entries(contexts)) {
    it(title, () => {
      expect(catchWith(context).path).to.equal(path)
    })
  }
})
