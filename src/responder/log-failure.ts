import type { Failure } from '../failure/failure.js'
import type { FailureContext } from './failure-context.js'

/** The default of `onFailure`: what the client does not get to see goes to the console, with its causes. */
export function logFailure(failure: Failure, context: FailureContext): void {
  if (isWorthLogging(failure)) globalThis.console?.error(summaryOf(failure, context), failure)
}

/** A server failure must never be silent, and neither must one that keeps something back. */
export function isWorthLogging(failure: Failure): boolean {
  return failure.toProblem().status >= 500 || !failure.expose
}

/** The answer in one line: method, path and status. The query is left out, for it may hold what no log should. */
export function summaryOf(failure: Failure, { method, path }: FailureContext): string {
  return [method, path, failure.toProblem().status].filter((part) => part !== undefined).join(' ')
}
