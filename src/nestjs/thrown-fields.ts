import { HttpException } from '@nestjs/common'
import type { Failure } from '../failure/failure.js'
import { retryAfter, validFields } from '../reply/header-fields.js'
import { mergeFields } from '../reply/merge-fields.js'

/** What an exception may bring beside its response. Nest has no name for header fields; these are the usual ones. */
interface WithFields {
  readonly headers?: unknown
  getHeaders?(): unknown
  readonly retryAfter?: unknown
}

/** Gives a failure the header fields of an exception: `headers` or `getHeaders()`, and `retryAfter`. */
export function withFieldsOf(exception: HttpException & WithFields, failure: Failure): Failure {
  const wait = retryAfter(exception.retryAfter)
  const headers = mergeFields(failure.headers, validFields(headersOf(exception)), wait)
  if (Object.keys(wait).length > 0) Object.assign(failure, { retryAfter: exception.retryAfter })
  return Object.keys(headers).length > 0 ? Object.assign(failure, { headers }) : failure
}

function headersOf(exception: HttpException & WithFields): unknown {
  if (typeof exception.getHeaders === 'function') return exception.getHeaders()
  return exception.headers ?? headersWithin(exception)
}

/** Those of an error of `http-errors` that a platform has wrapped, such as the `Content-Range` of a 416. */
function headersWithin(exception: HttpException): unknown {
  const cause = exception.cause as { expose?: unknown; statusCode?: unknown; headers?: unknown } | undefined
  if (exception.constructor !== HttpException || typeof cause?.expose !== 'boolean') return undefined
  return cause.statusCode === exception.getStatus() ? cause.headers : undefined
}
