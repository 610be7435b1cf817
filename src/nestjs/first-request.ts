import { isObject } from '../problem/foreign-values.js'
import type { RequestLike } from '../responder/failure-context.js'

/** The first request that is found in one of several places: what has header fields. */
export function firstRequest(...places: readonly (() => unknown)[]): RequestLike | undefined {
  for (const place of places) {
    try {
      const found = place()
      if (isRequest(found)) return found
    } catch {
      // The place is somebody else's, and so are its getters.
    }
  }
  return undefined
}

function isRequest(value: unknown): value is RequestLike {
  return isObject(value) && 'headers' in value && isObject(value.headers)
}
