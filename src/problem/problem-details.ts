import { memberOf } from './unknown-values.js'

/** The media type of problem details in JSON. RFC 9457, 6.1 */
export const PROBLEM_JSON = 'application/problem+json'

/** The type of a problem with no semantics beyond its status code. RFC 9457, 4.2.1 */
export const ABOUT_BLANK = 'about:blank'

/**
 * Problem details: a machine-readable description of an error, sent in the response. RFC 9457, 3.1
 *
 * @example const problem: ProblemDetails = new NotFound('There is no such book.').toProblem()
 */
export interface ProblemDetails {
  /** A URI reference that identifies the problem type. RFC 9457, 3.1.1 */
  readonly type: string
  /** A short summary of the problem type, the same for every occurrence. RFC 9457, 3.1.3 */
  readonly title: string
  /** The status code of the response. RFC 9457, 3.1.2 */
  readonly status: number
  /** An explanation of this occurrence. RFC 9457, 3.1.4 */
  readonly detail?: string
  /** A URI reference that identifies this occurrence. RFC 9457, 3.1.5 */
  readonly instance?: string
  /** Extension members. RFC 9457, 3.2 */
  readonly [extension: string]: unknown
}

/** The members that extensions cannot replace. RFC 9457, 3.1 */
export const STANDARD_MEMBERS: ReadonlySet<string> = new Set(['type', 'title', 'status', 'detail', 'instance'])

/** Adds extension members to a document; existing members are kept. RFC 9457, 3.2 */
export function extended<Members extends Record<string, unknown>>(members: Members, extensions: unknown): Members {
  if (typeof extensions !== 'object' || extensions === null) return members
  let names: string[]
  try {
    names = Object.keys(extensions)
  } catch {
    // A proxy may throw.
    return members
  }
  for (const name of names) {
    if (STANDARD_MEMBERS.has(name) || Object.hasOwn(members, name)) continue
    setMember(members, name, memberOf(extensions, name))
  }
  return members
}

/** Adds extension members that can be read, but are not enumerated. Existing members are kept. */
export function withHidden(members: Record<string, unknown>, hidden: unknown): Record<string, unknown> {
  const all = extended({ ...members }, hidden)
  for (const name of Object.keys(all)) {
    if (!Object.hasOwn(members, name)) Object.defineProperty(members, name, { value: all[name] })
  }
  return members
}

/** Sets a member as data, even if its name is `__proto__`. */
export function setMember(members: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) return
  if (name === '__proto__') Object.defineProperty(members, name, { value, enumerable: true, configurable: true })
  else members[name] = value
}
