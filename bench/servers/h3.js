import { once } from 'node:events'
import { createServer } from 'node:http'
import { H3, HTTPError } from 'h3'
import { toNodeHandler } from 'h3/node'
import { CatchingFailure, Failure, NotFound } from 'http-failure'
import { BOOK, DETAIL } from './books.js'

const failing = async () => {
  throw new NotFound(DETAIL)
}

const failingInH3 = async () => {
  throw new HTTPError({ status: 404, message: DETAIL })
}

/** The routes to compare. */
const routes = {
  happy: { handler: async () => BOOK },
  decorated: { handler: CatchingFailure()(failing, { kind: 'method', name: 'failing' }), stackTraces: 'server' },
  h3: { handler: failingInH3 },
}

/** Starts an application with one route, and gives the server that listens. */
export async function start(_platform, route) {
  const { handler, stackTraces = 'all' } = routes[route]
  Failure.stackTraces = stackTraces
  const app = new H3()
  app.get('/books/:isbn', handler)
  const server = createServer(toNodeHandler(app))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
