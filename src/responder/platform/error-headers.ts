import type { Failure } from '../../failure/failure.js'
import { unpollutedMember } from '../../problem/unknown-values.js'
import { RESERVED_FIELDS, validFields } from '../../reply/header-fields.js'
import { mergeFields } from '../../reply/merge-fields.js'
import { retryAfterRule } from '../../reply/status-rules.js'

/** Header fields of an error. The packages share no name for them; these are the common ones. */
export interface WithHeaders extends Partial<Error> {
  readonly headers?: unknown
  getHeaders?(): unknown
  readonly retryAfter?: unknown
}

/** Adds the header fields of an error to a failure: `headers` or `getHeaders()`, and `retryAfter`. */
export function withHeadersOf(error: WithHeaders, failure: Failure): Failure {
  const given = typeof error.getHeaders === 'function' ? error.getHeaders() : unpollutedMember(error, 'headers')
  const retryAfter = unpollutedMember(error, 'retryAfter')
  if (given === undefined && retryAfter === undefined) return failure
  const wait = retryAfterRule.build(retryAfter)
  const headers = mergeFields(failure.headers, validFields(given, RESERVED_FIELDS), wait)
  if (Object.keys(wait).length > 0) Object.assign(failure, { retryAfter })
  return Object.keys(headers).length > 0 ? Object.assign(failure, { headers }) : failure
}
