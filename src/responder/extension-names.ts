import type { ProblemDetails } from '../problem/problem-details.js'
import { FailureWarning, type Warn } from './failure-warning.js'
import type { FailureResponderOptions } from './responder-options.js'

/** Three characters or more of letters, digits and `_`, a letter first. RFC 9457, 4 */
const INTEROPERABLE_NAME = /^[A-Za-z][A-Za-z0-9_]{2,}$/

/** The names that a policy was warned of: once each, and no more than a program can mean. */
const warnedOf = new WeakMap<FailureResponderOptions, Set<string>>()
const MOST_NAMES = 1000

/** Reports names of members that not every format and every client can take; they are sent all the same. */
export function warnOfNames(problem: ProblemDetails, policy: FailureResponderOptions, warn: Warn): void {
  for (const name of Object.keys(problem)) {
    if (!INTEROPERABLE_NAME.test(name)) warnOnce(name, policy, warn)
  }
}

function warnOnce(name: string, policy: FailureResponderOptions, warn: Warn): void {
  const names = warnedOf.get(policy) ?? new Set()
  warnedOf.set(policy, names)
  if (names.has(name) || names.size === MOST_NAMES) return
  names.add(name)
  const rule = 'three or more letters, digits and underscores, a letter first (RFC 9457, 4)'
  warn(new FailureWarning(`The extension member \`${name}\` should have a name of ${rule}`))
}
