import type { Failure } from '../failure/failure.js'
import { isExposed } from '../failure/failure-snapshot.js'
import { responseStatus } from '../failure/response-status.js'
import { causesToShow } from './cause-chain.js'
import type { FailureContext } from './failure-context.js'
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
  const summary = summaryLine(failure, context)
  try {
    // The path comes from the client. As the first argument, it could contain format specifiers.
    console.error('%s', summary, ...causesToShow(failure))
  } catch {
    // Printing an error may throw; the failure must not go unnoticed.
    console.error('%s', summary, '(an error that cannot be printed)')
  }
}

/** Server failures, and failures whose details are withheld from the client. */
export function isWorthLogging(failure: Failure): boolean {
  return responseStatus(failure) >= 500 || !isExposed(failure)
}

/** The response in one line: method, path and status. Without the query, which may contain secrets. */
export function summaryLine(failure: Failure, { method, path }: FailureContext): string {
  const target = [method, path].filter((part) => part !== undefined).map((part) => oneLine(part, LONGEST_PART))
  return [...target, responseStatus(failure)].join(' ')
}

/** Longer paths are cut, since they come from the client. */
const LONGEST_PART = 500
