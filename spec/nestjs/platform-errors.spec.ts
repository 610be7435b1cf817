import { Body, Controller, Get, HttpException, type INestApplication, Post } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { errorCodes, type FastifyError, type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify'
import { FailureFilter } from '../../src/nestjs/index.js'
import { createError } from './http-errors.js'
import { closeServers, platforms, start } from './platforms.js'
import type { ReceivedResponse } from './request.js'

/** Nest has a decorator for it since version 11. */
function addSchema(route: RouteOptions): void {
  if (route.method === 'POST') route.schema = { body: ORDER }
}

const ORDER = { type: 'object', required: ['isbn'], properties: { isbn: { type: 'string' } } }

/** What a handler may throw, by the last segment of its path. */
const thrown: Record<string, () => unknown> = {
  // What @fastify/multipart throws for a file over the limit, and raw-body for a content over it.
  'of-a-plugin': () => new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE(),
  'of-a-parser': () => createError(413, 'request entity too large', { type: 'entity.too.large', limit: 7 }),
  'of-http-errors': () => createError(404, 'There is no such key.'),
  'of-http-errors-that-keeps-its-message': () => createError(403, 'The key is 42.', { expose: false }),
  'of-a-client': () => Object.assign(new Error('upstream'), { status: 404, statusCode: 404, headers: { 'x-a': '1' } }),
  'of-a-client-with-a-code': () => Object.assign(new Error('upstream'), { statusCode: 404, code: 'ERR_NON_2XX' }),
  'of-a-namesake': () => Object.assign(new Error('upstream'), { name: 'FastifyError', statusCode: 404, code: 7 }),
  'of-fastify-itself': () => new errorCodes.FST_ERR_BAD_STATUS_CODE(7),
  'that-is-none': () => ({ name: 'FastifyError', code: 'FST_X', statusCode: 404 }),
  'that-says-500': () => new HttpException('disk full', 500),
}

@Controller('books')
class Books {
  @Post()
  add(@Body() order: unknown) {
    return order
  }

  @Get(':what')
  show() {}
}

for (const what of Object.keys(thrown)) {
  Object.defineProperty(Books.prototype, what, {
    value: () => {
      throw thrown[what]?.()
    },
  })
  const descriptor = Object.getOwnPropertyDescriptor(Books.prototype, what) as PropertyDescriptor
  Get(`thrown/${what}`)(Books.prototype, what, descriptor)
}

/** What a middleware passes to `next()`, by the query. */
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
  describe(`FailureFilter, for an error of ${platform.name}`, () => {
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

    function expectStatus(answer: ReceivedResponse, status: number): void {
      expect(answer.status).to.equal(status)
      expect(answer.field('content-type')).to.equal('application/problem+json')
      expect(answer.json()).to.include({ type: 'about:blank', status })
    }

    it('keeps the status of a content that does not parse, is too large, or is of no known kind', async () => {
      expectStatus(await post('{"isbn":'), 400)
      expectStatus(await post(JSON.stringify('x'.repeat(2 ** 21))), 413)
      if (platform.name === 'Fastify') expectStatus(await post('<a/>', { 'content-type': 'application/xml' }), 415)
      else expectStatus(await post('{}', { 'content-type': 'application/json; charset=latin9' }), 415)
    })

    if (platform.name === 'Fastify') {
      it('keeps the status of a content that does not fit the schema of its route', async () => {
        const answer = await post('{}')
        expectStatus(answer, 400)
        expect(answer.json()).to.include({ detail: "body must have required property 'isbn'" })
      })
    }

    it('does not repeat the query where there is no route', async () => {
      const answer = await get('/unknown?secret=1')
      expectStatus(answer, 404)
      expect(answer.json()).to.include({ detail: 'Cannot GET /unknown' })
    })

    it('keeps the status that a middleware passes to next() with http-errors, and its header fields', async () => {
      const answer = await get('/books/7?missing')
      expectStatus(answer, 404)
      expect(answer.json()).to.include({ detail: 'No such shelf.' })
      expect(answer.field('x-shelf')).to.equal('7')
      const hidden = await get('/books/7?hidden')
      expectStatus(hidden, 403)
      expect(hidden.body).not.to.include('42')
    })

    it('answers 500 to what a middleware passes to next() otherwise', async () => {
      for (const query of ['failed', 'upstream']) expectStatus(await get(`/books/7?${query}`), 500)
    })

    const statuses: Record<string, number> = { 'of-a-plugin': 413, 'of-a-parser': 413, 'of-http-errors': 404 }
    const withheld: Record<string, number> = { 'of-http-errors-that-keeps-its-message': 403 }

    for (const what of Object.keys(thrown)) {
      const status = statuses[what] ?? withheld[what] ?? 500
      it(`answers ${status} to an error ${what.replaceAll('-', ' ')} that a handler throws`, async () => {
        const answer = await get(`/books/thrown/${what}`)
        expectStatus(answer, status)
        expect('detail' in answer.json()).to.equal(what in statuses)
        expect(answer.names()).not.to.include('x-a')
      })
    }
  })
}

describe('FailureFilter, for what the router of Fastify refuses', () => {
  after(closeServers)

  it('is asked by an adapter that was told to', async () => {
    const { responder } = new FailureFilter({ onFailure: () => undefined })
    const adapter = new FastifyAdapter({
      frameworkErrors(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
        const { status, headers, body } = responder.toReply(error, request)
        for (const [name, value] of Object.entries(headers)) reply.header(name, value)
        reply.code(status).send(body)
      },
    })
    const { get } = await start({ controllers: [Books] }, adapter)
    const answer = await get('/books/%zz')
    expect(answer.status).to.equal(400)
    expect(answer.field('content-type')).to.match(/^application\/problem\+json/)
    expect(answer.json()).to.include({ title: 'Bad Request', status: 400 })
  })
})
