import { NotFoundException } from '@nestjs/common'
import type { AbstractHttpAdapter } from '@nestjs/core'
import { MethodNotAllowed } from '../failure/client-failures.js'
import type { FailureContext } from '../responder/failure-context.js'
import { knownRoutes, type PlatformRequest } from './known-routes.js'

/** Translates an error, or leaves it alone. */
export type Translation = (error: unknown, context: FailureContext) => MethodNotAllowed | undefined

/**
 * Makes a 405 with `Allow` of the 404 that Nest answers for a path that is known under other methods.
 * RFC 9110, 15.5.6
 *
 * @throws TypeError for a platform whose router cannot be asked
 */
export async function methodNotAllowedOn(adapter: AbstractHttpAdapter): Promise<Translation> {
  const methodsOf = await knownRoutes(adapter)
  return (error, { raw }) => {
    const request = raw as PlatformRequest
    if (!isOfRouter(error, request)) return undefined
    const allow = methodsOf(request)
    // A path that has nothing but OPTIONS is one that CORS has answered for, and a version may be what is missing.
    if (allow.includes(request.method) || allow.every((method) => method === 'OPTIONS')) return undefined
    return new MethodNotAllowed(`${request.method} is not allowed here.`, { allow, cause: error })
  }
}

/** By the words that Nest has for it, since a handler throws the same exception for what it does not find. */
function isOfRouter(error: unknown, { method }: PlatformRequest): boolean {
  return error instanceof NotFoundException && error.message.startsWith(`Cannot ${method} /`)
}
