import { toJson } from '../problem/json.js'
import { PROBLEM_JSON, type ProblemDetails } from '../problem/problem-details.js'
import { answerFields, fieldsOf } from './answer-fields.js'
import { mergeFields } from './merge-fields.js'
import type { HeaderFields, Reply } from './reply.js'

/** What can be answered with a problem document; a Failure is. */
export interface Reportable {
  readonly headers: HeaderFields
  toProblem(): ProblemDetails
}

/** The answer that reports a failure when there is no policy: its problem document and its header fields. */
export function problemReply(failure: Reportable): Reply {
  const problem = failure.toProblem()
  return {
    status: problem.status,
    headers: mergeFields({ 'Content-Type': PROBLEM_JSON }, answerFields(problem.status, fieldsOf(failure))),
    body: toJson(problem),
  }
}
