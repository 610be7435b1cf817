import type { AbstractHttpAdapter } from '@nestjs/core'
import { routesOfExpress } from './routes-of-express.js'
import { routesOfFastify } from './routes-of-fastify.js'

/** The methods that the path of a request is known under; empty where it is unknown. */
export type MethodsOf = (request: PlatformRequest) => readonly string[]

/** The request of a platform, as far as a route is found by it. */
export interface PlatformRequest {
  readonly method: string
  readonly url: string
  readonly originalUrl?: string
}

/**
 * Asks the router of a platform, from before it knows its routes.
 *
 * @throws TypeError for a platform other than Express and Fastify
 */
export async function knownRoutes(adapter: AbstractHttpAdapter): Promise<MethodsOf> {
  const type = adapter.getType()
  if (type === 'express') return routesOfExpress(adapter)
  if (type === 'fastify') return routesOfFastify(adapter.getInstance())
  throw new TypeError(`methodNotAllowed asks the routers of Express and Fastify, not that of ${type || 'another one'}`)
}

/** The path of a request as it was sent, before a middleware or a router has rewritten it. */
export function pathOf({ originalUrl, url }: PlatformRequest): string {
  return (originalUrl ?? url).replace(/[?#].*$/s, '')
}
