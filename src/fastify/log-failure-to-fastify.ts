import type { Failure } from '../failure/failure.js'
import { asString, memberOf } from '../problem/unknown-values.js'
import type { FailureContext } from '../responder/failure-context.js'
import { formatFailure } from '../responder/log/format-failure.js'
import { isWorthLogging, logFailure, summaryLine } from '../responder/log/log-failure.js'

/**
 * The default of `onFailure` in Fastify: logs to the logger of the request. Server failures and failures that are not exposed are
 * errors, with all causes; other failures are one line at `debug` level. Without an enabled logger, like `logFailure`.
 */
export function logFailureToFastify(failure: Failure, context: FailureContext): void {
  const log = memberOf(context.raw, 'log') as Log | undefined
  if (asString(log?.level) === undefined) logFailure(failure, context)
  else if (isWorthLogging(failure)) log?.error({ failure: formatFailure(failure) }, summaryLine(failure, context))
  else log?.debug(summaryLine(failure, context))
}

/** The logger of a request. A disabled one has no level. */
interface Log {
  readonly level?: unknown
  error(data: object, message: string): void
  debug(message: string): void
}
