import type { Failure } from '../failure/failure.js'
import { isRestored } from '../failure/restored.js'
import { formatValue } from '../problem/format-value.js'
import { ABOUT_BLANK, type ProblemDetails } from '../problem/problem-details.js'
import { HAS_SCHEME } from '../problem/uri-reference.js'
import type { FailureStatus } from '../status/failure-status.js'
import { failureName } from './failure-name.js'
import { type FailureWarning, failureWarning } from './failure-warning.js'
import type { WarningPolicy } from './warn-once.js'

/**
 * Reports a class whose type or title clients may misunderstand, except in production: these are for the time when the class
 * is written. Converted and restored failures have their own type and title, which are not reported.
 */
export function warnOfType(
  failure: Failure,
  { type, title }: ProblemDetails,
  { phrase }: FailureStatus,
  policy: WarningPolicy,
): void {
  if (type === ABOUT_BLANK) {
    if (title !== phrase && isDeclaredByClass(failure, 'title')) policy.warn(titleWithoutType(failure, title, phrase))
  } else if (policy.options.typeBase === undefined && !HAS_SCHEME.test(type) && isDeclaredByClass(failure, 'type')) {
    policy.warn(relativeType(failure, type))
  }
}

function isDeclaredByClass(failure: Failure, name: 'title' | 'type'): boolean {
  try {
    return (
      !Object.hasOwn(failure, name) && !isRestored(failure) && globalThis.process?.env?.['NODE_ENV'] !== 'production'
    )
  } catch {
    // A proxy around a failure may throw.
    return false
  }
}

/** RFC 9457, 4.2.1: with `about:blank`, the title should be the phrase of the status. */
function titleWithoutType(failure: Failure, title: string, phrase: string): FailureWarning {
  const rule = `without a problem type, the title should be ${formatValue(phrase)} (RFC 9457, section 4.2.1)`
  const message = `${failureName(failure)}: ${rule}, received ${formatValue(title)}; set "type"`
  return failureWarning(message, { code: 'TITLE_WITHOUT_TYPE' })
}

/** RFC 9457, 3.1.1: clients resolve a relative type against the URL of the response. */
function relativeType(failure: Failure, type: string): FailureWarning {
  const rule = 'a problem type should be an absolute URI (RFC 9457, section 3.1.1)'
  const message = `${failureName(failure)}: ${rule}, received ${formatValue(type)}; set "typeBase" on the FailureResponder`
  return failureWarning(message, { code: 'RELATIVE_TYPE' })
}

/** RFC 9457, 3.1.1: the URL that it is relative to is unknown. */
export function relativeTypeOfRestored(failure: Failure, type: string): FailureWarning {
  const rule = `the relative type of a restored failure is not sent on, received ${formatValue(type)}`
  return failureWarning(`${failureName(failure)}: ${rule}; set "typeBase" where it is restored`, {
    code: 'RELATIVE_TYPE',
  })
}
