import { BadRequestException, Body, Controller, Get, HttpException, NotFoundException, Post } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { errorCodes, type RouteOptions } from 'fastify'
import { frameworkErrors } from '../../src/nestjs/index.js'
import { createError } from './http-errors.js'
import { type Application, closeServers, platforms, start, throwing } from './platforms.js'
import type { ReceivedResponse } from './request.js'
import { silently } from './ways.js'

const json = { 'content-type': 'application/json' }

function expectStatus(response: ReceivedResponse, status: number): void {
  expect(response.status).to.equal(status)
  expect(response.field('content-type')).to.equal('application/problem+json')
  expect(response.json()).to.include({ type: 'about:blank', status })
}

for (const platform of platforms) {
  describe(`FailureFilter for errors of ${platform.name}`, () => {
    afterEach(closeServers)

    const serve = (application: Application) =>
      platform.start({ configure: (app) => app.useGlobalFilters(silently()), ...application })

    describe('in the content of a request', () => {
      @Controller('books')
      class Books {
        @Post()
        add(@Body() order: unknown) {
          return order
        }
      }

      it('sends the status of the body parser for invalid, too large or unsupported content', async () => {
        const { get } = await serve({ controllers: [Books] })
        const post = (body: string, headers = json) => get('/books', { method: 'POST', headers, body })
        expectStatus(await post('{"isbn":'), 400)
        expectStatus(await post(JSON.stringify('x'.repeat(2 ** 21))), 413)
        if (platform.name === 'Fastify') expectStatus(await post('<a/>', { 'content-type': 'application/xml' }), 415)
        else expectStatus(await post('{}', { 'content-type': 'application/json; charset=latin9' }), 415)
      })

      if (platform.name === 'Fastify') {
        it('sends 400 with a detail for content that violates the schema of its route', async () => {
          const schema = { type: 'object', required: ['isbn'], properties: { isbn: { type: 'string' } } }
          const { get } = await serve({
            controllers: [Books],
            configure(app) {
              app.useGlobalFilters(silently())
              // Used instead of `@RouteSchema()`, which requires Nest 11.
              app
                .getHttpAdapter()
                .getInstance()
                .addHook('onRoute', (route: RouteOptions) => {
                  if (route.method === 'POST') route.schema = { body: schema }
                })
            },
          })
          const response = await get('/books', { method: 'POST', headers: json, body: '{}' })
          expectStatus(response, 400)
          expect(response.json()).to.include({ detail: "body must have required property 'isbn'" })
        })
      }
    })

    it('omits the query from the detail for an unknown path', async () => {
      const { get } = await serve({})
      const response = await get('/unknown?secret=1')
      expectStatus(response, 404)
      expect(response.json()).to.include({ detail: 'Cannot GET /unknown' })
    })

    describe('in a middleware', () => {
      async function responseTo(error: unknown): Promise<ReceivedResponse> {
        const passing = (_request: unknown, _response: unknown, next: (error: unknown) => void) => next(error)
        const { get } = await serve({ middleware: [passing] })
        return get('/books')
      }

      it('sends the status and headers of an http-errors error that a middleware passes to next()', async () => {
        const response = await responseTo(createError(404, 'No such shelf.', { headers: { 'X-Shelf': '7' } }))
        expectStatus(response, 404)
        expect(response.json()).to.include({ detail: 'No such shelf.' })
        expect(response.field('x-shelf')).to.equal('7')
        const hidden = await responseTo(createError(403, 'The key is 42.', { expose: false }))
        expectStatus(hidden, 403)
        expect(hidden.body).not.to.include('42')
      })

      it('sends the status and headers of a 5xx, but not its message, even if it is exposed', async () => {
        const error = createError(503, 'disk full', { expose: true, headers: { 'Retry-After': '30' } })
        const response = await responseTo(error)
        expectStatus(response, 503)
        expect(response.field('retry-after')).to.equal('30')
        expect(response.json()).not.to.have.property('detail')
      })

      it('sends 500 for an upstream error that a middleware passes to next()', async () => {
        expectStatus(await responseTo(Object.assign(new Error('upstream'), { status: 404, statusCode: 404 })), 500)
      })
    })

    describe('in a handler', () => {
      const upstreamError = (properties: object) => Object.assign(new Error('upstream'), properties)

      const withDetail: Record<string, [error: unknown, status: number]> = {
        // As thrown by @fastify/multipart for a file over the limit, and by raw-body for content over the limit.
        'plugin error': [new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE(), 413],
        'parser error': [createError(415, 'unsupported charset "LATIN9"', { type: 'charset.unsupported' }), 415],
        'http error': [createError(404, 'There is no such key.'), 404],
      }

      const withoutDetail: Record<string, [error: unknown, status: number]> = {
        'message that repeats the status': [createError(413, 'request entity too large'), 413],
        'http error with expose false': [createError(403, 'The key is 42.', { expose: false }), 403],
        'upstream error': [upstreamError({ status: 404, statusCode: 404, headers: { 'x-a': '1' } }), 500],
        'upstream error with a code': [upstreamError({ statusCode: 404, code: 'ERR_NON_2XX' }), 500],
        'error named FastifyError': [upstreamError({ name: 'FastifyError', statusCode: 404, code: 7 }), 500],
        'internal Fastify error': [new errorCodes.FST_ERR_BAD_STATUS_CODE(7), 500],
        'plain object': [{ name: 'FastifyError', code: 'FST_X', statusCode: 404 }, 500],
        'system error': [
          createError(
            404,
            Object.assign(new Error("ENOENT: no such file or directory, stat '/srv/a'"), { code: 'ENOENT' }),
          ),
          404,
        ],
        'exception with the message of a system error': [
          new NotFoundException("ENOENT: no such file or directory, stat '/srv/a'"),
          404,
        ],
        'exception with an address': [new BadRequestException('connect ECONNREFUSED 10.0.0.7:5432'), 400],
        'HttpException with status 500': [new HttpException('disk full', 500), 500],
      }

      async function responseTo(error: unknown): Promise<ReceivedResponse> {
        const { get } = await serve({ controllers: [throwing(error)] })
        return get('/books')
      }

      for (const [name, [error, status]] of Object.entries(withDetail)) {
        it(`sends ${status} with detail for a thrown ${name}`, async () => {
          const response = await responseTo(error)
          expectStatus(response, status)
          expect(response.json()).to.have.property('detail')
          expect(response.names()).not.to.include('x-a')
        })
      }

      for (const [name, [error, status]] of Object.entries(withoutDetail)) {
        it(`sends ${status} without detail for a thrown ${name}`, async () => {
          const response = await responseTo(error)
          expectStatus(response, status)
          expect(response.json()).not.to.have.property('detail')
          expect(response.names()).not.to.include('x-a')
        })
      }
    })
  })
}

describe('FailureFilter for errors of the router of Fastify', () => {
  after(closeServers)

  it('sends problem details through the frameworkErrors option', async () => {
    @Controller('books')
    class Books {
      @Get(':isbn')
      show() {}
    }
    const policy = { onFailure: () => undefined, extend: () => ({ shelf: 7 }) }
    const adapter = new FastifyAdapter({ frameworkErrors: frameworkErrors(policy) })
    const { get } = await start({ controllers: [Books] }, adapter)
    const response = await get('/books/%zz')
    expect(response.status).to.equal(400)
    expect(response.field('content-type')).to.equal('application/problem+json')
    expect(response.json()).to.include({
      title: 'Bad Request',
      status: 400,
      detail: "'/books/%zz' is not a valid url component",
      shelf: 7,
    })
  })
})
