import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Controller, Get, Post, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { Hono } from 'hono'
import { failureHandler, notFound } from '../../src/express/index.js'
import { failures as fastifyFailures, frameworkErrors } from '../../src/fastify/index.js'
import { failures as honoFailures } from '../../src/hono/index.js'
import { type FailureResponderOptions, NotFound } from '../../src/index.js'
import { failures as koaFailures } from '../../src/koa/index.js'
import { FailureModule, frameworkErrors as nestFrameworkErrors } from '../../src/nestjs/index.js'
import { sendFailure } from '../../src/node/index.js'
import { type Handler, routes } from './bookshop.js'

// Starts the same bookshop on each server. Frameworks are untyped here, since both major versions are used.

/** A running server. */
export interface Running {
  readonly origin: string
  close(): Promise<unknown>
}

export type Start = (policy: FailureResponderOptions) => Promise<Running>

export const servers: Readonly<Record<string, Start>> = {
  Node: (policy) =>
    listening((request, response) => {
      const path = request.url?.replace(/\?.*/s, '') ?? ''
      const isRead = request.method === 'GET' || request.method === 'HEAD'
      const handler = Object.hasOwn(routes, path) && isRead ? routes[path] : undefined
      Promise.resolve()
        .then(() => {
          if (handler === undefined) throw new NotFound()
          return handler((name, value) => response.setHeader(name, value))
        })
        .then(
          (content) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(content)),
          (error) => sendFailure(error, request, response, policy),
        )
    }),
  'Express 5': (policy) => startExpress(require('express'), policy),
  'Express 4': (policy) => startExpress(require('express4'), policy),
  'Fastify 5': (policy) => startFastify(require('fastify'), policy),
  'Fastify 4': (policy) => startFastify(require('fastify4'), policy),
  'Koa 3': (policy) => startKoa(require('koa'), policy),
  'Koa 2': (policy) => startKoa(require('koa2'), policy),
  Hono: startHono,
  'Nest on Express': (policy) => startNest(new ExpressAdapter(), policy),
  'Nest on Fastify': (policy) =>
    startNest(new FastifyAdapter({ frameworkErrors: nestFrameworkErrors(policy) }), policy),
}

export async function listening(listener: RequestListener | Server): Promise<Running> {
  const server = typeof listener === 'function' ? createServer(listener) : listener
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, close }
}

function startExpress(express: any, policy: FailureResponderOptions): Promise<Running> {
  const app = express()
  app.use(express.json({ limit: '1kb' }))
  for (const [path, handler] of Object.entries(routes)) {
    // Express 4 does not await a handler.
    app.get(path, (_: unknown, response: any, next: (error?: unknown) => void) => {
      run(handler, (name, value) => response.setHeader(name, value)).then(
        (content) => response.json(content),
        nonEmpty(next),
      )
    })
  }
  app.post('/orders', (_: unknown, response: any) => response.json({ ordered: true }))
  app.use(notFound())
  app.use(failureHandler(policy))
  return listening(app)
}

/** Express regards `next(null)` as success. */
function nonEmpty(next: (error: unknown) => void): (error: unknown) => void {
  return (error) => next(error ?? new Error('nothing was thrown'))
}

async function startFastify(fastify: any, policy: FailureResponderOptions): Promise<Running> {
  const app = fastify({ frameworkErrors: frameworkErrors(policy), bodyLimit: 1024 })
  await app.register(fastifyFailures, policy)
  for (const [path, handler] of Object.entries(routes)) {
    app.get(path, (_: unknown, reply: any) => run(handler, (name, value) => reply.header(name, value)))
  }
  app.post('/orders', async () => ({ ordered: true }))
  await app.listen({ port: 0 })
  return { origin: `http://localhost:${app.server.address().port}`, close: () => app.close() }
}

async function startKoa(Koa: any, policy: FailureResponderOptions): Promise<Running> {
  const app = new Koa()
  app.use(koaFailures(policy))
  app.use(async (context: any) => {
    if (context.method === 'POST' && context.path === '/orders') {
      const { json } = require('co-body')
      await json(context, { limit: '1kb' })
      context.body = { ordered: true }
      return
    }
    const handler = Object.hasOwn(routes, context.path) ? routes[context.path] : undefined
    if (handler === undefined || !['GET', 'HEAD'].includes(context.method)) return
    context.body = await run(handler, (name, value) => context.set(name, value))
  })
  return listening(app.callback())
}

async function startHono(policy: FailureResponderOptions): Promise<Running> {
  const app = honoFailures(new Hono(), policy)
  for (const [path, handler] of Object.entries(routes)) {
    app.get(path, async (context) => {
      const content = await run(handler, (name, value) => {
        for (const each of [value].flat()) context.header(name, each, { append: Array.isArray(value) })
      })
      return context.json(content as object)
    })
  }
  app.post('/orders', async ({ req, json }) => {
    await req.json()
    return json({ ordered: true })
  })
  // By default, it replaces the Response of all specs.
  return listening(createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server)
}

async function startNest(adapter: ExpressAdapter | FastifyAdapter, policy: FailureResponderOptions): Promise<Running> {
  class Bookshop {
    order() {
      return { ordered: true }
    }
  }
  const methods = Bookshop.prototype as unknown as Record<string, Function>
  for (const [path, handler] of Object.entries(routes)) {
    methods[path] = (response: any) =>
      run(handler, (name, value) =>
        'raw' in response ? response.header(name, value) : response.setHeader(name, value),
      )
    Res({ passthrough: true })(Bookshop.prototype, path, 0)
    Get(path)(Bookshop.prototype, path, Object.getOwnPropertyDescriptor(methods, path) as never)
  }
  Post('orders')(Bookshop.prototype, 'order', Object.getOwnPropertyDescriptor(methods, 'order') as never)
  Controller()(Bookshop)
  const module = { module: class {}, imports: [FailureModule.forRoot(policy)], controllers: [Bookshop] }
  const app = await NestFactory.create(module, adapter, { logger: false })
  await app.listen(0)
  return { origin: `http://localhost:${app.getHttpServer().address().port}`, close: () => app.close() }
}

async function run(handler: Handler, set: (name: string, value: any) => unknown): Promise<unknown> {
  return handler((name, value) => void set(name, value))
}
