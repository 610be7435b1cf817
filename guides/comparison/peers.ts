import 'reflect-metadata'
import * as Boom from '@hapi/boom'
import {
  Controller,
  Get,
  type INestApplication,
  InternalServerErrorException,
  Module,
  HttpStatus as NestStatus,
  NotFoundException,
} from '@nestjs/common'
import { HttpAdapterHost, NestFactory } from '@nestjs/core'
import { H3, HTTPError } from 'h3'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { StatusCodes } from 'http-status-codes'
import { HttpExceptionFilter } from 'nest-problem-details-filter'
import { FailureResponder, failureFromResponse, HttpStatus, InternalServerError, NotFound } from '../../src/index.js'
import { byAccept, html, problemJson, text } from '../../src/representations/index.js'
import { DETAIL, type Peer, SECRET, type Thrown } from './peer.js'

// Each peer as its documentation shows it, without configuration.

const silent = { onFailure: () => undefined, onWarning: () => undefined }
const responder = new FailureResponder({ represent: byAccept(problemJson, html, text), ...silent })

const httpFailure: Peer = {
  name: '`http-failure`',
  package: 'http-failure',
  respond: async (thrown, accept) =>
    responder.toResponse(
      pick(
        thrown,
        () => new NotFound(DETAIL),
        () => new InternalServerError(SECRET),
      ),
      new Request('http://localhost/', { headers: { accept } }),
    ),
  methodNotAllowed: `import { MethodNotAllowed } from 'http-failure'\nthrow new MethodNotAllowed()`,
  restore: (response) => failureFromResponse(response),
  codes: () => [...HttpStatus].map(({ code }) => code),
  description: (code) => HttpStatus.description(code),
  bundled: `import { NotFound } from 'http-failure'\nconsole.log(new NotFound('').toResponse())`,
}

const nest: Peer = {
  name: 'Nest',
  package: '@nestjs/common',
  respond: (thrown, accept) => responseOfNest(thrown, accept, () => undefined),
  methodNotAllowed: `import { MethodNotAllowedException } from '@nestjs/common'\nthrow new MethodNotAllowedException()`,
  codes: () => Object.values(NestStatus).filter((code) => typeof code === 'number'),
}

const problemDetailsFilter: Peer = {
  name: '`nest-problem-details-filter`',
  package: 'nest-problem-details-filter',
  respond: (thrown, accept) =>
    responseOfNest(thrown, accept, (app) => app.useGlobalFilters(new HttpExceptionFilter(app.get(HttpAdapterHost)))),
  methodNotAllowed: `import { ProblemDetailsException } from 'nest-problem-details-filter'
throw new ProblemDetailsException({ status: 405, title: 'Method Not Allowed' })`,
}

/** `http-errors` and Express are imported without types, because they do not include any. */
const [createError, express] = ['http-errors', 'express'].map((name) => require(name))

const httpErrors: Peer = {
  name: '`http-errors`',
  package: 'http-errors',
  async respond(thrown, accept) {
    const app = express()
    app.set('env', 'production')
    app.get('/', () => {
      throw pick(
        thrown,
        () => createError(404, DETAIL),
        () => createError(500, SECRET),
      )
    })
    const server = await new Promise<import('node:http').Server>((resolve) => {
      const started = app.listen(0, () => resolve(started))
    })
    const { port } = server.address() as import('node:net').AddressInfo
    return fetch(`http://localhost:${port}/`, { headers: { accept } }).finally(() => server.close())
  },
  codes: () => Object.keys(createError).map(Number).filter(Boolean),
  bundled: `import createError from 'http-errors'\nconsole.log(createError(404, ''))`,
}

const boom: Peer = {
  name: 'Boom',
  package: '@hapi/boom',
  // As hapi does: sends the payload and the header fields of the error's `output`.
  async respond(thrown) {
    const unknown = () => Boom.boomify(new Error(SECRET))
    const { output } = pick(
      thrown,
      () => Boom.notFound(DETAIL),
      () => Boom.badImplementation(SECRET),
      unknown,
    )
    return Response.json(output.payload, {
      status: output.statusCode,
      headers: output.headers as Record<string, string>,
    })
  },
  methodNotAllowed: `import * as Boom from '@hapi/boom'\nthrow Boom.methodNotAllowed()`,
  bundled: `import * as Boom from '@hapi/boom'\nconsole.log(Boom.notFound(''))`,
}

const hono: Peer = {
  name: 'Hono',
  package: 'hono',
  async respond(thrown, accept) {
    const app = new Hono()
    app.get('/', () => {
      throw pick(
        thrown,
        () => new HTTPException(404, { message: DETAIL }),
        () => new HTTPException(500, { message: SECRET }),
      )
    })
    return app.request('/', { headers: { accept } })
  },
  methodNotAllowed: `import { HTTPException } from 'hono/http-exception'\nthrow new HTTPException(405)`,
  bundled: `import { HTTPException } from 'hono/http-exception'\nconsole.log(new HTTPException(404).getResponse())`,
}

const h3: Peer = {
  name: 'h3',
  package: 'h3',
  async respond(thrown, accept) {
    const app = new H3({ silent: true }).get('/', () => {
      throw pick(
        thrown,
        () => new HTTPError({ status: 404, message: DETAIL }),
        () => new HTTPError({ status: 500, message: SECRET }),
      )
    })
    return app.request('/', { headers: { accept } })
  },
  methodNotAllowed: `import { HTTPError } from 'h3'\nthrow new HTTPError({ status: 405 })`,
}

const httpStatusCodes: Peer = {
  name: '`http-status-codes`',
  package: 'http-status-codes',
  codes: () => Object.values(StatusCodes).filter((code) => typeof code === 'number'),
}

export const peers: readonly Peer[] = [
  httpFailure,
  nest,
  problemDetailsFilter,
  httpErrors,
  boom,
  hono,
  h3,
  httpStatusCodes,
]

/** Creates the error to throw. By default, the unknown error is a plain `Error`. */
function pick<NotFound, ServerError, Unknown = Error>(
  thrown: Thrown,
  notFound: () => NotFound,
  serverError: () => ServerError,
  unknown: () => Unknown = () => new Error(SECRET) as Unknown,
): NotFound | ServerError | Unknown {
  if (thrown === 'a 404 with a detail') return notFound()
  return thrown === 'a 500 with a message' ? serverError() : unknown()
}

async function responseOfNest(
  thrown: Thrown,
  accept: string,
  setUp: (app: INestApplication) => unknown,
): Promise<Response> {
  @Controller()
  class Books {
    @Get()
    show() {
      throw pick(
        thrown,
        () => new NotFoundException(DETAIL),
        () => new InternalServerErrorException(SECRET),
      )
    }
  }
  @Module({ controllers: [Books] })
  class Bookshop {}
  const app = await NestFactory.create(Bookshop, { logger: false })
  setUp(app)
  await app.listen(0)
  return fetch(await app.getUrl(), { headers: { accept } }).finally(() => app.close())
}
