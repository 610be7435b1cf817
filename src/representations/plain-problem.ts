import { toJson } from '../problem/json.js'
import { ABOUT_BLANK, type ProblemDetails } from '../problem/problem-details.js'

/** A problem as people are shown it: its members as plain data, and texts where texts are shown. */
export interface PlainProblem {
  /** `404 Not Found` in two parts. */
  readonly status: string
  readonly title: string
  readonly detail: string | undefined
  /** `undefined` where it is `about:blank`, which tells nobody anything. RFC 9457, 4.2.1 */
  readonly type: string | undefined
  readonly instance: string | undefined
  readonly extensions: readonly (readonly [name: string, value: unknown])[]
}

/** What JSON has of a problem. After that, nothing in it can throw. */
export function plainProblem(problem: ProblemDetails): PlainProblem {
  const { type, title, status, detail, instance, ...extensions } = JSON.parse(toJson(problem))
  return {
    status: inWords(status) ?? '',
    title: inWords(title) ?? '',
    detail: inWords(detail),
    type: type === ABOUT_BLANK ? undefined : inWords(type),
    instance: inWords(instance),
    extensions: Object.entries(extensions),
  }
}

/** A standard member is a text or, for the status, a number; but a class can make anything of its problem. */
function inWords(member: unknown): string | undefined {
  if (member === undefined || member === null) return undefined
  return typeof member === 'string' ? member : JSON.stringify(member)
}
