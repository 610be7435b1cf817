import { HttpException } from '@nestjs/common'
import type { Failure } from '../../failure/failure.js'
import { validFields } from '../../reply/header-fields.js'
import { mergeFields } from '../../reply/merge-fields.js'
import { retryAfterRule } from '../../reply/status-rules.js'

/** Header fields of an error. Nest defines no name for them; these are the common ones. */
interface WithFields extends Error {
  readonly headers?: unknown
  getHeaders?(): unknown
  readonly retryAfter?: unknown
}

/** Adds the header fields of an error to a failure: `headers` or `getHeaders()`, and `retryAfter`. */
export function withFieldsOf(error: WithFields, failure: Failure): Failure {
  const given = headersOfError(error)
  if (given === undefined && error.retryAfter === undefined) return failure
  const wait = retryAfterRule.build(error.retryAfter)
  const headers = mergeFields(failure.headers, validFields(given), wait)
  if (Object.keys(wait).length > 0) Object.assign(failure, { retryAfter: error.retryAfter })
  return Object.keys(headers).length > 0 ? Object.assign(failure, { headers }) : failure
}

function headersOfError(error: WithFields): unknown {
  if (typeof error.getHeaders === 'function') return error.getHeaders()
  return error.headers ?? headersWithin(error)
}

/** The header fields of an `http-errors` error wrapped by the platform, such as `Content-Range` of a 416. */
function headersWithin(error: Error): unknown {
  if (!(error instanceof HttpException) || error.constructor !== HttpException) return undefined
  const cause = error.cause as { expose?: unknown; statusCode?: unknown; headers?: unknown } | undefined
  return typeof cause?.expose === 'boolean' && cause.statusCode === error.getStatus() ? cause.headers : undefined
}
