import { answeredStatus, isExposed } from '../failure/answered-status.js'
import type { Failure } from '../failure/failure.js'
import { causesToShow } from './causes.js'
import type { FailureContext } from './failure-context.js'

/** The default of `onFailure`: what the client does not get to see goes to the console, with its causes. */
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
  return [method, path, answeredStatus(failure)].filter((part) => part !== undefined).join(' ')
}
