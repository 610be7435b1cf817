import { isObject } from '../problem/unknown-values.js'

/**
 * The request among the arguments of a method: a Fetch `Request` that is an argument, its `request` (a SvelteKit event), or
 * its `req.raw` (a Hono context).
 */
export function requestAmong(given: readonly unknown[]): Request | undefined {
  for (const argument of given) {
    const request = fetchRequestIn(argument)
    if (request !== undefined) return request
  }
  return undefined
}

interface MayHaveRequest {
  readonly request?: unknown
  readonly req?: { readonly raw?: unknown }
}

function fetchRequestIn(argument: unknown): Request | undefined {
  if (!isObject(argument)) return undefined
  try {
    if (isFetchRequest(argument)) return argument
    const { request, req } = argument as MayHaveRequest
    return [request, req?.raw].find(isFetchRequest)
  } catch {
    // Getters and proxies may throw.
    return undefined
  }
}

function isFetchRequest(value: unknown): value is Request {
  return typeof globalThis.Request === 'function' && value instanceof globalThis.Request
}
