import { hasOwnDocument } from '../failure/document-of.js'
import type { Failure } from '../failure/failure.js'
import { hasOptions } from '../failure/given-options.js'
import { problemOf } from '../failure/problem-of.js'
import { ABOUT_BLANK, hasStandardMembersOnly, type ProblemDetails } from '../problem/problem-details.js'
import { fieldsOf } from '../reply/answer-fields.js'
import { problemReply } from '../reply/problem-reply.js'
import type { Reply } from '../reply/reply.js'
import { HttpStatus } from '../status/http-status.js'
import { warnOfNames } from './extension-names.js'
import type { Warn } from './failure-warning.js'
import type { FailureResponderOptions } from './responder-options.js'
import { owesField, warnOfUnusable } from './unusable-fields.js'

/**
 * The answer of a policy that has no say in it: the one that the failure makes itself. Most are, and they cost less
 * than half of the others. `undefined` where there is more to do.
 */
export function plainAnswer(failure: Failure, options: FailureResponderOptions, warn: Warn): Reply | undefined {
  const { describe, extend, represent, cacheControl } = options
  if ((describe ?? extend ?? represent ?? cacheControl) !== undefined) return undefined
  try {
    if (hasOwnDocument(failure)) return undefined
    const problem = problemOf(failure)
    if (isCompleted(problem, options)) return undefined
    const own = fieldsOf(failure)
    const reply = problemReply(problem, own)
    if (owesField(problem.status) || hasOptions(failure)) warnOfUnusable(failure, problem.status, own, warn)
    if (!hasStandardMembersOnly(problem)) warnOfNames(problem, options, warn)
    return reply
  } catch {
    // What throws here is reported there.
    return undefined
  }
}

/** Whether a policy resolves the type of a problem, or has a challenge for it. */
function isCompleted({ type, status }: ProblemDetails, { typeBase, challenge }: FailureResponderOptions): boolean {
  return (
    (typeBase !== undefined && type !== ABOUT_BLANK) || (challenge !== undefined && status === HttpStatus.UNAUTHORIZED)
  )
}
