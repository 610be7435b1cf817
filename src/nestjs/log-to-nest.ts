import { inspect } from 'node:util'
import { Logger } from '@nestjs/common'
import type { Failure } from '../failure/failure.js'
import { causesToShow } from '../responder/causes.js'
import type { FailureContext } from '../responder/failure-context.js'
import { isWorthLogging, summaryOf } from '../responder/log-failure.js'

const logger = new Logger('FailureFilter')

/** Logs what the client does not get to see, with its causes, through Nest's logger. */
export function logToNest(failure: Failure, context: FailureContext): void {
  if (isWorthLogging(failure)) logger.error(summaryOf(failure, context), shown(failure))
}

function shown(failure: Failure): string {
  try {
    return causesToShow(failure)
      .map((error) => inspect(error))
      .join('\n')
  } catch {
    // An error may be such that it cannot be shown; that it came must not be silent.
    return '(an error that cannot be shown)'
  }
}
