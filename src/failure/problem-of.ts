import { asString, memberOf } from '../problem/foreign-values.js'
import { extended, type ProblemDetails, setMember } from '../problem/problem-details.js'
import { problemType, uriReference } from '../problem/uri-reference.js'
import { isExposed } from './exposure.js'
import { extensionFields } from './extension.js'
import type { Failure } from './failure.js'
import { responseStatus, titleOf } from './failure-status.js'

/**
 * The default problem details of a failure: the standard members, then `code`, then the extension members.
 *
 * Accessors of subclasses may throw or return anything: such a member is left out, or has its default.
 */
export function problemOf(failure: Failure): ProblemDetails {
  // Accessors hardly ever throw, and reading each of them in its own try block takes six times as long.
  try {
    return documentWith(failure)
  } catch {
    return documentWith(failure, readableMembersOf(failure))
  }
}

/** The values of the accessors. */
type Members = { readonly [Name in (typeof NAMES)[number]]: unknown }

const NAMES = ['type', 'title', 'detail', 'instance', 'code', 'extensions'] as const

function readableMembersOf(failure: Failure): Members {
  return Object.fromEntries(NAMES.map((name) => [name, memberOf(failure, name)])) as Members
}

function documentWith(failure: Failure, members: Members = failure): ProblemDetails {
  const { type, title, detail, instance, code, extensions } = members
  const status = responseStatus(failure)
  const exposed = isExposed(failure)
  const problem: { -readonly [Name in keyof ProblemDetails]: ProblemDetails[Name] } = {
    type: problemType(asString(type)),
    title: asString(title) ?? titleOf(status),
    status,
  }
  if (exposed && typeof detail === 'string') problem.detail = detail
  if (exposed) setMember(problem, 'instance', uriReference(asString(instance)))
  if (typeof code === 'string') problem['code'] = code
  return extended(problem, exposed ? extensions : extensionFields(failure)) as ProblemDetails
}
