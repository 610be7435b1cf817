import { memberOf } from '../problem/foreign-values.js'
import { namesOn } from './issue-path.js'
import { jsonPointer } from './json-pointer.js'

/**
 * An entry of `errors` in the problem document of a {@link validationFailure}.
 *
 * `detail` and `pointer` are those of the example in RFC 9457, section 3. It has no names for what is no JSON, so
 * `parameter` and `header` are those of JSON:API (`source.parameter`, `source.header`), beside the pointer as in the
 * problem registry of SmartBear.
 *
 * @example
 * ```ts
 * const wrong: ReportedIssue = { detail: 'Expected a number.', pointer: '#/items/0/price' }
 * ```
 */
export interface ReportedIssue {
  /** What is wrong, in the words of the schema. */
  readonly detail: string
  /** Where in the content: a JSON Pointer as a URI fragment, `#/items/0/price`. RFC 6901, 6 */
  readonly pointer?: string
  /** The name of the parameter, in the query or in the path. */
  readonly parameter?: string
  /** The name of the header field. */
  readonly header?: string
}

/** The part of a request that was validated, as OpenAPI names it. */
export type ValidatedPart = 'body' | 'query' | 'path' | 'header'

/** How many issues are reported: who sends a million wrong items is not answered with a million entries. */
export const MOST_ISSUES = 100

/** The first issues, as a client may read them. One that cannot be read, or has no message, is left out. */
export function reportedIssues(issues: unknown, part: ValidatedPart): ReportedIssue[] {
  const reported: ReportedIssue[] = []
  const count = Math.min(numberOf(issues), MOST_ISSUES)
  for (let index = 0; index < count; index++) {
    const detail = detailOf(memberOf(memberOf(issues, index), 'message'))
    if (detail !== undefined) reported.push({ detail, ...located(memberOf(memberOf(issues, index), 'path'), part) })
  }
  return reported
}

/** How many issues there are. */
export function numberOf(issues: unknown): number {
  const length = memberOf(issues, 'length')
  return typeof length === 'number' && length > 0 ? Math.trunc(length) : 0
}

/** Messages quote what was sent, over and over in the worst case. */
const MAX_LENGTH = 1000

function detailOf(message: unknown): string | undefined {
  if (typeof message !== 'string') return undefined
  return message.length > MAX_LENGTH ? `${message.slice(0, MAX_LENGTH - 1)}…` : message
}

function located(path: unknown, part: ValidatedPart): Omit<ReportedIssue, 'detail'> {
  if (part === 'body') return { pointer: jsonPointer(namesOn(path)) }
  // The first name is that of the field; what comes behind it is how somebody has parsed its value.
  const [name] = namesOn(path)
  if (name === undefined || name.length > MAX_LENGTH) return {}
  return part === 'header' ? { header: name } : { parameter: name }
}
