import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { CatchingFailure, Failure, FailureResponder, NotFound } from 'http-failure'
import { BOOK, DETAIL, PROBLEM } from './books.js'

const failing = async () => {
  throw new NotFound(DETAIL)
}

const failingInHono = async () => {
  throw new HTTPException(404, { message: DETAIL })
}

const responder = new FailureResponder()
const responding = (error, context) => responder.toResponse(error, context.req.raw)

const constant = () => new Response(PROBLEM, { status: 404, headers: { 'Content-Type': 'application/problem+json' } })

/** The routes to compare: a handler, and who answers its failures. */
const routes = {
  happy: { handler: async (context) => context.json(BOOK) },
  responder: { handler: failing, onError: responding, stackTraces: 'server' },
  responderWithStack: { handler: failing, onError: responding },
  toResponse: { handler: failing, onError: (error) => error.toResponse(), stackTraces: 'server' },
  decorated: { handler: CatchingFailure()(failing, { kind: 'method', name: 'failing' }), stackTraces: 'server' },
  constant: { handler: failing, onError: constant, stackTraces: 'server' },
  hono: { handler: failingInHono },
}

/** Starts an application with one route, and gives the server that listens. */
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
