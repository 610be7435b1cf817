import { isObject } from '../problem/foreign-values.js'

/**
 * The request to answer, among the arguments of a method: a genuine Fetch `Request` that is an argument itself, its
 * `request` (an event of SvelteKit), or its `req.raw` (a context of Hono).
 */
export function requestAmong(given: readonly unknown[]): Request | undefined {
  for (const argument of given) {
    const request = requestIn(argument)
    if (request !== undefined) return request
  }
  return undefined
}

interface MayHaveRequest {
  readonly request?: unknown
  readonly req?: { readonly raw?: unknown }
}

function requestIn(argument: unknown): Request | undefined {
  if (!isObject(argument)) return undefined
  try {
    if (isRequest(argument)) return argument
    const { request, req } = argument as MayHaveRequest
    return [request, req?.raw].find(isRequest)
  } catch {
    // The argument is somebody else's, and so are its getters and traps.
    return undefined
  }
}

function isRequest(value: unknown): value is Request {
  return typeof globalThis.Request === 'function' && value instanceof globalThis.Request
}
