import { setTimeout } from 'node:timers/promises'
import { Controller, Get, Post, Req } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { FailureFilter } from '../../src/nestjs/index.js'
import { closeServers, type Server, start } from './platforms.js'
import type { ReceivedResponse } from './request.js'

/** Untyped, since their versions differ by that of Fastify. */
const plugin = (name: string) => require(name)

describe('FailureFilter for errors of Fastify plugins', () => {
  const logged: string[] = []

  afterEach(async () => {
    logged.splice(0)
    await closeServers()
  })

  @Controller()
  class Books {
    @Get('books')
    list() {
      return []
    }

    @Get('loans')
    verify(@Req() request: any) {
      return request.jwtVerify()
    }

    @Post('covers')
    async add(@Req() request: any) {
      const file = await request.file()
      return { size: (await file?.toBuffer())?.length }
    }
  }

  async function serve(...registered: [name: string, options: object][]): Promise<Server['get']> {
    const { get } = await start(
      {
        controllers: [Books],
        async configure(app) {
          app.useGlobalFilters(new FailureFilter())
          const fastify = app.getHttpAdapter().getInstance()
          for (const [name, options] of registered) await fastify.register(plugin(name), options)
        },
        options: { logger: { log() {}, warn() {}, fatal() {}, error: (message: string) => logged.push(message) } },
      },
      new FastifyAdapter(),
    )
    return get
  }

  function expectClientFailure(response: ReceivedResponse, status: number, detail: string | RegExp): void {
    expect(response.status, response.body).to.equal(status)
    expect(response.field('content-type')).to.equal('application/problem+json')
    expect(response.json()['detail']).to.match(new RegExp(detail))
    expect(logged).to.deep.equal([])
  }

  it('sends the 429 of @fastify/rate-limit with its headers, and logs no error', async () => {
    const get = await serve(['@fastify/rate-limit', { max: 1 }])
    expect((await get('/books')).status).to.equal(200)
    const response = await get('/books')
    expectClientFailure(response, 429, 'Rate limit exceeded, retry in 1 minute')
    expect(response.field('retry-after')).to.equal('60')
    expect(response.field('x-ratelimit-limit')).to.equal('1')
    expect(response.field('x-ratelimit-remaining')).to.equal('0')
  })

  it('sends the status and the message of an errorResponseBuilder of @fastify/rate-limit', async () => {
    const errorResponseBuilder = () => ({ statusCode: 429, error: 'Too Many Requests', message: 'Slow down.', ttl: 7 })
    const get = await serve(['@fastify/rate-limit', { max: 0, errorResponseBuilder }])
    expectClientFailure(await get('/books'), 429, 'Slow down.')
  })

  it('sends the 401 of @fastify/jwt', async () => {
    const get = await serve(['@fastify/jwt', { secret: 'a'.repeat(32) }])
    expectClientFailure(await get('/loans'), 401, 'No Authorization was found in request.headers')
    const headers = { authorization: 'Bearer a.b.c' }
    expectClientFailure(await get('/loans', { headers }), 401, 'Authorization token is invalid')
  })

  it('sends 400, 406 and 413 for multipart content that @fastify/multipart rejects', async () => {
    const get = await serve(['@fastify/multipart', { limits: { fileSize: 7 } }])
    const post = (body: string, type = 'multipart/form-data; boundary=x') =>
      get('/covers', { method: 'POST', headers: { 'content-type': type }, body })
    const part = '--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
    expectClientFailure(await post(`${part}abc`), 400, 'nexpected end of multipart data')
    expect((await post('')).status, 'an empty body has no file').to.equal(201)
    expectClientFailure(await post('', 'multipart/form-data'), 400, 'Boundary not found')
    expectClientFailure(await post('{}', 'application/json'), 406, 'the request is not multipart')
    expectClientFailure(await post(`${part}${'a'.repeat(8)}\r\n--x--\r\n`), 413, 'request file too large')
  })

  it('sends the 503 of @fastify/under-pressure with Retry-After', async () => {
    const get = await serve(['@fastify/under-pressure', { maxRssBytes: 1, sampleInterval: 5, retryAfter: 50 }])
    await setTimeout(50)
    const response = await get('/books')
    expect(response.status).to.equal(503)
    expect(response.field('retry-after')).to.equal('50')
    expect(response.json()).to.deep.equal({ type: 'about:blank', title: 'Service Unavailable', status: 503 })
  })
})
