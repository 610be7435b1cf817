import { formatValue } from '../problem/format-value.js'
import { type ProblemDetails, STANDARD_MEMBERS } from '../problem/problem-details.js'
import { type FailureWarning, failureWarning } from './failure-warning.js'
import type { WarningPolicy } from './warn-once.js'

/** Three or more letters, digits and `_`, starting with a letter. RFC 9457, 4 */
const PORTABLE_NAME = /^[A-Za-z][A-Za-z0-9_]{2,}$/

/** Reports member names that not every format and client supports, unless they are allowed. They are sent anyway. */
export function warnOfMemberNames(problem: ProblemDetails, { options, warn }: WarningPolicy): void {
  for (const name of Object.keys(problem)) {
    if (STANDARD_MEMBERS.has(name) || PORTABLE_NAME.test(name) || options.allowedMembers?.includes(name)) continue
    warn(unportableName(name))
  }
}

function unportableName(name: string): FailureWarning {
  const rule = 'three or more letters, digits and underscores, starting with a letter (RFC 9457, section 4)'
  const message = `The name of an extension member should have ${rule}, received ${formatValue(name)}`
  return failureWarning(message, { code: 'UNPORTABLE_MEMBER_NAME', subject: name })
}
