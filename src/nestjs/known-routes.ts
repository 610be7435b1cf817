import type { AbstractHttpAdapter } from '@nestjs/core'
import { formatValue } from '../problem/format-value.js'
import type { MethodsOf } from './route-lookup.js'
import { routesOfExpress } from './routes-of-express.js'
import { routesOfFastify } from './routes-of-fastify.js'

/**
 * Looks up the methods of a path in the router of a platform. Call it before the routes are registered.
 *
 * @throws TypeError for a platform other than Express and Fastify
 */
export async function knownRoutes(adapter: AbstractHttpAdapter): Promise<MethodsOf> {
  const type = adapter.getType()
  if (type === 'express') return routesOfExpress(adapter)
  if (type === 'fastify') return routesOfFastify(adapter.getInstance())
  throw new TypeError(`FailureModule: "methodNotAllowed" requires Express or Fastify, received ${formatValue(type)}`)
}
