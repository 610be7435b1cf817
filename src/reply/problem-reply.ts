import { toJson } from '../problem/json.js'
import { PROBLEM_JSON, type ProblemDetails } from '../problem/problem-details.js'
import type { HeaderFields, Reply } from './reply.js'
import { responseFields, withContentType } from './response-fields.js'

/** The reply without a policy: problem details as JSON, with the header fields of the failure. */
export function problemReply(problem: ProblemDetails, own: HeaderFields): Reply {
  const { status } = problem
  return { status, headers: withContentType(PROBLEM_JSON, responseFields(status, own)), body: toJson(problem) }
}
