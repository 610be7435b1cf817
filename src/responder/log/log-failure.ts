import type { Failure } from '../../failure/failure.js'
import { isExposed } from '../../failure/failure-snapshot.js'
import { responseStatus } from '../../failure/response-status.js'
import type { FailureContext } from '../failure-context.js'
import { formatFailure } from './format-failure.js'
import { oneLine } from './log-text.js'

/**
 * The default of `onFailure`: logs server failures and failures that are not exposed to the console, with their causes.
 * Other failures are not logged.
 *
 * @example Call it from your own hook:
 * ```ts
 * const responder = new FailureResponder({
 *   onFailure: (failure, context) => {
 *     logFailure(failure, context)
 *     metrics.count(failure.status)
 *   },
 * })
 * ```
 */
export function logFailure(failure: Failure, context: FailureContext): void {
  if (!isWorthLogging(failure)) return
  // The path comes from the client. As the first argument, it could contain format specifiers.
  console.error('%s', summaryLine(failure, context), formatFailure(failure))
}

/** Server failures, and failures whose details are withheld from the client. */
export function isWorthLogging(failure: Failure): boolean {
  return responseStatus(failure) >= 500 || !isExposed(failure)
}

/**
 * The response in one line: method, path and status, without the query, which may contain secrets. For another transport, its
 * name, the pattern of the message, and the handler.
 */
export function summaryLine(failure: Failure, context: FailureContext): string {
  const { transport = 'http', method, path, pattern, handler } = context
  const origin = transport === 'http' ? [method, path] : [transport, pattern, handler && `(${handler})`]
  const parts = origin.filter((part) => part !== undefined).map((part) => oneLine(part, LONGEST_PART))
  return [...parts, responseStatus(failure)].join(' ')
}

/** Longer paths are cut, since they come from the client. */
const LONGEST_PART = 500
