import { expect } from 'chai'
import { FailureResponder, isFailure, type RequestLike } from '../../src/index.js'
import { closeServers, listen } from '../listen.js'

// Errors of Express, Fastify, Koa, Hono and their middleware, on real servers without Nest.

/** Untyped, since only their behavior matters here. */
const [express, fastify, Koa, coBody, Boom, createError, multer, timeout] = [
  'express',
  'fastify',
  'koa',
  'co-body',
  '@hapi/boom',
  'http-errors',
  'multer',
  'connect-timeout',
].map((name) => require(name))
const { expressjwt } = require('express-jwt')
const { auth } = require('express-oauth2-jwt-bearer')
const { Hono } = require('hono')
const { HTTPException } = require('hono/http-exception')

/** The thrown error is not logged. */
const responder = new FailureResponder({ onFailure: () => undefined, onWarning: () => undefined })

interface Expected {
  readonly status: number
  readonly detail?: string
  readonly headers?: Readonly<Record<string, string>>
}

async function expectProblem(response: Response, { status, detail, headers = {} }: Expected): Promise<void> {
  const content = await response.text()
  expect(response.status, content).to.equal(status)
  expect(response.headers.get('content-type')).to.equal('application/problem+json')
  const { detail: received, ...problem } = JSON.parse(content)
  expect(received).to.equal(detail)
  expect(problem).to.have.all.keys('type', 'title', 'status')
  for (const [name, value] of Object.entries(headers)) expect(response.headers.get(name), name).to.equal(value)
}

const json = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
})

const multipart = (body: string, boundary = '; boundary=x'): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': `multipart/form-data${boundary}` },
  body,
})

