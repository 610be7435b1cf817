import { isObject, memberOf } from './foreign-values.js'

/** The media type of a problem document. RFC 9457, 6.1 */
export const PROBLEM_JSON = 'application/problem+json'

/** The type of a problem that has no meaning beyond its status. RFC 9457, 4.2.1 */
export const ABOUT_BLANK = 'about:blank'

/**
 * A problem document: what went wrong, for a machine and for a person. RFC 9457, 3.1
 *
 * @example const problem: ProblemDetails = new NotFound('There is no such book.').toProblem()
 */
export interface ProblemDetails {
  /** A URI reference that names the kind of problem. RFC 9457, 3.1.1 */
  readonly type: string
  /** The kind of problem in a few words, the same for every occurrence. RFC 9457, 3.1.3 */
  readonly title: string
  /** The status of the answer. RFC 9457, 3.1.2 */
  readonly status: number
  /** What happened this time. RFC 9457, 3.1.4 */
  readonly detail?: string
  /** A URI reference for this occurrence. RFC 9457, 3.1.5 */
  readonly instance?: string
  /** Extension members. RFC 9457, 3.2 */
  readonly [extension: string]: unknown
}

/** The members that no extension may take the place of. RFC 9457, 3.1 */
const STANDARD_MEMBERS: ReadonlySet<string> = new Set(['type', 'title', 'status', 'detail', 'instance'])

/** Whether a document has no extension members. */
export function hasStandardMembersOnly(problem: ProblemDetails): boolean {
  for (const name in problem) {
    if (!STANDARD_MEMBERS.has(name)) return false
  }
  return true
}

/** Adds extension members to a document; a member that is there already stays as it is. RFC 9457, 3.2 */
export function extended<Members extends Record<string, unknown>>(members: Members, extensions: unknown): Members {
  if (!isObject(extensions)) return members
  for (const name of namesIn(extensions)) {
    if (STANDARD_MEMBERS.has(name) || Object.hasOwn(members, name)) continue
    setMember(members, name, memberOf(extensions, name))
  }
  return members
}

/** Sets a member as data, whatever its name: `__proto__` is a name like any other. */
export function setMember(members: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) return
  if (name === '__proto__') Object.defineProperty(members, name, { value, enumerable: true, configurable: true })
  else members[name] = value
}

/** The names of the members; a proxy may throw whatever it is asked, and then has none. */
function namesIn(members: object): string[] {
  try {
    return Object.keys(members)
  } catch {
    return []
  }
}
