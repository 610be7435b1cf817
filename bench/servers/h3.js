import { once } from 'node:events'
import { createServer } from 'node:http'
import { H3, HTTPError } from 'h3'
import { toNodeHandler } from 'h3/node'
import { CatchingFailure, Failure, NotFound } from 'http-failure'
import { FastResponse } from 'srvx'
import { BOOK, DETAIL } from './books.js'

const throwFailure = async () => {
  throw new NotFound(DETAIL)
}

const throwHTTPError = async () => {
  throw new HTTPError({ status: 404, message: DETAIL })
}

const decorated = CatchingFailure()(throwFailure, { kind: 'method', name: 'throwFailure' })

/** The routes to compare, and the global `Response` class of their process. */
const routes = {
  happy: { handler: async () => BOOK },
  decorated: { handler: decorated, stackTraces: 'server' },
  decoratedFast: { handler: decorated, stackTraces: 'server', Response: FastResponse },
  h3: { handler: throwHTTPError },
}

/** Starts an application with one route and returns the listening server. */
export async function start(_platform, route) {
  const { handler, stackTraces = 'all', Response = globalThis.Response } = routes[route]
  Failure.stackTraces = stackTraces
  globalThis.Response = Response
  const app = new H3()
  app.get('/books/:isbn', handler)
  const server = createServer(toNodeHandler(app))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