const file = (name: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\n\r\n${'a'.repeat(9)}\r\n--x--\r\n`

describe('FailureResponder for errors of platforms', () => {
  afterEach(closeServers)

  describe('on Express', () => {
    const upload = multer({ limits: { fileSize: 7 } }).single('cover')

    /** An application with one middleware and an error handler. */
    async function responseFrom(middleware: unknown, init: RequestInit = {}, path = '/books'): Promise<Response> {
      const app = express()
      app.use(middleware)
      app.use('/books/:isbn', (_request: unknown, response: { end(): void }) => response.end())
      app.use((error: unknown, request: RequestLike, response: any, _next: unknown) => {
        const { status, headers, body } = responder.toReply(error, request)
        response.writeHead(status, headers).end(body)
      })
      return fetch(`${await listen(app)}${path}`, init)
    }

    const throwing = (error: unknown) => () => {
      throw error
    }

    it('sends 400, 413 and 415 for content that express.json() rejects', async () => {
      const parse = express.json({ limit: 20 })
      await expectProblem(await responseFrom(parse, json('{"a":')), {
        status: 400,
        detail: 'Unexpected end of JSON input',
      })
      await expectProblem(await responseFrom(parse, json('"'.repeat(21))), { status: 413 })
      const latin = { ...json('{}'), headers: { 'content-type': 'application/json; charset=latin9' } }
      await expectProblem(await responseFrom(parse, latin), { status: 415, detail: 'unsupported charset "LATIN9"' })
    })

    it('does not quote the content', async () => {
      for (const content of ['{"password":hunter2}', 'hunter2', '[hunter2]']) {
        const response = await responseFrom(express.json(), json(content))
        await expectProblem(response, { status: 400, detail: 'The JSON is not valid.' })
      }
    })

    it('sends 400 for a path that the router cannot decode', async () => {
      const response = await responseFrom(
        (_request: unknown, _response: unknown, next: () => void) => next(),
        {},
        '/books/%zz',
      )
      await expectProblem(response, { status: 400, detail: "Failed to decode param '%zz'" })
    })

    it('sends 400, 413 and 415 for multipart content that multer rejects', async () => {
      const rejected = (init: RequestInit) => responseFrom(upload, init)
      await expectProblem(await rejected(multipart(file('cover'))), { status: 413, detail: 'File too large: cover' })
      await expectProblem(await rejected(multipart(file('a'))), { status: 400, detail: 'Unexpected file field: a' })
      await expectProblem(await rejected(multipart('', '')), { status: 400, detail: 'Multipart: Boundary not found' })
      await expectProblem(await rejected(multipart('--x\r\n')), { status: 400, detail: 'Unexpected end of form' })
      const mixed = { ...multipart(''), headers: { 'content-type': 'multipart/mixed; boundary=x' } }
      await expectProblem(await rejected(mixed), { status: 415, detail: 'Unsupported content type' })
    })

    it('sends 401 for a request that express-jwt rejects', async () => {
      const response = await responseFrom(expressjwt({ secret: 's', algorithms: ['HS256'] }))
      await expectProblem(response, { status: 401, detail: 'No authorization token was found' })
    })

    it('sends 401 with the challenge for a request that express-oauth2-jwt-bearer rejects', async () => {
      const check = auth({
        issuer: 'https://a.example/',
        audience: 'b',
        jwksUri: 'https://a.example/',
        secret: undefined,
      })
      const response = await responseFrom(check)
      expect(response.headers.get('www-authenticate')).to.match(/^Bearer realm="api"/)
      await expectProblem(response, { status: 401 })
    })

    it('sends 503 for the timeout of connect-timeout', async () => {
      await expectProblem(await responseFrom([timeout('1ms'), () => undefined]), { status: 503 })
    })

    it('sends status and headers of an http-errors error', async () => {
      const error = createError(404, 'No such shelf.', { headers: { 'X-Shelf': '7' } })
      await expectProblem(await responseFrom(throwing(error)), {
        status: 404,
        detail: 'No such shelf.',
        headers: { 'X-Shelf': '7' },
      })
      await expectProblem(await responseFrom(throwing(createError(403, 'The key is 42.', { expose: false }))), {
        status: 403,
      })
    })

    it('sends status and headers of a 5xx, but not its message, even if it is exposed', async () => {
      const error = createError(503, 'sda1 is full', { expose: true, headers: { 'Retry-After': '30' } })
      await expectProblem(await responseFrom(throwing(error)), { status: 503, headers: { 'Retry-After': '30' } })
    })

    it('sends status and headers of a Boom error', async () => {
      const unauthorized = Boom.unauthorized('No ticket.', 'Ticket')
      await expectProblem(await responseFrom(throwing(unauthorized)), {
        status: 401,
        detail: 'No ticket.',
        headers: { 'WWW-Authenticate': 'Ticket error="No ticket."' },
      })
      await expectProblem(await responseFrom(throwing(Boom.badImplementation('sda1'))), { status: 500 })
      await expectProblem(await responseFrom(throwing(Boom.serverUnavailable('sda1'))), { status: 503 })
    })
  })

  describe('on Fastify', () => {
    async function responseFrom(configure: (app: any) => unknown, init: any): Promise<Response> {
      const app = fastify()
      app.setErrorHandler((error: unknown, request: RequestLike, reply: any) => {
        const { status, headers, body } = responder.toReply(error, request)
        reply.code(status).headers(headers).serializer(String).send(body)
      })
      await configure(app)
      const { statusCode, headers, body } = await app.inject({ url: '/', ...init, payload: init?.body })
      await app.close()
      return new Response(body, {
        status: statusCode,
        headers: Object.entries(headers).map(([name, value]) => [name, String(value)]) as [string, string][],
      })
    }

    const post = (schema?: object) => (app: any) => app.post('/', { schema: { body: schema } }, async () => 'ok')

    it('sends 400, 413 and 415 for content that the parser rejects', async () => {
      await expectProblem(await responseFrom(post(), json('{"password":hunter2}')), {
        status: 400,
        detail: "Body is not valid JSON but content-type is set to 'application/json'",
      })
      await expectProblem(await responseFrom(post(), json('"'.repeat(2 ** 21))), {
        status: 413,
        detail: 'Request body is too large',
      })
      const xml = { ...json('<a/>'), headers: { 'content-type': 'application/xml' } }
      await expectProblem(await responseFrom(post(), xml), { status: 415 })
    })

    it('sends 400 for content that violates the schema', async () => {
      const schema = { type: 'object', required: ['isbn'] }
      const response = await responseFrom(post(schema), json('{}'))
      await expectProblem(response, { status: 400, detail: "body must have required property 'isbn'" })
    })
  })

  describe('on Koa', () => {
    async function responseFrom(handle: (context: any) => unknown, init?: RequestInit): Promise<Response> {
      const app = new Koa()
      app.use(async (context: any, next: () => Promise<unknown>) => {
        try {
          await next()
        } catch (error) {
          const { status, headers, body } = responder.toReply(error, context.req)
          context.respond = false
          context.res.writeHead(status, headers).end(body)
        }
      })
      app.use(handle)
      return fetch(await listen(app.callback()), init)
    }

    it('sends the status of ctx.throw()', async () => {
      const response = await responseFrom((context) => context.throw(409, 'On loan.', { headers: { 'X-Loan': '7' } }))
      await expectProblem(response, { status: 409, detail: 'On loan.', headers: { 'X-Loan': '7' } })
      await expectProblem(await responseFrom((context) => context.throw(502, 'sda1')), { status: 502 })
    })

    it('sends 400 and 413 for content that co-body rejects', async () => {
      const parse = (context: any) => coBody.json(context, { limit: 30 })
      await expectProblem(await responseFrom(parse, json('{"password":hunter2}')), {
        status: 400,
        detail: 'The JSON is not valid.',
      })
      await expectProblem(await responseFrom(parse, json('7')), {
        status: 400,
        detail: 'invalid JSON, only supports object and array',
      })
      await expectProblem(await responseFrom(parse, json('"'.repeat(31))), { status: 413 })
    })
  })

  describe('on Hono', () => {
    async function responseFrom(handle: () => unknown): Promise<Response> {
      const app = new Hono()
      app.onError((error: unknown, context: any) => responder.toResponse(error, context.req.raw))
      app.get('/', handle)
      return app.request('/')
    }

    it('sends the status and the headers of an HTTPException', async () => {
      const unauthorized = () => {
        const headers = { 'WWW-Authenticate': 'Basic realm="shelf"', 'Content-Type': 'text/plain' }
        throw new HTTPException(401, { message: 'No ticket.', res: new Response('No.', { headers }) })
      }
      await expectProblem(await responseFrom(unauthorized), {
        status: 401,
        detail: 'No ticket.',
        headers: { 'WWW-Authenticate': 'Basic realm="shelf"' },
      })
      const timeout = () => {
        throw new HTTPException(504, { message: 'sda1' })
      }
      await expectProblem(await responseFrom(timeout), { status: 504 })
    })
  })

  const unrecognized: Record<string, Error> = {
    'Boom without a status': Object.assign(new Error(), { isBoom: true, output: {} }),
    'an error of an HTTP client with the body of the response': Object.assign(new Error('GET http://10.0.0.7 failed'), {
      status: 400,
      body: 'a secret',
    }),
    'an error like that of co-body, with more properties': Object.assign(new SyntaxError(), {
      ...{ status: 400, body: '{', response: {} },
    }),
    'an error named like that of express-oauth2-jwt-bearer, without a challenge': Object.assign(new Error(), {
      ...{ name: 'InvalidTokenError', status: 401, statusCode: 401, headers: {} },
    }),
    'an error of the storage of multer': Object.assign(new Error(), { name: 'MulterError', code: 'STREAM_DESTROYED' }),
    'an error that cannot be read': Object.defineProperty(new Error(), 'expose', {
      get: () => {
        throw new Error('boom')
      },
    }),
  }

  for (const [name, error] of Object.entries(unrecognized)) {
    it(`sends a 500 for ${name}`, () => {
      expect(responder.recognize(error)).to.equal(undefined)
    })
  }

  it('sends the message of a multer error without a field', () => {
    const error = Object.assign(new Error('Too many parts'), { name: 'MulterError', code: 'LIMIT_PART_COUNT' })
    expect(responder.toProblem(error)).to.include({ status: 400, detail: 'Too many parts' })
  })

  class Unnamed extends Error {
    readonly statusCode = 403
  }

  const ofOthers: Record<string, unknown> = {
    'an unnamed subclass with a statusCode': new Unnamed('upstream'),
    'the parsed body of another response': { statusCode: 403, error: 'Forbidden', message: 'upstream' },
    'an AuthenticationError with another status': Object.assign(new Error('upstream'), {
      ...{ name: 'AuthenticationError', status: 407 },
    }),
    'an AuthenticationError of a client': Object.assign(new Error('upstream'), {
      ...{ name: 'AuthenticationError', status: 401, headers: {}, error: {} },
    }),
  }

  for (const [name, error] of Object.entries(ofOthers)) {
    it(`sends a 500 for ${name}`, () => {
      expect(responder.recognize(error)).to.equal(undefined)
    })
  }

  const middleware: Record<string, [error: Error, status: number]> = {
    'passport with failWithError': [
      Object.assign(new Error('Unauthorized'), { name: 'AuthenticationError', status: 401 }),
      401,
    ],
    'express-openapi-validator': [
      Object.assign(new Error('not found'), {
        name: 'Not Found',
        status: 404,
        path: '/a',
        headers: undefined,
        errors: [],
      }),
      404,
    ],
    'co-body for an unsupported encoding': [
      Object.assign(new Error('Unsupported Content-Encoding: zstd'), { status: 415 }),
      415,
    ],
  }

  for (const [name, [error, status]] of Object.entries(middleware)) {
    it(`sends ${status} for ${name}`, () => {
      expect(responder.toProblem(error)).to.include({ status })
    })
  }

  it('does not recognize an error of express-openapi-validator by another name', () => {
    const error = Object.assign(new Error(), { name: 'Lost', status: 404, path: '/a', errors: [] })
    expect(responder.recognize(error)).to.equal(undefined)
  })

  it('sends no message of Node, but messages that only resemble one', () => {
    const detailOf = (error: unknown) => responder.toProblem(error)['detail']
    const ofNode = (properties: object) => createError(404, Object.assign(new Error('/srv/secret'), properties))
    for (const properties of [{ syscall: 'open' }, { code: 'ERR_INVALID_ARG_VALUE' }, { code: 'MODULE_NOT_FOUND' }]) {
      expect(detailOf(ofNode(properties))).to.equal(undefined)
    }
    expect(detailOf(createError(404, 'NOT ENOUGH STOCK'))).to.equal('NOT ENOUGH STOCK')
    expect(detailOf(createError(404, 'connect ENOTFOUND db.internal'))).to.equal(undefined)
  })

  it('recognizes errors of another realm', () => {
    const { runInNewContext } = require('node:vm')
    const error = runInNewContext(`Object.assign(new Error('No.'), { status: 409, statusCode: 409, expose: true })`)
    expect(responder.toProblem(error)).to.include({ status: 409, detail: 'No.' })
  })

  it('calls translate before it recognizes an error', () => {
    const translating = new FailureResponder({ translate: () => responder.toFailure(createError(410)) })
    expect(translating.recognize(createError(404))).to.include({ status: 410 })
  })

  it('returns the Failure from recognize() and toFailure()', () => {
    for (const failure of [responder.recognize(createError(404)), responder.toFailure(createError(404))]) {
      expect(isFailure(failure)).to.equal(true)
      expect(failure).to.include({ status: 404 })
    }
  })
})
