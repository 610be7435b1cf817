import type { AbstractHttpAdapter } from '@nestjs/core'
import type { MethodsOf } from './route-lookup.js'
import { routesOfExpress } from './routes-of-express.js'
import { routesOfFastify } from './routes-of-fastify.js'

/**
 * Asks the router of a platform, from before it knows its routes.
 *
 * @throws TypeError for a platform other than Express and Fastify
 */
export async function knownRoutes(adapter: AbstractHttpAdapter): Promise<MethodsOf> {
  const type = adapter.getType()
  if (type === 'express') return routesOfExpress(adapter)
  if (type === 'fastify') return routesOfFastify(adapter.getInstance())
  throw new TypeError(`methodNotAllowed asks the routers of Express and Fastify, not that of ${type}`)
}
