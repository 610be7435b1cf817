import 'reflect-metadata'
import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { CatchingFailure, Conflict, Extension, failureFromResponse, NotFound, type ProblemType } from 'http-failure'
import { FailureFilter } from 'http-failure/nestjs'
import { byAccept, problemJson, text } from 'http-failure/representations'
import { expect, test } from 'vitest'

// A spec of a user, run by Vitest.

class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = { type: 'https://bookshop.example/problems/out-of-stock' }
  @Extension() readonly isbn: string

  constructor(isbn: string) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}

class Books {
  @CatchingFailure()
  async order(isbn: string): Promise<Response> {
    throw new OutOfStock(isbn)
  }

  @CatchingFailure({ represent: byAccept(problemJson, text) })
  find(request: Request): Response {
    throw new NotFound(`There is nothing at ${request.url}.`)
  }
}

test('a decorated method returns a failure as a response', async () => {
  const response = await new Books().order('1')
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ detail: 'No copy of 1 is left.', isbn: '1' })
})

test('failureFromResponse restores a failure', async () => {
  const failure = await failureFromResponse(await new Books().order('1'), { classes: [OutOfStock] })
  expect(failure).toBeInstanceOf(OutOfStock)
  expect(failure).toHaveProperty('isbn', '1')
})

test('the representation is negotiated', async () => {
  const response = new Books().find(new Request('http://localhost/1', { headers: { Accept: 'text/plain' } }))
  expect(await response.text()).toBe('404 Not Found\n\nThere is nothing at http://localhost/1.\n')
})

test('the filter sends a failure in Nest', async () => {
  class Routes {
    find() {
      throw new NotFound('There is no such book.')
    }
  }
  class BookshopModule {}
  // Decorators are called as functions, since Nest does not support standard decorators.
  Get('book')(Routes.prototype, 'find', Object.getOwnPropertyDescriptor(Routes.prototype, 'find')!)
  Controller()(Routes)
  Module({ controllers: [Routes] })(BookshopModule)

  const app = await NestFactory.create(BookshopModule, { logger: false })
  app.useGlobalFilters(new FailureFilter())
  await app.listen(0)
  try {
    const response = await fetch(`${(await app.getUrl()).replace('[::1]', 'localhost')}/book`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ detail: 'There is no such book.' })
  } finally {
    await app.close()
  }
})
