import { HttpException } from '@nestjs/common'
import type { Failure } from '../failure/failure.js'
import { retryAfter, validFields } from '../reply/header-fields.js'
import { mergeFields } from '../reply/merge-fields.js'

/** What an error may bring beside its message. Nest has no name for header fields; these are the usual ones. */
interface WithFields extends Error {
  readonly headers?: unknown
  getHeaders?(): unknown
  readonly retryAfter?: unknown
}

/** Gives a failure the header fields of an error: `headers` or `getHeaders()`, and `retryAfter`. */
export function withFieldsOf(error: WithFields, failure: Failure): Failure {
  const wait = retryAfter(error.retryAfter)
  const headers = mergeFields(failure.headers, validFields(headersOf(error)), wait)
  if (Object.keys(wait).length > 0) Object.assign(failure, { retryAfter: error.retryAfter })
  return Object.keys(headers).length > 0 ? Object.assign(failure, { headers }) : failure
}

function headersOf(error: WithFields): unknown {
  if (typeof error.getHeaders === 'function') return error.getHeaders()
  return error.headers ?? headersWithin(error)
}

/** Those of an error of `http-errors` that a platform has wrapped, such as the `Content-Range` of a 416. */
function headersWithin(error: Error): unknown {
  if (!(error instanceof HttpException) || error.constructor !== HttpException) return undefined
  const cause = error.cause as { expose?: unknown; statusCode?: unknown; headers?: unknown } | undefined
  return typeof cause?.expose === 'boolean' && cause.statusCode === error.getStatus() ? cause.headers : undefined
}
