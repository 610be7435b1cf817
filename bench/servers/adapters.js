import { createServer } from 'node:http'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import createError from 'http-errors'
import { Failure, NotFound } from 'http-failure'
import { failureHandler, notFound } from 'http-failure/express'
import { failures as fastifyFailures } from 'http-failure/fastify'
import { failures as honoFailures } from 'http-failure/hono'
import { failures as koaFailures } from 'http-failure/koa'
import { BOOK, DETAIL } from './books.js'

// The adapters, beside a successful route and the error handling of the framework.

/** Starts an application with one route: `happy`, `adapter` with a Failure, or `own` with an error of the framework. */
export async function start(platform, route) {
  Failure.stackTraces = route.endsWith('WithStack') ? 'all' : 'server'
  return starts[platform](route.replace('WithStack', ''))
}

const starts = {
  plainExpress: async (route) => {
    const { default: express } = await import('express')
    const app = express()
    app.set('env', 'test') // the default error handler would print each error
    app.get('/books/:isbn', async (_request, response) => {
      if (route === 'adapter') throw new NotFound(DETAIL)
      if (route === 'own') throw createError(404, DETAIL)
      response.json(BOOK)
    })
    if (route === 'adapter') app.use(notFound(), failureHandler())
    return listening(createServer(app))
  },
  plainFastify: async (route) => {
    const { fastify } = await import('fastify')
    const app = fastify()
    if (route === 'adapter') await app.register(fastifyFailures)
    app.get('/books/:isbn', async () => {
      if (route === 'adapter') throw new NotFound(DETAIL)
      if (route === 'own') throw createError(404, DETAIL)
      return BOOK
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    return app.server
  },
  koa: async (route) => {
    const { default: Koa } = await import('koa')
    const app = new Koa()
    if (route === 'adapter') app.use(koaFailures())
    app.use(async (context) => {
      if (route === 'adapter') throw new NotFound(DETAIL)
      if (route === 'own') context.throw(404, DETAIL)
      context.body = BOOK
    })
    return listening(createServer(app.callback()))
  },
  honoAdapter: (route) => {
    const app = route === 'adapter' ? honoFailures(new Hono()) : new Hono()
    app.get('/books/:isbn', async (context) => {
      if (route === 'adapter') throw new NotFound(DETAIL)
      if (route === 'own') throw new HTTPException(404, { message: DETAIL })
      return context.json(BOOK)
    })
    return new Promise((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(server))
    })
  },
}

function listening(server) {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
