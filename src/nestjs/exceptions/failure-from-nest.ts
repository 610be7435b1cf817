import type { HttpException } from '@nestjs/common'
import type { Failure } from '../../failure/failure.js'
import { isFailure } from '../../failure/is-failure.js'
import { responseStatus } from '../../failure/response-status.js'
import { isError } from '../../problem/is-error.js'
import { hasMethod } from '../../problem/unknown-values.js'
import { withHeadersOf } from '../../responder/platform/error-headers.js'
import { convertedFailure, failureFromPlatform } from '../../responder/platform/platform-failure.js'
import { isFailureStatus } from '../../status/failure-status.js'
import { membersOfException } from './exception-members.js'

/**
 * The Failure for an exception of Nest; `undefined` for any other error, and for an exception with another status than 4xx
 * or 5xx.
 *
 * Of a server error, only status and header fields are kept, since its message was not written for clients.
 */
export function failureFromNest(error: unknown): Failure | undefined {
  if (!isHttpException(error)) return undefined
  const status = error.getStatus()
  if (!isFailureStatus(status)) return undefined
  return (
    wrappedError(error, status, (cause) => failureFromPlatform(cause, undefined)) ?? failureFromException(error, status)
  )
}

/** The Failure that a middleware passed to `next()`, and that Nest's platforms wrap in an exception. */
export function failureWithin(error: unknown): Failure | undefined {
  if (!isHttpException(error)) return undefined
  return wrappedError(error, error.getStatus(), (cause) => (isFailure(cause) ? cause : undefined))
}

/** Whether an error is an `HttpException`, also of another copy of Nest. */
export function isHttpException(error: unknown): error is HttpException {
  return isError(error) && hasMethod(error, 'getStatus') && hasMethod(error, 'getResponse')
}

/**
 * The Failure for the error that Nest's platforms wrap in a plain exception with the same status and message. In any other
 * exception, an error is an ordinary cause and stays private.
 */
function wrappedError(
  { name, message, cause }: HttpException,
  status: number,
  convert: (cause: unknown) => Failure | undefined,
): Failure | undefined {
  if (!isError(cause) || !WRAPPERS.includes(name)) return undefined
  const isHidden = (cause as { readonly expose?: unknown }).expose === false
  if (cause.message !== message && !isHidden) return undefined
  const failure = convert(cause)
  return failure !== undefined && responseStatus(failure) === status ? failure : undefined
}

/** The second one is for content or a path that cannot be decoded. */
const WRAPPERS = ['HttpException', 'BadRequestException']

function failureFromException(exception: HttpException, status: number): Failure {
  if (status >= 500) return withHeadersOf(exception, convertedFailure(status, undefined, exception))
  const { detail, options, kind } = membersOfException(exception, status)
  const cause = options === undefined ? exception : { ...options, cause: exception }
  const failure = convertedFailure(status, detail, cause)
  return withHeadersOf(exception, kind === undefined ? failure : Object.assign(failure, kind))
}
