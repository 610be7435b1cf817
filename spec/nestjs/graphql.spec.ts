import { AuthenticationError, UserInputError } from '@nestjs/apollo'
import { HttpException, NotFoundException, UseGuards } from '@nestjs/common'
import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql'
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
import { FailureFilter } from '../../src/nestjs/index.js'
import { drivers, errorIn, type GraphqlApplication, type GraphqlResult, serve } from './graphql-drivers.js'
import { NEST } from './nest-version.js'
import { closeServers } from './platforms.js'
import { circular, Refusing, SECRET, Throwing } from './transport-fixtures.js'

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

for (const driver of drivers) {
  describe(`FailureFilter for GraphQL with ${driver.name}`, () => {
    afterEach(closeServers)

    /** The error in the response to a query whose resolver throws. */
    async function errorFor(error: unknown, failureOptions: FailureResponderOptions = {}) {
      const post = await serve(driver, { ...failing(error), failureOptions })
      return errorIn(await post('{ fail }'))
    }

    it('returns the detail as message and the problem details as extensions', async () => {
      const { data, message, path, extensions } = await errorFor(
        new NotFound('There is no such book.', { instance: '/books/7' }),
      )
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
      const { message, extensions } = await errorFor(new NotFound())
      expect(message).to.equal('Not Found')
      expect(extensions).to.deep.equal({ code: 'NOT_FOUND', type: 'about:blank', title: 'Not Found', status: 404 })
    })

    it('returns the code and the extension members of a custom failure', async () => {
      const { message, extensions } = await errorFor(new OutOfStock('978-0131103627'))
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
      const { extensions } = await errorFor(new OutOfStock('978-0131103627'))
      const failure = failureFromProblem(extensions, { classes: [OutOfStock] })
      expect(failure).to.be.instanceOf(OutOfStock)
      expect(failure.toProblem()).to.deep.equal(new OutOfStock('978-0131103627').toProblem())
    })

    it('does not let extension members replace code and status', async () => {
      const conflicting = await errorFor(
        new OutOfStock('1', { extensions: { code: 'HACKED', status: 200, type: 'x', shelf: 7 } }),
      )
      expect(conflicting.extensions).to.include({ code: 'OUT_OF_STOCK', status: 409, shelf: 7, isbn: '1' })
      const numericCode = await errorFor(new NotFound({ extensions: { code: 7 } }))
      expect(numericCode.extensions).to.include({ code: 'NOT_FOUND', status: 404 })
    })

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

    it('returns the code of 400 or 500 for an unregistered status', async () => {
      const client = await errorFor(new ShelfLost('The shelf is lost.'))
      expect(client.extensions).to.include({ code: 'BAD_REQUEST', status: 499 })
      const server = await errorFor(new StockLost(SECRET))
      expect(server.extensions).to.include({ code: 'INTERNAL_SERVER_ERROR', status: 599 })
    })

    it('converts exceptions of Nest', async () => {
      const { message, extensions } = await errorFor(new NotFoundException('There is no such shelf.'))
      expect(message).to.equal('There is no such shelf.')
      expect(extensions).to.include({ code: 'NOT_FOUND', status: 404, title: 'Not Found' })
    })

    it('keeps the message and code of a thrown GraphQLError', async () => {
      const closed = await errorFor(
        new GraphQLError('The shelf is closed.', { extensions: { code: 'SHELF_CLOSED', shelf: 7 } }),
      )
      expect(closed.message).to.equal('The shelf is closed.')
      expect(closed.extensions).to.include({ code: 'SHELF_CLOSED', status: 400, shelf: 7 })
      const unauthenticated = await errorFor(new AuthenticationError('Please sign in.'))
      expect(unauthenticated.message).to.equal('Please sign in.')
      expect(unauthenticated.extensions).to.include({ code: 'UNAUTHENTICATED', status: 401 })
      const userInput = await errorFor(new UserInputError('A title is required.'))
      expect(userInput.extensions).to.include({ code: 'BAD_USER_INPUT', status: 400 })
    })

    it('never returns the stack trace or the cause in a GraphQLError', async () => {
      const internals = { stacktrace: [SECRET], exception: { stacktrace: [SECRET] }, cause: SECRET, stack: SECRET }
      const error = await errorFor(new GraphQLError('The shelf is closed.', { extensions: { ...internals, shelf: 7 } }))
      expect(error.extensions).to.include({ status: 400, shelf: 7 })
      expect(error.extensions).not.to.have.any.keys('exception', 'cause', 'stack')
      expect(JSON.stringify(error)).not.to.contain(SECRET)
    })

    it('returns valid JSON for bigints and circular references', async () => {
      const { extensions } = await errorFor(new NotFound({ extensions: circular }))
      expect(extensions).to.deep.include({ status: 404, copies: '7' })
    })

    it('handles an error of an asynchronous resolver', async () => {
      @Resolver()
      class Books {
        @Query('fail')
        async fail() {
          await Promise.resolve()
          throw new OutOfStock('978-0131103627')
        }
      }
      const post = await serve(driver, { typeDefs: 'type Query { fail: String }', resolver: Books })
      const { extensions } = errorIn(await post('{ fail }'))
      expect(extensions).to.include({ code: 'OUT_OF_STOCK' })
    })

    it('handles guards that return false or throw', async () => {
      @Resolver()
      class Books {
        @Query('guarded')
        @UseGuards(Refusing)
        guarded() {}

        @Query('guardedWithAReason')
        @UseGuards(Throwing)
        guardedWithAReason() {}
      }
      const typeDefs = 'type Query { guarded: String, guardedWithAReason: String }'
      const post = await serve(driver, { typeDefs, resolver: Books })
      const refused = errorIn(await post('{ guarded }'))
      expect(refused.message).to.equal('Forbidden resource')
      expect(refused.extensions).to.include({ code: 'FORBIDDEN', status: 403 })
      const refusedWithAReason = errorIn(await post('{ guardedWithAReason }'))
      expect(refusedWithAReason.message).to.equal('Not with this key.')
      expect(refusedWithAReason.extensions).to.include({ code: 'FORBIDDEN', status: 403 })
    })

    it('returns the data of other fields when one field fails', async () => {
      @Resolver('Book')
      class Books {
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
      const typeDefs = 'type Book { isbn: String!, copies: Int } type Query { books: [Book!]! }'
      const post = await serve(driver, { typeDefs, resolver: Books })
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
      const application = failing(new OutOfStock('978-0131103627'))
      const post = await serve(driver, { ...application, typeDefs: 'type Query { fail: String! }' })
      const { data, extensions } = errorIn(await post('{ fail }'))
      expect(data).to.equal(null)
      expect(extensions).to.include({ code: 'OUT_OF_STOCK', status: 409 })
    })

    it('returns one error per failed field', async () => {
      @Resolver()
      class Books {
        @Query('sold')
        sold() {
          throw new OutOfStock('978-0131103627')
        }

        @Query('missing')
        missing() {
          throw new NotFound('There is no such book.')
        }

        @Query('found')
        found() {
          return '978-0131103627'
        }
      }
      const typeDefs = 'type Query { sold: String, missing: String, found: String }'
      const post = await serve(driver, { typeDefs, resolver: Books })
      const response = await post('{ a: sold b: missing c: found }')
      const { data, errors } = response.json() as unknown as GraphqlResult
      expect(data).to.deep.equal({ a: null, b: null, c: '978-0131103627' })
      expect(errors.map(({ extensions }) => extensions['code']).sort()).to.deep.equal(['NOT_FOUND', 'OUT_OF_STOCK'])
    })

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

    for (const [how, error] of Object.entries(errors)) {
      it(`omits confidential messages and stack traces (${how})`, async () => {
        const post = await serve(driver, failing(error))
        const response = await post('{ fail }')
        const { message, stacktrace, extensions } = errorIn(response)
        expect(response.body).not.to.contain(SECRET)
        expect(response.body).not.to.match(/\.ts|node_modules|node:/)
        expect([undefined, `Error: ${message}`]).to.include((stacktrace as string[] | undefined)?.join('\n'))
        expect(extensions['status']).to.be.within(400, 599)
      })
    }

    it('returns a 500 without details for unknown errors and GraphQL server errors', async () => {
      for (const how of ['foreign', 'string', 'wrappingGraphql', 'serverGraphql']) {
        const { message, extensions } = await errorFor(errors[how])
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
      const foreign = new Error(SECRET)
      const failureOptions: FailureResponderOptions = {
        typeBase: 'https://bookshop.example/problems/',
        translate: (error) => (error === foreign ? new OutOfStock('7') : undefined),
        describe: (_failure, { languages }) => ({ title: 'Vergriffen', detail: languages.join(), language: 'de' }),
        extend: withTraceId,
        onFailure: (...args) => calls.push(args),
      }
      const post = await serve(driver, { ...failing(foreign), failureOptions })
      const { message, extensions } = errorIn(
        await post('{ fail }', {
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
      expect([error, method, path]).to.deep.equal([foreign, 'POST', '/graphql'])
    })

    it('withholds the response of another server in a GraphQLError, as of @apollo/datasource-rest', async () => {
      const response = { url: 'http://a/?key=hunter2', status: 404, body: { token: 'hunter2' } }
      const { message, extensions } = await errorFor(new GraphQLError('404: Not Found', { extensions: { response } }))
      expect(message).to.equal('Internal Server Error')
      expect(extensions).to.include({ status: 500 })
      expect(JSON.stringify(extensions)).not.to.include('hunter2')
    })

    it('calls translate with a GraphQLError', async () => {
      const translate = (error: unknown) => (error instanceof GraphQLError ? new OutOfStock('8') : undefined)
      const { extensions } = await errorFor(new GraphQLError('The shelf is closed.'), { translate })
      expect(extensions).to.include({ code: 'OUT_OF_STOCK', isbn: '8' })
    })

    it('still returns the failure when hooks throw', async () => {
      const hook = () => {
        throw new Error(SECRET)
      }
      const failureOptions = { translate: hook, describe: hook, extend: hook, onFailure: hook, onWarning: hook }
      const foreign = await errorFor(new Error(SECRET), failureOptions)
      expect(foreign.extensions).to.include({ status: 500 })
      const sold = await errorFor(new OutOfStock('7'), failureOptions)
      expect(sold.extensions).to.include({ code: 'OUT_OF_STOCK' })
    })

    it('handles a custom context whose req is not a request', async () => {
      const paths: unknown[] = []
      const onFailure: FailureResponderOptions['onFailure'] = (_failure, { path }) => paths.push(path)
      const post = await serve(driver, {
        ...failing(new OutOfStock('978-0131103627')),
        failureOptions: { onFailure },
        context: () => ({ req: { user: 'Ada' } }),
      })
      expect(errorIn(await post('{ fail }')).extensions).to.include({ code: 'OUT_OF_STOCK' })
      expect(paths).to.deep.equal([driver.pathWithCustomContext])
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

  it('keeps the header fields of a GraphQLError on Apollo, and its status where Nest keeps it', async () => {
    const http = { status: 401, headers: new Map([['www-authenticate', 'Bearer']]) }
    const error = new GraphQLError('Please sign in.', { extensions: { http } })
    const [apollo] = drivers
    const post = await serve(apollo as (typeof drivers)[number], failing(error))
    const response = await post('{ fail }')
    expect(response.field('www-authenticate')).to.equal('Bearer')
    // The driver of Nest 11 and 12 itself sets the status of a response with data to 200 (nestjs/graphql, issue 2940).
    expect(response.status).to.equal(NEST < 11 ? 401 : 200)
    const [{ extensions } = { extensions: {} }] = (response.json() as unknown as GraphqlResult).errors
    expect(extensions).to.include({ status: 401, code: 'UNAUTHORIZED' }).and.not.have.property('http')
    await closeServers()
  })

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

/** A schema with a field, `fail`, whose resolver throws. */
function failing(error: unknown): GraphqlApplication {
  @Resolver()
  class Books {
    @Query('fail')
    fail() {
      throw error
    }
  }
  return { typeDefs: 'type Query { fail: String }', resolver: Books }
}
