import { Logger, type LoggerService, type LogLevel } from '@nestjs/common'
import type { Failure } from '../failure/failure.js'
import type { FailureContext } from '../responder/failure-context.js'
import type { FailureWarning } from '../responder/failure-warning.js'
import { formatFailure } from '../responder/log/format-failure.js'
import { isWorthLogging, summaryLine } from '../responder/log/log-failure.js'
import { oneLine } from '../responder/log/log-text.js'

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
  if (isWorthLogging(failure)) logger.error(summaryLine(failure, context), formatFailure(failure))
  else if (isDebugEnabled()) logger.debug(`${summaryLine(failure, context)} ${nameAndDetail(failure)}`)
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

function nameAndDetail(failure: Failure): string {
  try {
    const { name, detail } = failure
    return oneLine(detail === undefined ? name : `${name}: ${detail}`, LONGEST_DETAIL)
  } catch {
    return '(a failure that cannot be printed)'
  }
}

/** The default of `onWarning` in Nest. */
export function logWarningToNest({ code, message }: FailureWarning): void {
  logger.warn(`${code}: ${message}`)
}

const LONGEST_DETAIL = 200
