import 'reflect-metadata'
import { Catch, Controller, Get, Module, NotFoundException, Param } from '@nestjs/common'
import { HttpAdapterHost, NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { CatchingFailure, Failure, NotFound } from 'http-failure'
import { FailureFilter } from 'http-failure/nestjs'
import { HttpExceptionFilter } from 'nest-problem-details-filter'
import { BOOK, DETAIL, PROBLEM } from './books.js'

const found = async () => BOOK

const failing = async () => {
  throw new NotFound(DETAIL)
}

const failingInNest = async () => {
  throw new NotFoundException(DETAIL)
}

/** The least that a filter can do, which nobody can be faster than. */
class ConstantFilter {
  catch(_failure, host) {
    const response = host.switchToHttp().getResponse()
    // Fastify, or else Express in the way that costs least there.
    if ('code' in response) response.code(404).header('Content-Type', 'application/problem+json').send(PROBLEM)
    else response.writeHead(404, { 'Content-Type': 'application/problem+json', 'Content-Length': LENGTH }).end(PROBLEM)
  }
}
Catch()(ConstantFilter)

const LENGTH = Buffer.byteLength(PROBLEM)

/** The routes to compare: a handler, how it is decorated and who answers its failures. */
const routes = {
  happy: { handler: found },
  happyAgain: { handler: found },
  happyDecorated: { handler: found, decorators: [CatchingFailure()] },
  filter: { handler: failing, filter: () => new FailureFilter(), stackTraces: 'server' },
  filterWithStack: { handler: failing, filter: () => new FailureFilter() },
  decorated: { handler: failing, decorators: [CatchingFailure()], stackTraces: 'server' },
  decoratedWithStack: { handler: failing, decorators: [CatchingFailure()] },
  nest: { handler: failingInNest },
  problemDetailsFilter: { handler: failingInNest, filter: (app) => new HttpExceptionFilter(app.get(HttpAdapterHost)) },
  constantFilter: { handler: failing, filter: () => new ConstantFilter(), stackTraces: 'server' },
  constantFilterWithStack: { handler: failing, filter: () => new ConstantFilter() },
}

const adapters = { express: ExpressAdapter, fastify: FastifyAdapter }

/** Starts an application with one route, and gives the server that listens. */
export async function start(platform, route) {
  const { handler, decorators = [], filter, stackTraces = 'all' } = routes[route]
  Failure.stackTraces = stackTraces
  const app = await NestFactory.create(moduleWith(handler, decorators), new adapters[platform](), { logger: false })
  if (filter !== undefined) app.useGlobalFilters(filter(app))
  await app.listen(0, '127.0.0.1')
  return app.getHttpServer()
}

/** Decorated by hand, since this is no TypeScript. */
function moduleWith(handler, decorators) {
  class Books {
    find(isbn) {
      return handler(isbn)
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Books.prototype, 'find')
  Param('isbn')(Books.prototype, 'find', 0)
  for (const decorate of [...decorators, Get(':isbn')]) decorate(Books.prototype, 'find', descriptor)
  Object.defineProperty(Books.prototype, 'find', descriptor)
  Controller('books')(Books)

  class Bookshop {}
  Module({ controllers: [Books] })(Bookshop)
  return Bookshop
}
