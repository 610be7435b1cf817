import type { Failure } from '../../failure/failure.js'
import { failureClass } from '../../failure/failure-class.js'
import type { FailureOptions } from '../../failure/failure-options.js'
import { withoutStackTrace } from '../../failure/stack-traces.js'
import { isError } from '../../problem/is-error.js'
import { isFailureStatus } from '../../status/failure-status.js'
import { isClientAbort } from './client-abort.js'
import { type WithHeaders, withHeadersOf } from './error-headers.js'
import { platformErrorIn } from './platform-error.js'
import { publicDetail } from './public-detail.js'

/**
 * The Failure for an error of a platform or of its middleware, such as a body parser: with its status and header fields, and
 * below 500, with its message. Also the Failure for an error that the client has caused by closing the connection: a 400,
 * which it won't receive. `undefined` for any other error.
 */
export function failureFromPlatform(error: unknown, request: unknown): Failure | undefined {
  try {
    const found = platformErrorIn(error)
    if (found === undefined && isClientAbort(error, request)) return convertedFailure(400, CLIENT_ABORT, error as Error)
    if (found === undefined || !isFailureStatus(found.status)) return undefined
    const { status, message, headers } = found
    const detail = status < 500 && !isOfNode(error) ? publicDetail(message, status) : undefined
    const failure = convertedFailure(status, detail, isError(error) ? error : { cause: error })
    return withHeadersOf({ headers, retryAfter: (error as WithHeaders).retryAfter }, failure)
  } catch {
    // Reading the error may throw.
    return undefined
  }
}

const CLIENT_ABORT = 'The client has closed the connection.'

/** Whether an error was created by Node, whose messages contain paths, and converted by `http-errors`. */
function isOfNode(error: unknown): boolean {
  const { syscall, code } = error as { readonly syscall?: unknown; readonly code?: unknown }
  return typeof syscall === 'string' || (typeof code === 'string' && /^(?:ERR_|MODULE_NOT_FOUND$)/.test(code))
}

/** Captures no stack trace, since the cause has one. */
export function convertedFailure(status: number, detail: string | undefined, cause: Error | FailureOptions): Failure {
  return withoutStackTrace(() => new (failureClass(status))(detail, cause as FailureOptions))
}
