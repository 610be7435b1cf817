import { isObject } from './foreign-values.js'
import { ABOUT_BLANK, extended, setMember } from './problem-details.js'

/**
 * A problem document as it was received: it need not say more than its type. RFC 9457, 3.1
 *
 * @example const { title, errors }: ParsedProblem = parseProblem(await response.json())
 */
export interface ParsedProblem {
  /** A URI reference that names the kind of problem; `'about:blank'` where there was none. RFC 9457, 3.1.1 */
  readonly type: string
  /** The kind of problem in a few words. RFC 9457, 3.1.3 */
  readonly title?: string
  /** The status that the server meant; that of the answer wins. RFC 9457, 3.1.2 */
  readonly status?: number
  /** What happened this time. RFC 9457, 3.1.4 */
  readonly detail?: string
  /** A URI reference for this occurrence. RFC 9457, 3.1.5 */
  readonly instance?: string
  /** Extension members, whatever they are: they come from outside. RFC 9457, 3.2 */
  readonly [extension: string]: unknown
}

/**
 * Reads a problem document leniently, and never throws: a member of the wrong type counts as not there, and so does
 * everything in what is no JSON object. RFC 9457, 3.1
 *
 * @example
 * ```ts
 * parseProblem('{"title":"Out of stock","status":"409","isbn":"978-0131103627"}')
 * // { type: 'about:blank', title: 'Out of stock', isbn: '978-0131103627' }
 * ```
 * @param value - what `JSON.parse` gave, or the JSON text itself
 */
export function parseProblem(value: unknown): ParsedProblem {
  const document = typeof value === 'string' ? parsed(value) : value
  try {
    return isJsonObject(document) ? extended(standardMembers(document), document) : { type: ABOUT_BLANK }
  } catch {
    // A proxy may throw whatever it is asked.
    return { type: ABOUT_BLANK }
  }
}

/** What each standard member must be. RFC 9457, 3.1 and appendix A */
const STANDARD_MEMBERS: Readonly<Record<string, (value: unknown) => boolean>> = {
  type: isText,
  title: isText,
  status: isStatus,
  detail: isText,
  instance: isText,
}

function parsed(text: string): unknown {
  try {
    // RFC 8259, 8.1: a byte order mark may be ignored.
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

function isJsonObject(value: unknown): value is object {
  return isObject(value) && !Array.isArray(value)
}

function standardMembers(document: object): ParsedProblem {
  const problem = { type: ABOUT_BLANK }
  for (const name of Object.keys(STANDARD_MEMBERS)) {
    const value = ownMember(document, name)
    if (STANDARD_MEMBERS[name]?.(value)) setMember(problem, name, value)
  }
  return problem
}

/** What is inherited is no member of a document; one whose getter throws counts as not there. */
function ownMember(document: object, name: string): unknown {
  try {
    return Object.hasOwn(document, name) ? Reflect.get(document, name) : undefined
  } catch {
    return undefined
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isStatus(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599
}
