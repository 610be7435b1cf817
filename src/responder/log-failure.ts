import { answeredStatus, isExposed } from '../failure/answered-status.js'
import type { Failure } from '../failure/failure.js'
import { causesToShow } from './causes.js'
import type { FailureContext } from './failure-context.js'
import { oneLine } from './log-text.js'

/**
 * The default of `onFailure`: what the client does not get to see goes to the console, with its causes. That is every
 * server failure, and every failure that is not exposed; of others it says nothing.
 *
 * @example Logs, and counts as well:
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
  const summary = summaryOf(failure, context)
  try {
    // The path is the client's: as the first argument, it would be a format that takes the others away.
    console.error('%s', summary, ...causesToShow(failure))
  } catch {
    // An error may be such that it cannot be shown; that it came must not be silent.
    console.error('%s', summary, '(an error that cannot be shown)')
  }
}

/** A server failure must never be silent, and neither must one that keeps something back. */
export function isWorthLogging(failure: Failure): boolean {
  return answeredStatus(failure) >= 500 || !isExposed(failure)
}

/** The answer in one line: method, path and status. The query is left out, for it may hold what no log should. */
export function summaryOf(failure: Failure, { method, path }: FailureContext): string {
  const target = [method, path].filter((part) => part !== undefined).map((part) => oneLine(part, LONGEST_PART))
  return [...target, answeredStatus(failure)].join(' ')
}

/** The path is the client's, who may make it as long as the server lets it be. */
const LONGEST_PART = 500
