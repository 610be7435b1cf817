import { toJson } from '../problem/json.js'
import { ABOUT_BLANK, type ProblemDetails } from '../problem/problem-details.js'
import { withoutPrototype } from '../problem/unknown-values.js'

/** Problem details for display: the standard members as strings, the extension members as plain data. */
export interface DisplayedProblem {
  readonly status: string
  readonly title: string
  readonly detail: string | undefined
  /** `undefined` for `about:blank`, which has no meaning for a reader. RFC 9457, 4.2.1 */
  readonly type: string | undefined
  readonly instance: string | undefined
  readonly extensions: readonly (readonly [name: string, value: unknown])[]
}

/** Converts by way of JSON, so that reading the result cannot throw. */
export function displayedProblem(problem: ProblemDetails): DisplayedProblem {
  const { type, title, status, detail, instance, ...extensions } = withoutPrototype(
    JSON.parse(toJson(withShortStrings(problem))),
  )
  return {
    status: displayed(status) ?? '',
    title: displayed(title) ?? '',
    detail: displayed(detail),
    type: type === ABOUT_BLANK ? undefined : displayed(type),
    instance: displayed(instance),
    extensions: Object.entries(extensions),
  }
}

/** Cuts strings that nobody would read, since escaping them takes seconds. */
function withShortStrings(problem: ProblemDetails): object {
  const members = Object.entries(problem).slice(0, MOST_MEMBERS)
  return Object.fromEntries(
    members.map(([name, value]) => [short(name), typeof value === 'string' ? short(value) : value]),
  )
}

/** A string of at most 10,000 characters, not cut within a pair of surrogates. */
export function short(value: string): string {
  return value.length > LONGEST_STRING ? `${value.slice(0, LONGEST_STRING).replace(/[\ud800-\udbff]$/, '')}…` : value
}

const LONGEST_STRING = 10_000
const MOST_MEMBERS = 100

/** A class that overrides `toProblem()` may set standard members of any type. */
function displayed(member: unknown): string | undefined {
  if (member === undefined || member === null) return undefined
  return typeof member === 'string' ? member : JSON.stringify(member)
}
