import { HttpException } from '@nestjs/common'
import { answeredStatus, isFailureStatus } from '../failure/answered-status.js'
import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { classFor } from '../failure/failure-for.js'
import { HttpStatus } from '../status/http-status.js'

/**
 * The Failure that stands for an exception of Nest, which is also what Nest makes of the errors of its platform, such
 * as a malformed body; `undefined` for any other error.
 *
 * A server error contributes its status alone, since its message was hardly written for a client.
 */
export function failureFromNest(error: unknown): Failure | undefined {
  if (!(error instanceof HttpException)) return undefined
  const status = error.getStatus()
  if (!isFailureStatus(status)) return undefined
  const FailureClass = classFor(status)
  const detail = HttpStatus.isClientError(status) ? detailOf(error.getResponse(), status) : undefined
  return new FailureClass(detail, { cause: error })
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

/** The message, or the messages of a `ValidationPipe`; one that only repeats the status is no detail. */
function detailOf(response: string | object, status: number): string | undefined {
  const message = typeof response === 'string' ? response : (response as { message?: unknown }).message
  const text = Array.isArray(message) ? message.join('; ') : message
  return typeof text === 'string' && text !== HttpStatus.phrase(status) ? text : undefined
}
