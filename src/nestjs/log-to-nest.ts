import { Logger, type LoggerService, type LogLevel } from '@nestjs/common'
import type { Failure } from '../failure/failure.js'
import type { FailureContext } from '../responder/failure-context.js'
import { isWorthLogging, summaryOf } from '../responder/log-failure.js'
import { oneLine } from '../responder/log-text.js'
import { shownCauses } from './shown-causes.js'

const logger = new Logger('FailureFilter')

/**
 * The default of `onFailure` in Nest: what the client does not get to see goes to Nest's `Logger` as an `error`, with
 * all its causes; any other failure is one line of `debug`. Neither tells the query, header fields or the body of a
 * request.
 *
 * @example Logs, and counts as well:
 * ```ts
 * const filter = new FailureFilter({
 *   onFailure: (failure, context) => {
 *     logToNest(failure, context)
 *     metrics.count(failure.status)
 *   },
 * })
 * ```
 */
export function logToNest(failure: Failure, context: FailureContext): void {
  if (isWorthLogging(failure)) logger.error(summaryOf(failure, context), shownCauses(failure))
  else if (takesDebug()) logger.debug(`${summaryOf(failure, context)} ${saidBy(failure, context)}`)
}

/**
 * Whether a line is worth its making: most failures are the client's, and most logs do not take `debug`.
 *
 * The logger itself is asked, and there may be none. `Logger.isLevelEnabled()` says `false` in Nest 10 and 11 for every
 * logger that was not made of a list of levels.
 */
function takesDebug(): boolean {
  const instance: (LoggerService & { isLevelEnabled?(level: LogLevel): boolean }) | undefined = logger.localInstance
  return instance !== undefined && instance.isLevelEnabled?.('debug') !== false
}

/** Its name, and its detail where that was written for it. */
function saidBy(failure: Failure, { error }: FailureContext): string {
  try {
    const { name, detail, cause } = failure
    // A failure that was made of another error may repeat its message, and those of Nest quote the query and the body.
    return oneLine(detail === undefined || cause === error ? name : `${name}: ${detail}`, LONGEST_DETAIL)
  } catch {
    return '(a failure that cannot be shown)'
  }
}

const LONGEST_DETAIL = 200
