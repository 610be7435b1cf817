import { memberOf, textOf } from '../problem/foreign-values.js'
import { extended, type ProblemDetails, setMember } from '../problem/problem-details.js'
import { problemType, uriReference } from '../problem/uri-reference.js'
import { answeredStatus, isExposed, titleOf } from './answered-status.js'
import { extensionFields } from './extension.js'
import type { Failure } from './failure.js'

/**
 * The problem document of a failure: the standard members, then `code`, then the extensions.
 *
 * Accessors belong to whoever wrote the class: one that throws, or that returns something else than a text,
 * counts as not there, and so does a reference that is none.
 */
export function problemOf(failure: Failure): ProblemDetails {
  // Nearly no accessor throws. To read each by its name in one place would make six times as much of a problem.
  try {
    return documentWith(failure)
  } catch {
    return documentWith(failure, readableMembersOf(failure))
  }
}

/** What the accessors give. */
type Members = { readonly [Name in (typeof NAMES)[number]]: unknown }

const NAMES = ['type', 'title', 'detail', 'instance', 'code', 'extensions'] as const

function readableMembersOf(failure: Failure): Members {
  return Object.fromEntries(NAMES.map((name) => [name, memberOf(failure, name)])) as Members
}

function documentWith(failure: Failure, members: Members = failure): ProblemDetails {
  const { type, title, detail, instance, code, extensions } = members
  const status = answeredStatus(failure)
  const exposed = isExposed(failure)
  const problem: { -readonly [Name in keyof ProblemDetails]: ProblemDetails[Name] } = {
    type: problemType(textOf(type)),
    title: textOf(title) ?? titleOf(status),
    status,
  }
  if (exposed && typeof detail === 'string') problem.detail = detail
  if (exposed) setMember(problem, 'instance', uriReference(textOf(instance)))
  if (typeof code === 'string') problem['code'] = code
  return extended(problem, exposed ? extensions : extensionFields(failure)) as ProblemDetails
}
