import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { expect } from 'chai'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { failureFromProblem, InternalServerError, NotFound, TooManyRequests, Unauthorized } from '../../src/index.js'
import { request } from '../nestjs/request.js'
import { exportsOf } from './run-snippet.js'
import { blocksIn } from './snippets.js'

// The recipes of guides/other-frameworks.md, on real servers.

const guide = readFileSync('guides/other-frameworks.md', 'utf8')

/** A snippet of the section of a framework. */
function recipe(framework: string, index = 0): string {
  const section = guide.split(/^## /m).find((text) => text.startsWith(framework)) ?? ''
  return blocksIn(section, 'ts')[index] as string
}

describe('The recipe for', () => {
  const { error } = console
  const logged: string[] = []

  beforeEach(() => {
    logged.splice(0)
    console.error = (...given) => void logged.push(given.join(' '))
  })

  afterEach(() => {
    console.error = error
  })

  describe('h3', () => {
    it('keeps the header fields of an HTTPError', async () => {
      const { app } = exportsOf(recipe('h3'))
      const response: Response = await app.request('/members')
      expect([response.status, response.headers.get('retry-after')]).to.deep.equal([403, '60'])
      expect(await response.json()).to.include({ detail: 'Members only.' })
    })
  })

  describe('hapi', () => {
    const Boom = require('@hapi/boom')
    const { app } = exportsOf(recipe('hapi'))
    const thrown: Record<string, unknown> = {
      '/failure': new NotFound('There is no book 1.'),
      '/limited': new TooManyRequests({ retryAfter: 60 }),
      '/challenges': new Unauthorized({ challenge: ['Bearer realm="books"', { scheme: 'Basic', realm: 'books' }] }),
      '/boom': Boom.unauthorized('Members only.', 'Bearer', { realm: 'books' }),
      '/error': new Error('connect ECONNREFUSED'),
    }
    before(async () => {
      for (const [path, each] of Object.entries(thrown)) {
        const handler = () => {
          throw each
        }
        app.route({ method: 'GET', path, handler })
      }
      app.route({ method: 'POST', path: '/orders', handler: () => 'ordered' })
      await app.start()
    })
    after(() => app.stop())

    const get = (path: string, method = 'GET', body?: string) =>
      request(`http://localhost:${app.info.port}${path}`, {
        method,
        ...(body !== undefined && { body, headers: { 'Content-Type': 'application/json' } }),
      })

    it('sends failures, and errors of Boom by their output', async () => {
      const failure = await get('/failure')
      expect([failure.status, failure.field('content-type')]).to.deep.equal([404, 'application/problem+json'])
      expect(failure.json()).to.include({ detail: 'There is no book 1.' })
      expect((await get('/limited')).field('retry-after')).to.equal('60')
      expect((await get('/challenges')).lines('www-authenticate').join(', ')).to.equal(
        'Bearer realm="books",Basic realm="books"',
      )
      const boom = await get('/boom')
      expect([boom.status, boom.field('www-authenticate')]).to.deep.equal([
        401,
        'Bearer realm="books", error="Members only."',
      ])
    })

    it('sends 404 for an unknown path, 400 for a body that is not JSON, and 500 without details', async () => {
      expect((await get('/unknown?token=swordfish')).body).not.to.contain('swordfish')
      expect((await get('/unknown')).json()).to.include({ status: 404 })
      expect((await get('/orders', 'POST', '{')).json()).to.include({ status: 400 })
      const failed = await get('/error')
      expect(failed.json()).to.deep.equal({ type: 'about:blank', title: 'Internal Server Error', status: 500 })
      expect(logged.join()).to.contain('connect ECONNREFUSED')
    })

    it('sends HEAD with the Content-Length of GET', async () => {
      const [head, whole] = [await get('/failure', 'HEAD'), await get('/failure')]
      expect(head.field('content-length')).to.equal(String(whole.body.length))
      expect(head.body).to.equal('')
    })
  })

  describe('Elysia', () => {
    const { Elysia, t } = require('elysia')
    const { app } = exportsOf(recipe('Elysia'))
    app.post('/orders', () => 'ordered', { body: t.Object({ isbn: t.String() }) })
    app.get('/error', ({ set }: any) => {
      set.headers.etag = '"1"'
      throw new Error('connect ECONNREFUSED')
    })
    const send = (path: string, init: RequestInit = {}): Promise<Response> =>
      app.handle(new Request(`http://localhost${path}`, init))
    const headers = { 'Content-Type': 'application/json' }

    it('sends failures and the errors of Elysia', async () => {
      expect(Elysia).to.be.a('function')
      const failure = await send('/books/1')
      expect([failure.status, failure.headers.get('content-type')]).to.deep.equal([404, 'application/problem+json'])
      expect(await failure.json()).to.include({ detail: 'There is no book 1.' })
      expect(await (await send('/unknown')).json()).to.include({ status: 404 })
      expect((await send('/orders', { method: 'POST', body: '{', headers })).status).to.equal(400)
      expect((await send('/orders', { method: 'POST', body: '{}', headers })).status).to.equal(422)
    })

    it('sends 500 without details', async () => {
      const failed = await send('/error')
      expect(failed.headers.get('etag')).to.equal(null)
      expect(await failed.json()).to.deep.equal({ type: 'about:blank', title: 'Internal Server Error', status: 500 })
    })
  })

  describe('AWS Lambda', () => {
    const { withFailures } = exportsOf(recipe('AWS Lambda'))
    const cookies = ['a=1', 'b=2']
    const challenge = ['Bearer', 'Negotiate']
    const respond = (event: object) =>
      withFailures(async () => {
        throw new Unauthorized('For members only.', { challenge, headers: { 'Set-Cookie': cookies } })
      })(event)

    it('sends failures for payload 2.0', async () => {
      const result = await respond({
        version: '2.0',
        rawPath: '/books',
        headers: {},
        requestContext: { http: { method: 'GET' } },
      })
      expect(result).to.deep.include({ statusCode: 401, cookies, isBase64Encoded: false })
      expect(result.headers).to.include({ 'WWW-Authenticate': 'Bearer,Negotiate' })
      expect(JSON.parse(result.body)).to.include({ detail: 'For members only.' })
    })

    it('sends failures for payload 1.0, and for a load balancer', async () => {
      const event = { httpMethod: 'GET', path: '/books', requestContext: {} }
      const { statusCode, multiValueHeaders } = await respond({ ...event, headers: {}, multiValueHeaders: {} })
      expect(statusCode).to.equal(401)
      expect(multiValueHeaders).to.deep.include({ 'WWW-Authenticate': challenge, 'Set-Cookie': cookies })
      const single = await respond({ ...event, headers: {} })
      expect(single.headers).to.include({ 'WWW-Authenticate': 'Bearer,Negotiate' }).and.not.have.property('Set-Cookie')
    })

    it('passes a result on, and omits the content for HEAD', async () => {
      expect(await withFailures(async () => ({ statusCode: 200 }))({})).to.deep.equal({ statusCode: 200 })
      const result = await respond({ httpMethod: 'HEAD', path: '/', headers: {}, requestContext: {} })
      expect(result.body).to.equal('')
    })
  })

  describe('tRPC', () => {
    it('sends the status and the problem details, which the client restores', async () => {
      const { router } = exportsOf(recipe('tRPC'))
      const server = createHTTPServer({ router })
      server.listen(0)
      try {
        const { port } = server.address() as AddressInfo
        const client = createTRPCClient<any>({ links: [httpBatchLink({ url: `http://localhost:${port}` })] }) as any
        const notFound = await client.book.query().catch((thrown: unknown) => thrown)
        expect(notFound).to.be.instanceOf(TRPCClientError)
        expect(notFound.data).to.deep.include({ code: 'NOT_FOUND', httpStatus: 404 })
        expect(failureFromProblem(notFound.data.problem))
          .to.be.instanceOf(NotFound)
          .with.property('detail', 'There is no such book.')
        const failed = await client.report.query().catch((thrown: unknown) => thrown)
        expect(JSON.stringify([failed.message, failed.shape])).not.to.contain('ECONNREFUSED')
        expect(failureFromProblem(failed.data.problem)).to.be.instanceOf(InternalServerError)
        const unknown = await client.unknown.query().catch((thrown: unknown) => thrown)
        expect(unknown.data).to.include({ httpStatus: 404 })
      } finally {
        server.close()
      }
    })
  })

  describe('GraphQL', () => {
    const expectErrors = async (query: (field: string) => Promise<any>) => {
      const [book] = (await query('book')).errors
      expect(book).to.deep.include({ message: 'There is no such book.', path: ['book'] })
      expect(book.extensions).to.deep.include({ code: 'NOT_FOUND', status: 404 })
      const report = await query('report')
      expect(JSON.stringify(report)).not.to.contain('ECONNREFUSED')
      expect(report.errors[0].extensions).to.include({ code: 'INTERNAL_SERVER_ERROR', status: 500 })
      expect(JSON.stringify(await query('unknown'))).to.contain('Cannot query field')
    }

    it('Yoga sends problem details in extensions', async () => {
      const { yoga } = exportsOf(recipe('GraphQL'))
      await expectErrors(async (field) => {
        const body = JSON.stringify({ query: `{ ${field} }` })
        const headers = { 'Content-Type': 'application/json' }
        return (await yoga.fetch('http://localhost/graphql', { method: 'POST', body, headers })).json()
      })
    })

    it('Apollo sends problem details in extensions', async () => {
      const { options } = exportsOf(recipe('GraphQL', 1))
      const { ApolloServer } = require('@apollo/server')
      const { book, report } = {
        book: () => {
          throw new NotFound('There is no such book.')
        },
        report: () => {
          throw new Error('connect ECONNREFUSED')
        },
      }
      const typeDefs = 'type Query { book: String, report: String }'
      const server = new ApolloServer({ typeDefs, resolvers: { Query: { book, report } }, ...options })
      await expectErrors(async (field) => {
        const { body } = await server.executeOperation({ query: `{ ${field} }` })
        return body.singleResult
      })
      await server.stop()
    })
  })

  describe('WebSockets', () => {
    it('ws sends problem details', async () => {
      const { server } = exportsOf(recipe('WebSockets'))
      const socket = new WebSocket(`ws://localhost:${server.address().port}`)
      const messages: unknown[] = []
      socket.on('message', (data) => void messages.push(JSON.parse(String(data))))
      await new Promise((resolve) => socket.on('open', resolve))
      socket.send('books')
      socket.send('shelves')
      while (messages.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
      expect(messages[0]).to.deep.equal({ books: [] })
      expect((messages[1] as any).problem).to.include({ status: 400, detail: 'Send "books".' })
      socket.terminate()
      server.close()
    })

    it('Socket.IO acknowledges with problem details', async () => {
      const { server } = exportsOf(recipe('WebSockets', 1))
      server.listen(0)
      const socket = io(`http://localhost:${server.httpServer.address().port}`)
      const { problem } = await socket.emitWithAck('book', '1')
      expect(problem).to.include({ status: 404, detail: 'There is no book 1.' })
      socket.close()
      await server.close()
    })
  })
})
