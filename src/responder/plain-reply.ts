import { overridesToProblem } from '../failure/document-of.js'
import type { Failure } from '../failure/failure.js'
import { hasOptions } from '../failure/given-options.js'
import { problemOf } from '../failure/problem-of.js'
import { ABOUT_BLANK, hasStandardMembersOnly, type ProblemDetails } from '../problem/problem-details.js'
import { problemReply } from '../reply/problem-reply.js'
import type { Reply } from '../reply/reply.js'
import { fieldsOfFailure } from '../reply/response-fields.js'
import { HttpStatus } from '../status/http-status.js'
import type { Warn } from './failure-warning.js'
import { requiresField, warnOfHeaders } from './header-warnings.js'
import { warnOfMemberNames } from './member-names.js'
import type { FailureResponderOptions } from './responder-options.js'

/**
 * The reply to a failure that no option affects: the failure's own. Most failures are like this, and it takes less than
 * half the time of the other way. `undefined` if an option may affect the reply.
 */
export function plainReply(failure: Failure, options: FailureResponderOptions, warn: Warn): Reply | undefined {
  const { describe, extend, represent, cacheControl } = options
  if ((describe ?? extend ?? represent ?? cacheControl) !== undefined) return undefined
  try {
    if (overridesToProblem(failure)) return undefined
    const problem = problemOf(failure)
    if (isAffected(problem, options)) return undefined
    const own = fieldsOfFailure(failure)
    const reply = problemReply(problem, own)
    if (requiresField(problem.status) || hasOptions(failure)) warnOfHeaders(failure, problem.status, own, warn)
    if (!hasStandardMembersOnly(problem)) warnOfMemberNames(problem, options, warn)
    return reply
  } catch {
    // The other way reports the error.
    return undefined
  }
}

/** Whether `typeBase` resolves the type of a problem, or `challenge` completes its header fields. */
function isAffected({ type, status }: ProblemDetails, { typeBase, challenge }: FailureResponderOptions): boolean {
  return (
    (typeBase !== undefined && type !== ABOUT_BLANK) || (challenge !== undefined && status === HttpStatus.UNAUTHORIZED)
  )
}
