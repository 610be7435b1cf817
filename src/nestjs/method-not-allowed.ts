import { NotFoundException } from '@nestjs/common'
import type { AbstractHttpAdapter } from '@nestjs/core'
import { MethodNotAllowed } from '../failure/client-failures.js'
import type { FailureContext } from '../responder/failure-context.js'
import { knownRoutes } from './known-routes.js'
import type { MethodsOf, PlatformRequest } from './route-lookup.js'

/**
 * Makes a 405 with `Allow` of the 404 that Nest answers for a path that is known under other methods, once it has been
 * told of a platform. RFC 9110, 15.5.6
 */
export class MethodNotAllowedTranslation {
  private methodsOf: MethodsOf = () => []

  /**
   * To be called before the routes are registered.
   *
   * @throws TypeError for a platform whose router cannot be asked
   */
  async watch(adapter: AbstractHttpAdapter): Promise<void> {
    this.methodsOf = await knownRoutes(adapter)
  }

  translate(error: unknown, { raw }: FailureContext): MethodNotAllowed | undefined {
    const request = raw as PlatformRequest | undefined
    if (request === undefined || !isOfRouter(error, request)) return undefined
    const allow = this.methodsOf(request)
    // A path that has nothing but OPTIONS is one that CORS has answered for, and a version may be what is missing.
    if (allow.includes(request.method) || allow.every((method) => method === 'OPTIONS')) return undefined
    return new MethodNotAllowed(`${request.method} is not allowed here.`, { allow, cause: error })
  }
}

/** By the words that Nest has for it, since a handler throws the same exception for what it does not find. */
function isOfRouter(error: unknown, { method }: PlatformRequest): boolean {
  return error instanceof NotFoundException && error.message.startsWith(`Cannot ${method} /`)
}
