import type { AddressInfo } from 'node:net'
import {
  Controller,
  Get,
  type INestApplication,
  type MiddlewareConsumer,
  Module,
  type ModuleMetadata,
  type NestApplicationOptions,
  type Type,
} from '@nestjs/common'
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { NEST } from './nest-version.js'
import { type ReceivedResponse, type RequestInit, request } from './request.js'

// Starts real Nest applications on Express and Fastify.

/** The metadata of an application's root module, and its setup before it listens. */
export interface Application extends ModuleMetadata {
  readonly middleware?: readonly (Type | Function)[]
  readonly options?: NestApplicationOptions
  readonly configure?: (app: INestApplication) => unknown
}

/** A listening application. */
export interface Server {
  readonly app: INestApplication
  readonly origin: string
  get(path: string, init?: RequestInit): Promise<ReceivedResponse>
}

export interface Platform {
  readonly name: string
  start(application: Application): Promise<Server>
}

export const platforms: readonly Platform[] = [
  { name: 'Express', start: (application) => start(application, new ExpressAdapter()) },
  { name: 'Fastify', start: (application) => start(application, new FastifyAdapter()) },
]

/** Closes all applications started since the last call. Call it in `afterEach()` or `after()`. */
export async function closeServers(): Promise<void> {
  await Promise.all(started.splice(0).map((app) => app.close()))
}

const started: INestApplication[] = []

export async function start(application: Application, adapter: AbstractHttpAdapter): Promise<Server> {
  const { middleware = [], options, configure, ...metadata } = application
  class Root {
    configure(consumer: MiddlewareConsumer) {
      if (middleware.length > 0) consumer.apply(...middleware).forRoutes(NEST < 11 ? '*' : '*path')
    }
  }
  Module(metadata)(Root)
  const app = await NestFactory.create(Root, adapter, { logger: false, abortOnError: false, ...options })
  started.push(app)
  await configure?.(app)
  await app.listen(0, '127.0.0.1')
  const origin = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`
  return { app, origin, get: (path, init) => request(`${origin}${path}`, init) }
}

/** A controller with one route, `GET /books`, that throws. */
export function throwing(error: unknown): Type {
  @Controller('books')
  class Books {
    @Get()
    list() {
      throw error
    }
  }
  return Books
}
