import { isObject, memberOf } from '../problem/unknown-values.js'
import { jsonPointer } from './json-pointer.js'

/**
 * An entry of `errors` in the problem details of a {@link validationFailure}.
 *
 * `detail` and `pointer` follow the example of RFC 9457, section 3; `parameter` and `header` follow JSON:API
 * (`source.parameter`, `source.header`).
 *
 * @example
 * ```ts
 * const wrong: ReportedIssue = { detail: 'Expected a number.', pointer: '#/items/0/price' }
 * ```
 */
export interface ReportedIssue {
  /** The message of the schema. */
  readonly detail: string
  /** The location in the body: a JSON Pointer as a URI fragment, `#/items/0/price`. RFC 6901, 6 */
  readonly pointer?: string
  /** The name of the query or path parameter. */
  readonly parameter?: string
  /** The name of the header field. */
  readonly header?: string
}

/** The validated part of a request, named as in OpenAPI. */
export type ValidatedPart = 'body' | 'query' | 'path' | 'header'

/** The most issues that are reported, so that a million invalid items don't cause a million entries. */
export const MOST_ISSUES = 100

/** The first issues in public form. An issue without a readable message is left out. */
export function reportedIssues(issues: unknown, part: ValidatedPart): ReportedIssue[] {
  const reported: ReportedIssue[] = []
  const count = Math.min(numberOf(issues), MOST_ISSUES)
  for (let index = 0; index < count; index++) {
    const detail = detailOf(memberOf(memberOf(issues, index), 'message'))
    if (detail !== undefined) reported.push({ detail, ...located(memberOf(memberOf(issues, index), 'path'), part) })
  }
  return reported
}

/** The number of issues. */
export function numberOf(issues: unknown): number {
  const length = memberOf(issues, 'length')
  return typeof length === 'number' && length > 0 ? Math.trunc(length) : 0
}

/** Longer messages and names are cut or left out, since they may quote the request many times. */
const LONGEST_MESSAGE = 1000

function detailOf(message: unknown): string | undefined {
  if (typeof message !== 'string') return undefined
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE - 1)}…` : message
}

function located(path: unknown, part: ValidatedPart): Omit<ReportedIssue, 'detail'> {
  if (part === 'body') return { pointer: jsonPointer(namesOn(path)) }
  // The first name is the field's; the others lead into its parsed value.
  const [name] = namesOn(path)
  if (name === undefined || name.length > LONGEST_MESSAGE) return {}
  return part === 'header' ? { header: name } : { parameter: name }
}

/**
 * The member names on the path of an issue, outermost first. A segment is a property key, or an object with a `key`.
 *
 * They end at the first segment that has no name in JSON, such as a symbol or an item of a `Set`.
 */
function* namesOn(path: unknown): Iterable<string> {
  try {
    if (!Array.isArray(path)) return
    for (const segment of path) {
      const name = segmentName(segment)
      if (name === undefined) return
      yield name
    }
  } catch {
    // Getters of an issue may throw.
  }
}

function segmentName(segment: unknown): string | undefined {
  const key = isObject(segment) && 'key' in segment ? segment.key : segment
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined
}
