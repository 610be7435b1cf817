import { toJson } from '../problem/json.js'
import { PROBLEM_JSON, type ProblemDetails } from '../problem/problem-details.js'
import { answerFields, typedFields } from './answer-fields.js'
import type { HeaderFields, Reply } from './reply.js'

/** The answer that reports a problem when there is no policy: its document, and the header fields of its failure. */
export function problemReply(problem: ProblemDetails, own: HeaderFields): Reply {
  const { status } = problem
  return { status, headers: typedFields(PROBLEM_JSON, answerFields(status, own)), body: toJson(problem) }
}
