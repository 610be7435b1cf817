import 'reflect-metadata'
import {
  Catch,
  Controller,
  Get,
  Module,
  NotFoundException,
  Param,
  Query,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common'
import { HttpAdapterHost, NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { IsInt } from 'class-validator'
import { CatchingFailure, Failure, NotFound } from 'http-failure'
import { FailureFilter } from 'http-failure/nestjs'
import { HttpExceptionFilter } from 'nest-problem-details-filter'
import { BOOK, DETAIL, PROBLEM } from './books.js'

const sendBook = async () => BOOK

const throwFailure = async () => {
  throw new NotFound(DETAIL)
}

const throwNotFoundException = async () => {
  throw new NotFoundException(DETAIL)
}

/** Sends a constant response: an upper bound for the speed of any filter. */
class ConstantFilter {
  catch(_failure, host) {
    const response = host.switchToHttp().getResponse()
    // Fastify, otherwise Express with the cheapest calls.
    if ('code' in response) response.code(404).header('Content-Type', 'application/problem+json').send(PROBLEM)
    else response.writeHead(404, { 'Content-Type': 'application/problem+json', 'Content-Length': LENGTH }).end(PROBLEM)
  }
}
Catch()(ConstantFilter)

const LENGTH = Buffer.byteLength(PROBLEM)

class Refusing {
  canActivate() {
    return false
  }
}

class Page {}
IsInt()(Page.prototype, 'page')

const failureFilter = () => new FailureFilter()
const refused = { handler: sendBook, decorators: [UseGuards(Refusing)] }
const invalid = { handler: sendBook, parameter: Query(new ValidationPipe({ expectedType: Page })) }

/** The routes to compare: a handler, its decorators and parameter, and the exception filter. */
const routes = {
  happy: { handler: sendBook },
  happyAgain: { handler: sendBook },
  happyDecorated: { handler: sendBook, decorators: [CatchingFailure()] },
  filter: { handler: throwFailure, filter: failureFilter, stackTraces: 'server' },
  filterWithStack: { handler: throwFailure, filter: failureFilter },
  decorated: { handler: throwFailure, decorators: [CatchingFailure()], stackTraces: 'server' },
  decoratedWithStack: { handler: throwFailure, decorators: [CatchingFailure()] },
  nest: { handler: throwNotFoundException },
  exceptionUnderFilter: { handler: throwNotFoundException, filter: failureFilter },
  happyUnderFilter: { handler: sendBook, filter: failureFilter },
  refused,
  refusedUnderFilter: { ...refused, filter: failureFilter },
  invalid,
  invalidUnderFilter: { ...invalid, filter: failureFilter },
  problemDetailsFilter: {
    handler: throwNotFoundException,
    filter: (app) => new HttpExceptionFilter(app.get(HttpAdapterHost)),
  },
  constantFilter: { handler: throwFailure, filter: () => new ConstantFilter(), stackTraces: 'server' },
  constantFilterWithStack: { handler: throwFailure, filter: () => new ConstantFilter() },
}

const adapters = { express: ExpressAdapter, fastify: FastifyAdapter }

/** Starts an application with one route and returns the listening server. */
export async function start(platform, route) {
  const { handler, decorators = [], parameter = Param('isbn'), filter, stackTraces = 'all' } = routes[route]
  Failure.stackTraces = stackTraces
  const app = await NestFactory.create(moduleWith(handler, decorators, parameter), new adapters[platform](), {
    logger: false,
  })
  if (filter !== undefined) app.useGlobalFilters(filter(app))
  await app.listen(0, '127.0.0.1')
  return app.getHttpServer()
}

/** Applies the decorators by hand, since this file is JavaScript. */
function moduleWith(handler, decorators, parameter) {
  class Books {
    find(isbn) {
      return handler(isbn)
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Books.prototype, 'find')
  parameter(Books.prototype, 'find', 0)
  for (const decorate of [...decorators, Get(':isbn')]) decorate(Books.prototype, 'find', descriptor)
  Object.defineProperty(Books.prototype, 'find', descriptor)
  Controller('books')(Books)

  class Bookshop {}
  Module({ controllers: [Books] })(Bookshop)
  return Bookshop
}
