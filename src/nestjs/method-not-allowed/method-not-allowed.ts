import { NotFoundException } from '@nestjs/common'
import type { AbstractHttpAdapter } from '@nestjs/core'
import { MethodNotAllowed } from '../../failure/client-failures.js'
import { formatValue } from '../../problem/format-value.js'
import type { FailureContext } from '../../responder/failure-context.js'
import { routesOfExpress } from './express-routes.js'
import { routesOfFastify } from './fastify-routes.js'
import type { MethodsOf, PlatformRequest } from './route-lookup.js'

/**
 * Translates Nest's 404 to a 405 with `Allow` if the path exists under other methods. Needs `watch()` first. RFC 9110, 15.5.6
 */
export class MethodNotAllowedTranslation {
  private methodsOf: MethodsOf = () => []

  /**
   * Collects the routes of a platform. Call it before they are registered.
   *
   * @throws TypeError for a platform other than Express and Fastify
   */
  async watch(adapter: AbstractHttpAdapter): Promise<void> {
    this.methodsOf = await knownRoutes(adapter)
  }

  translate(error: unknown, { raw }: FailureContext): MethodNotAllowed | undefined {
    const request = raw as PlatformRequest | undefined
    if (request === undefined || !isUnknownRoute(error, request)) return undefined
    const allow = this.methodsOf(request)
    // If only OPTIONS is known, CORS has registered it; and if the method is known, a version may be missing.
    if (allow.includes(request.method) || allow.every((method) => method === 'OPTIONS')) return undefined
    return new MethodNotAllowed(`${request.method} is not allowed for this resource.`, { allow, cause: error })
  }
}

/** Checks the message, since handlers throw the same exception. */
function isUnknownRoute(error: unknown, { method }: PlatformRequest): boolean {
  return error instanceof NotFoundException && error.message.startsWith(`Cannot ${method} /`)
}

/**
 * Looks up the methods of a path in the router of a platform. Call it before the routes are registered.
 *
 * @throws TypeError for a platform other than Express and Fastify
 */
async function knownRoutes(adapter: AbstractHttpAdapter): Promise<MethodsOf> {
  const type = adapter.getType()
  if (type === 'express') return routesOfExpress(adapter)
  if (type === 'fastify') return routesOfFastify(adapter.getInstance())
  throw new TypeError(`FailureModule: "methodNotAllowed" requires Express or Fastify, received ${formatValue(type)}`)
}
