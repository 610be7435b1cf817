import { HttpException } from '@nestjs/common'
import type { Failure } from '../../failure/failure.js'
import { failureClass } from '../../failure/failure-class.js'
import type { FailureOptions } from '../../failure/failure-options.js'
import { isFailure } from '../../failure/is-failure.js'
import { responseStatus } from '../../failure/response-status.js'
import { withoutStackTrace } from '../../failure/stack-traces.js'
import { isFailureStatus } from '../../status/failure-status.js'
import { withFieldsOf } from './error-headers.js'
import { membersOfException } from './exception-members.js'
import { isPlatformError } from './platform-error.js'

/**
 * The Failure for an exception of Nest, including those that Nest creates for platform errors such as a malformed body, or
 * for an error of the platform itself; `undefined` for any other error.
 *
 * Of a server error, only status and header fields are kept, since its message was not written for clients.
 */
export function failureFromNest(error: unknown): Failure | undefined {
  return error instanceof HttpException ? failureFromException(error) : failureFromPlatform(error)
}

/**
 * The Failure that a middleware passed to `next()`, which Nest's platforms wrap in a plain exception with the same status
 * and message. In any other exception, a Failure is an ordinary cause and stays private.
 */
export function failureWithin(error: unknown): Failure | undefined {
  if (!(error instanceof HttpException) || error.constructor !== HttpException) return undefined
  const { cause } = error
  const isWrapped = isFailure(cause) && cause.message === error.message && responseStatus(cause) === error.getStatus()
  return isWrapped ? cause : undefined
}

function failureFromException(exception: HttpException): Failure | undefined {
  const status = exception.getStatus()
  if (!isFailureStatus(status)) return undefined
  if (status >= 500) return withFieldsOf(exception, converted(status, undefined, exception))
  const { detail, options, kind } = membersOfException(exception, status)
  const failure = converted(status, detail, options === undefined ? exception : { ...options, cause: exception })
  return withFieldsOf(exception, kind === undefined ? failure : Object.assign(failure, kind))
}

function failureFromPlatform(error: unknown): Failure | undefined {
  if (!isPlatformError(error)) return undefined
  const detail = error.expose === false ? undefined : error.message
  return withFieldsOf(error, converted(error.statusCode, detail, error))
}

/** Captures no stack trace, since the cause has one. */
function converted(status: number, detail: string | undefined, cause: Error | FailureOptions): Failure {
  return withoutStackTrace(() => new (failureClass(status))(detail, cause as FailureOptions))
}
