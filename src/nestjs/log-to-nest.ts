import { inspect } from 'node:util'
import { Logger } from '@nestjs/common'
import type { Failure } from '../failure/failure.js'
import type { FailureContext } from '../responder/failure-context.js'
import { isWorthLogging, summaryOf } from '../responder/log-failure.js'

const logger = new Logger('FailureFilter')

/** Logs what the client does not get to see, with its causes, through Nest's logger. */
export function logToNest(failure: Failure, context: FailureContext): void {
  if (isWorthLogging(failure)) logger.error(summaryOf(failure, context), inspect(failure))
}
