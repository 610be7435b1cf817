import { HttpException } from '@nestjs/common'
import { answeredStatus, isFailureStatus } from '../failure/answered-status.js'
import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { classFor } from '../failure/failure-for.js'
import { HttpStatus } from '../status/http-status.js'
import { membersOfException } from './exception-members.js'
import { isPlatformError } from './platform-error.js'
import { withFieldsOf } from './thrown-fields.js'

/**
 * The Failure that stands for an exception of Nest, which is also what Nest makes of most errors of its platform, such
 * as a malformed body, or for an error of the platform itself; `undefined` for any other error.
 *
 * A server error contributes its status and header fields alone, since its message was hardly written for a client.
 */
export function failureFromNest(error: unknown): Failure | undefined {
  return error instanceof HttpException ? failureFromException(error) : failureFromPlatform(error)
}

/**
 * The Failure that a middleware gave to `next()`: Nest's platforms wrap it in a plain exception of its status and with
 * its message. In any other exception, a Failure is a cause like others, and none of the client's business.
 */
export function failureWithin(error: unknown): Failure | undefined {
  if (!(error instanceof HttpException) || error.constructor !== HttpException) return undefined
  const { cause } = error
  const isWrapped = isFailure(cause) && cause.message === error.message && answeredStatus(cause) === error.getStatus()
  return isWrapped ? cause : undefined
}

function failureFromException(exception: HttpException): Failure | undefined {
  const status = exception.getStatus()
  if (!isFailureStatus(status)) return undefined
  const FailureClass = classFor(status)
  if (HttpStatus.isServerError(status)) return withFieldsOf(exception, new FailureClass({ cause: exception }))
  const { detail, options, kind } = membersOfException(exception)
  const failure = new FailureClass(detail, { ...options, cause: exception })
  return withFieldsOf(exception, Object.assign(failure, kind))
}

function failureFromPlatform(error: unknown): Failure | undefined {
  if (!isPlatformError(error)) return undefined
  const detail = error.expose === false ? undefined : error.message
  return withFieldsOf(error, new (classFor(error.statusCode))(detail, { cause: error }))
}
