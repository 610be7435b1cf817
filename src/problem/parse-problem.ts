import { ABOUT_BLANK, extended, STANDARD_MEMBERS, setMember } from './problem-details.js'
import { isRecord, ownMember } from './unknown-values.js'

/**
 * A received problem details document; only `type` is always present. RFC 9457, 3.1
 *
 * @example const { title, errors }: ParsedProblem = parseProblem(await response.json())
 */
export interface ParsedProblem {
  /** A URI reference that identifies the problem type; `'about:blank'` by default. RFC 9457, 3.1.1 */
  readonly type: string
  /** A short summary of the problem type. RFC 9457, 3.1.3 */
  readonly title?: string
  /** The status code set by the origin server; the status of the response takes precedence. RFC 9457, 3.1.2 */
  readonly status?: number
  /** An explanation of this occurrence. RFC 9457, 3.1.4 */
  readonly detail?: string
  /** A URI reference that identifies this occurrence. RFC 9457, 3.1.5 */
  readonly instance?: string
  /** Extension members, as received and unchecked. RFC 9457, 3.2 */
  readonly [extension: string]: unknown
}

/**
 * Parses a problem details document leniently. Members of the wrong type are ignored, and anything but a JSON object is
 * an empty document. Never throws. RFC 9457, 3.1
 *
 * @example
 * ```ts
 * parseProblem('{"title":"Out of stock","status":"409","isbn":"978-0131103627"}')
 * // { type: 'about:blank', title: 'Out of stock', isbn: '978-0131103627' }
 * ```
 * @param value - the parsed document, or its JSON text
 */
export function parseProblem(value: unknown): ParsedProblem {
  const document = typeof value === 'string' ? parsed(value) : value
  try {
    return isRecord(document) ? extended(standardMembers(document), document) : { type: ABOUT_BLANK }
  } catch {
    // A proxy may throw.
    return { type: ABOUT_BLANK }
  }
}

function parsed(text: string): unknown {
  try {
    // RFC 8259, 8.1: a byte order mark may be ignored.
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

function standardMembers(document: object): ParsedProblem {
  const problem = { type: ABOUT_BLANK }
  for (const name of STANDARD_MEMBERS) {
    const value = ownMember(document, name)
    // RFC 9457, 3.1 and appendix A
    if (name === 'status' ? isStatusCode(value) : typeof value === 'string') setMember(problem, name, value)
  }
  return problem
}

function isStatusCode(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599
}
