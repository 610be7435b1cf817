import { Body, Controller, Get, HttpException, type INestApplication, Post } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { errorCodes, type FastifyError, type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify'
import { FailureFilter } from '../../src/nestjs/index.js'
import { createError } from './http-errors.js'
import { closeServers, platforms, start } from './platforms.js'
import type { ReceivedResponse } from './request.js'

/** Used instead of `@RouteSchema()`, which requires Nest 11. */
function addSchema(route: RouteOptions): void {
  if (route.method === 'POST') route.schema = { body: ORDER }
}

const ORDER = { type: 'object', required: ['isbn'], properties: { isbn: { type: 'string' } } }

/** The errors that handlers throw, by the last segment of their path. */
const thrown: Record<string, () => unknown> = {
  // Thrown by @fastify/multipart for a file over the limit, and by raw-body for content over the limit.
  'plugin-error': () => new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE(),
  'parser-error': () => createError(413, 'request entity too large', { type: 'entity.too.large', limit: 7 }),
  'http-error': () => createError(404, 'There is no such key.'),
  'http-error-with-expose-false': () => createError(403, 'The key is 42.', { expose: false }),
  'upstream-error': () =>
    Object.assign(new Error('upstream'), { status: 404, statusCode: 404, headers: { 'x-a': '1' } }),
  'upstream-error-with-a-code': () => Object.assign(new Error('upstream'), { statusCode: 404, code: 'ERR_NON_2XX' }),
  'error-named-FastifyError': () =>
    Object.assign(new Error('upstream'), { name: 'FastifyError', statusCode: 404, code: 7 }),
  'internal-Fastify-error': () => new errorCodes.FST_ERR_BAD_STATUS_CODE(7),
  'plain-object': () => ({ name: 'FastifyError', code: 'FST_X', statusCode: 404 }),
  'HttpException-with-status-500': () => new HttpException('disk full', 500),
}

@Controller('books')
class Books {
  @Post()
  add(@Body() order: unknown) {
    return order
  }

  @Get(':isbn')
  show() {}
}

for (const name of Object.keys(thrown)) {
  Object.defineProperty(Books.prototype, name, {
    value: () => {
      throw thrown[name]?.()
    },
  })
  const descriptor = Object.getOwnPropertyDescriptor(Books.prototype, name) as PropertyDescriptor
  Get(`thrown/${name}`)(Books.prototype, name, descriptor)
}

/** The errors that the middleware passes to `next()`, by query. */
const passed: Record<string, unknown> = {
  missing: createError(404, 'No such shelf.', { headers: { 'X-Shelf': '7' } }),
  hidden: createError(403, 'The key is 42.', { expose: false }),
  failed: createError(503, 'disk full'),
  upstream: Object.assign(new Error('upstream'), { status: 404, statusCode: 404 }),
}

function middleware(request: { originalUrl: string }, _response: unknown, next: (error?: unknown) => void) {
  next(passed[request.originalUrl.split('?')[1] ?? ''])
}

const json = { 'content-type': 'application/json' }

for (const platform of platforms) {
  describe(`FailureFilter for errors of ${platform.name}`, () => {
    let get: Awaited<ReturnType<typeof platform.start>>['get']

    before(async () => {
      const configure = (app: INestApplication) => {
        app.useGlobalFilters(new FailureFilter({ onFailure: () => undefined }))
        if (platform.name === 'Fastify') app.getHttpAdapter().getInstance().addHook('onRoute', addSchema)
      }
      get = (await platform.start({ controllers: [Books], middleware: [middleware], configure })).get
    })

    after(closeServers)

    const post = (body: string, headers: Record<string, string> = json): Promise<ReceivedResponse> =>
      get('/books', { method: 'POST', headers, body })

    function expectStatus(response: ReceivedResponse, status: number): void {
      expect(response.status).to.equal(status)
      expect(response.field('content-type')).to.equal('application/problem+json')
      expect(response.json()).to.include({ type: 'about:blank', status })
    }

    it('sends the status of the body parser for invalid, too large or unsupported content', async () => {
      expectStatus(await post('{"isbn":'), 400)
      expectStatus(await post(JSON.stringify('x'.repeat(2 ** 21))), 413)
      if (platform.name === 'Fastify') expectStatus(await post('<a/>', { 'content-type': 'application/xml' }), 415)
      else expectStatus(await post('{}', { 'content-type': 'application/json; charset=latin9' }), 415)
    })

    if (platform.name === 'Fastify') {
      it('sends 400 with a detail for content that violates the schema of its route', async () => {
        const response = await post('{}')
        expectStatus(response, 400)
        expect(response.json()).to.include({ detail: "body must have required property 'isbn'" })
      })
    }

    it('omits the query from the detail for an unknown path', async () => {
      const response = await get('/unknown?secret=1')
      expectStatus(response, 404)
      expect(response.json()).to.include({ detail: 'Cannot GET /unknown' })
    })

    it('sends the status and headers of an http-errors error that a middleware passes to next()', async () => {
      const response = await get('/books/7?missing')
      expectStatus(response, 404)
      expect(response.json()).to.include({ detail: 'No such shelf.' })
      expect(response.field('x-shelf')).to.equal('7')
      const hidden = await get('/books/7?hidden')
      expectStatus(hidden, 403)
      expect(hidden.body).not.to.include('42')
    })

    it('sends 500 for a 5xx or upstream error that a middleware passes to next()', async () => {
      for (const query of ['failed', 'upstream']) expectStatus(await get(`/books/7?${query}`), 500)
    })

    const statusesWithDetail: Record<string, number> = { 'plugin-error': 413, 'parser-error': 413, 'http-error': 404 }
    const statusesWithoutDetail: Record<string, number> = { 'http-error-with-expose-false': 403 }

    for (const name of Object.keys(thrown)) {
      const status = statusesWithDetail[name] ?? statusesWithoutDetail[name] ?? 500
      const detail = name in statusesWithDetail ? 'with' : 'without'
      it(`sends ${status} ${detail} detail for a thrown ${name.replaceAll('-', ' ')}`, async () => {
        const response = await get(`/books/thrown/${name}`)
        expectStatus(response, status)
        expect('detail' in response.json()).to.equal(name in statusesWithDetail)
        expect(response.names()).not.to.include('x-a')
      })
    }
  })
}

describe('FailureFilter for errors of the router of Fastify', () => {
  after(closeServers)

  it('sends problem details through the frameworkErrors option', async () => {
    const { responder } = new FailureFilter({ onFailure: () => undefined })
    const adapter = new FastifyAdapter({
      frameworkErrors(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
        const { status, headers, body } = responder.toReply(error, request)
        for (const [name, value] of Object.entries(headers)) reply.header(name, value)
        reply.code(status).send(body)
      },
    })
    const { get } = await start({ controllers: [Books] }, adapter)
    const response = await get('/books/%zz')
    expect(response.status).to.equal(400)
    expect(response.field('content-type')).to.match(/^application\/problem\+json/)
    expect(response.json()).to.include({ title: 'Bad Request', status: 400 })
  })
})
