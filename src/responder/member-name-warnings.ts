import { formatValue } from '../problem/format-value.js'
import { type ProblemDetails, STANDARD_MEMBERS } from '../problem/problem-details.js'
import { failureWarning, type Warn } from './failure-warning.js'
import type { FailureResponderOptions } from './responder-options.js'

/** Three or more letters, digits and `_`, starting with a letter. RFC 9457, 4 */
const PORTABLE_NAME = /^[A-Za-z][A-Za-z0-9_]{2,}$/

/** The reported names of each responder, up to a limit. */
const reportedNames = new WeakMap<FailureResponderOptions, Set<string>>()
const MOST_NAMES = 1000

/** Reports member names that not every format and client supports. They are sent anyway. */
export function warnOfMemberNames(problem: ProblemDetails, options: FailureResponderOptions, warn: Warn): void {
  for (const name of Object.keys(problem)) {
    if (!STANDARD_MEMBERS.has(name) && !PORTABLE_NAME.test(name)) warnOfName(name, options, warn)
  }
}

function warnOfName(name: string, options: FailureResponderOptions, warn: Warn): void {
  const names = reportedNames.get(options) ?? new Set()
  reportedNames.set(options, names)
  if (names.has(name) || names.size === MOST_NAMES) return
  names.add(name)
  const rule = 'three or more letters, digits and underscores, starting with a letter (RFC 9457, section 4)'
  const message = `The name of an extension member should have ${rule}, received ${formatValue(name)}`
  warn(failureWarning(message, { code: 'UNPORTABLE_MEMBER_NAME', subject: name }))
}
