import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { CatchingFailure, Failure, FailureResponder, NotFound } from 'http-failure'
import { BOOK, DETAIL, PROBLEM } from './books.js'

const throwFailure = async () => {
  throw new NotFound(DETAIL)
}

const throwHTTPException = async () => {
  throw new HTTPException(404, { message: DETAIL })
}

const responder = new FailureResponder()
const respond = (error, context) => responder.toResponse(error, context.req.raw)

const sendConstant = () =>
  new Response(PROBLEM, { status: 404, headers: { 'Content-Type': 'application/problem+json' } })

/** The routes to compare: a handler, and the error handler. */
const routes = {
  happy: { handler: async (context) => context.json(BOOK) },
  responder: { handler: throwFailure, onError: respond, stackTraces: 'server' },
  responderWithStack: { handler: throwFailure, onError: respond },
  toResponse: { handler: throwFailure, onError: (error) => error.toResponse(), stackTraces: 'server' },
  decorated: {
    handler: CatchingFailure()(throwFailure, { kind: 'method', name: 'throwFailure' }),
    stackTraces: 'server',
  },
  constant: { handler: throwFailure, onError: sendConstant, stackTraces: 'server' },
  hono: { handler: throwHTTPException },
}

/** Starts an application with one route and returns the listening server. */
export function start(_platform, route) {
  const { handler, onError, stackTraces = 'all' } = routes[route]
  Failure.stackTraces = stackTraces
  const app = new Hono()
  app.get('/books/:isbn', handler)
  if (onError !== undefined) app.onError(onError)
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(server))
  })
}
