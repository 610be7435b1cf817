import 'reflect-metadata'
import { Body, Controller, Get, type INestApplication, Module, Param, ParseIntPipe, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { CatchingFailure, Conflict, Extension, Failure, isFailure, NotFound, type ProblemType } from 'http-failure'
import { FailureModule, validationExceptionFactory } from 'http-failure/nestjs'
import { byAccept, html, problemJson, text } from 'http-failure/representations'
import request from 'supertest'

// A spec of a user, run by Jest.

class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = { type: 'out-of-stock' }
  @Extension() readonly isbn: string

  constructor(isbn: string) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}

class Shelves {
  find(id: number): { id: number } {
    if (id > 1) throw new NotFound(`There is no book ${id}.`)
    return { id }
  }
}

@Controller('books')
class Books {
  constructor(readonly shelves: Shelves) {}

  @Get(':id')
  find(
    @Param('id', new ParseIntPipe({ exceptionFactory: validationExceptionFactory({ in: 'path', name: 'id' }) }))
    id: number,
  ) {
    return this.shelves.find(id)
  }

  @Get(':id/page')
  page(): Response {
    return new Response('The first page.', { status: 203 })
  }

  @Post()
  @CatchingFailure()
  order(@Body('isbn') isbn: string): { isbn: string } | globalThis.Response {
    throw new OutOfStock(isbn)
  }
}

@Module({
  controllers: [Books],
  providers: [Shelves],
  imports: [
    FailureModule.forRoot({
      methodNotAllowed: true,
      typeBase: 'https://bookshop.example/problems/',
      represent: byAccept(problemJson, html, text),
    }),
  ],
})
class BookshopModule {}

const created = {
  'on Express': () => NestFactory.create(BookshopModule, { logger: false }),
  'on Fastify': () => NestFactory.create(BookshopModule, new FastifyAdapter(), { logger: false }),
  'on Express, created by @nestjs/testing': async () => {
    const module = await Test.createTestingModule({ imports: [BookshopModule] }).compile()
    return module.createNestApplication({ logger: false })
  },
} as const

describe.each(Object.entries(created))('The bookshop %s', (_name, create) => {
  let app: INestApplication

  beforeAll(async () => {
    app = await create()
    await app.listen(0)
  })
  afterAll(() => app.close())

  const shop = () => request(app.getHttpServer())

  it('responds', () => shop().get('/books/1').expect(200, { id: 1 }))

  it('sends a failure as problem details', async () => {
    const { headers, body } = await shop().get('/books/2').expect(404)
    expect(headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(body).toEqual({ type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no book 2.' })
  })

  it('sends 422 with the parameter that a pipe rejects', async () => {
    const { body } = await shop().get('/books/one').expect(422)
    expect(body.errors[0].parameter).toBe('id')
  })

  it('applies the options of the module to decorated methods', async () => {
    const { body } = await shop().post('/books').send({ isbn: '1' }).expect(409)
    expect(body).toMatchObject({ type: 'https://bookshop.example/problems/out-of-stock', isbn: '1' })
  })

  it('sends 405 with Allow when the path exists under other methods', async () => {
    const { headers } = await shop().delete('/books/1').expect(405)
    expect(headers['allow']).toBe('GET, HEAD')
  })

  it('sends the Response that a handler returns', async () => {
    const response = await shop().get('/books/1/page').expect(203)
    expect(response.text).toBe('The first page.')
  })

  it('sends plain text when Accept is text/plain', async () => {
    const response = await shop().get('/books/2').set('Accept', 'text/plain').expect(404)
    expect(response.text).toBe('404 Not Found\n\nThere is no book 2.\n')
  })
})

it('is testable without a server', () => {
  const find = () => new Shelves().find(2)
  expect(find).toThrow(NotFound)
  expect(find).toThrow('There is no book 2.')
  const response = new Books(new Shelves()).order('1')
  expect(response).toBeInstanceOf(Response)
  expect(new OutOfStock('1')).toBeInstanceOf(Failure)
  expect(isFailure(new OutOfStock('1'))).toBe(true)
  expect(new OutOfStock('1')).toEqual(new OutOfStock('1'))
})
