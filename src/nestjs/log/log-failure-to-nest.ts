import { Logger, type LoggerService, type LogLevel } from '@nestjs/common'
import type { Failure } from '../../failure/failure.js'
import type { FailureContext } from '../../responder/failure-context.js'
import { isWorthLogging, summaryLine } from '../../responder/log-failure.js'
import { oneLine } from '../../responder/log-text.js'
import { formatCauses } from './format-causes.js'

const logger = new Logger('FailureFilter')

/**
 * The default of `onFailure` in Nest: logs to Nest's `Logger`. Server failures and failures that are not exposed are errors,
 * with all causes; other failures are one line at `debug` level. Queries, header fields and bodies are not logged.
 *
 * @example Call it from your own hook:
 * ```ts
 * const filter = new FailureFilter({
 *   onFailure: (failure, context) => {
 *     logFailureToNest(failure, context)
 *     metrics.count(failure.status)
 *   },
 * })
 * ```
 */
export function logFailureToNest(failure: Failure, context: FailureContext): void {
  if (isWorthLogging(failure)) logger.error(summaryLine(failure, context), formatCauses(failure))
  else if (isDebugEnabled()) logger.debug(`${summaryLine(failure, context)} ${nameAndDetail(failure, context)}`)
}

/**
 * Whether `debug` is enabled. Most failures are the client's, and most logs exclude `debug`, so the line is often not needed.
 *
 * Reads the logger instance, which may be missing. In Nest 10 and 11, `Logger.isLevelEnabled()` is `false` for every custom
 * logger.
 */
function isDebugEnabled(): boolean {
  const instance: (LoggerService & { isLevelEnabled?(level: LogLevel): boolean }) | undefined = logger.localInstance
  return instance !== undefined && instance.isLevelEnabled?.('debug') !== false
}

/** The name of a failure, and its detail if that was written for it. */
function nameAndDetail(failure: Failure, { error }: FailureContext): string {
  try {
    const { name, detail, cause } = failure
    // A converted failure may repeat the message of the error, and Nest's messages quote the query and the body.
    return oneLine(detail === undefined || cause === error ? name : `${name}: ${detail}`, LONGEST_DETAIL)
  } catch {
    return '(a failure that cannot be printed)'
  }
}

const LONGEST_DETAIL = 200
