import { toJson } from '../problem/json.js'
import { PROBLEM_JSON, type ProblemDetails } from '../problem/problem-details.js'
import { validFields } from './header-fields.js'
import { mergeFields } from './merge-fields.js'
import type { HeaderFields, Reply } from './reply.js'

/** What can be answered with a problem document; a Failure is. */
export interface Reportable {
  readonly headers: HeaderFields
  toProblem(): ProblemDetails
}

/** The answer that reports a failure: its problem document, its header fields and the default ones. */
export function problemReply(failure: Reportable): Reply {
  const problem = failure.toProblem()
  return {
    status: problem.status,
    headers: answerFields(problem.status, headersOf(failure)),
    body: toJson(problem),
  }
}

/** The same answer without its content, which HEAD must not get. RFC 9110, 9.3.2 */
export function withoutBody({ status, headers, body }: Reply): Reply {
  const length = String(new TextEncoder().encode(body as string).length)
  return { status, headers: { ...headers, 'Content-Length': length }, body: null }
}

/** A failure says what is so now: it is not to be stored unless it says otherwise, nor to be taken for something else. */
const DEFAULT_FIELDS: HeaderFields = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

/** The fields that describe the content belong to the representation, those that frame it to the server. */
const NOT_OF_A_FAILURE = ['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'trailer']

/** These must not be stored by a cache, whatever the failure says. RFC 6585, 3 to 6 */
const NEVER_STORED: readonly number[] = [428, 429, 431, 511]

function answerFields(status: number, own: HeaderFields): HeaderFields {
  const content = { 'Content-Type': PROBLEM_JSON }
  const forced = NEVER_STORED.includes(status) ? { 'Cache-Control': 'no-store' } : {}
  return mergeFields(content, DEFAULT_FIELDS, own, forced)
}

/** The accessor belongs to whoever wrote the class, so neither its behaviour nor its value is taken on trust. */
function headersOf(failure: Reportable): HeaderFields {
  try {
    const entries = Object.entries(validFields(failure.headers))
    return Object.fromEntries(entries.filter(([name]) => !NOT_OF_A_FAILURE.includes(name.toLowerCase())))
  } catch {
    return {}
  }
}
