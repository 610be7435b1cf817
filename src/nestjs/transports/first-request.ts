import { isObject } from '../../problem/unknown-values.js'
import type { RequestLike } from '../../responder/failure-context.js'

/** The first of several candidates that is a request, that is, has header fields. */
export function firstRequest(...candidates: readonly (() => unknown)[]): RequestLike | undefined {
  for (const candidate of candidates) {
    try {
      const value = candidate()
      if (hasHeaders(value)) return value
    } catch {
      // Getters may throw.
    }
  }
  return undefined
}

function hasHeaders(value: unknown): value is RequestLike {
  return isObject(value) && 'headers' in value && isObject(value.headers)
}
