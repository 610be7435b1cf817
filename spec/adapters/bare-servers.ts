import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listening, type Running } from './servers.js'

// Servers without an adapter, whose only route throws.

/** Starts a server whose route `/` throws the error. */
export type StartBare = (error: Error) => Promise<Running>

export const bareServers: Readonly<Record<string, StartBare>> = {
  'Express 5': (error) => {
    const app = require('express')()
    app.set('env', 'production')
    app.get('/', () => {
      throw error
    })
    return listening(app)
  },
  'Fastify 5': async (error) => {
    const app = require('fastify')()
    app.get('/', async () => {
      throw error
    })
    return { origin: await app.listen({ port: 0 }), close: () => app.close() }
  },
  'Koa 3': (error) => {
    const app = new (require('koa'))()
    app.silent = true
    app.use(() => {
      throw error
    })
    return listening(app.callback())
  },
  Hono: async (error) => {
    const { Hono } = require('hono')
    return fetching(
      new Hono().get('/', () => {
        throw error
      }).fetch,
    )
  },
  'h3 2': async (error) => {
    const { H3 } = await import('h3')
    const app = new H3({ silent: true })
    app.get('/', () => {
      throw error
    })
    return fetching((request) => app.fetch(request))
  },
  'hapi 21': async (error) => {
    const server = require('@hapi/hapi').server({ port: 0, debug: false })
    server.route({
      method: 'GET',
      path: '/',
      handler: () => {
        throw error
      },
    })
    await server.start()
    return { origin: `http://localhost:${server.info.port}`, close: () => server.stop() }
  },
  'Elysia 1': async (error) => {
    const { Elysia } = require('elysia')
    const app = new Elysia().get('/', () => {
      throw error
    })
    return fetching((request) => app.handle(request))
  },
  'tRPC 11': async (error) => {
    const { initTRPC } = require('@trpc/server')
    const { fetchRequestHandler } = require('@trpc/server/adapters/fetch')
    const { router, procedure } = initTRPC.create({ isDev: false })
    const appRouter = router({
      book: procedure.query(() => {
        throw error
      }),
    })
    return fetching((request) => {
      const { origin } = new URL(request.url)
      const query = new Request(`${origin}/book`, request)
      return fetchRequestHandler({ endpoint: '/', req: query, router: appRouter, createContext: () => ({}) })
    })
  },
}

/** Serves a Fetch handler on Node. */
export function fetching(handle: (request: Request) => Response | Promise<Response>): Promise<Running> {
  return listening(
    createServer(async (incoming: IncomingMessage, outgoing: ServerResponse) => {
      const url = `http://${incoming.headers.host}${incoming.url}`
      const response = await handle(new Request(url, { method: incoming.method ?? 'GET' }))
      outgoing.writeHead(response.status, Object.fromEntries(response.headers))
      outgoing.end(Buffer.from(await response.arrayBuffer()))
    }),
  )
}
