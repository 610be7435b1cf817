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
  const status = answeredStatus(failure)
  const exposed = isExposed(failure)
  const problem: ProblemDetails = {
    type: problemType(text(failure, 'type')),
    title: text(failure, 'title') ?? titleOf(status),
    status,
  }
  if (exposed) setMember(problem, 'detail', text(failure, 'detail'))
  if (exposed) setMember(problem, 'instance', uriReference(text(failure, 'instance')))
  setMember(problem, 'code', text(failure, 'code'))
  return extended(problem, exposed ? read(failure, 'extensions') : extensionFields(failure)) as ProblemDetails
}

function text(failure: Failure, name: keyof Failure): string | undefined {
  const value = read(failure, name)
  return typeof value === 'string' ? value : undefined
}

function read(failure: Failure, name: keyof Failure): unknown {
  try {
    return failure[name]
  } catch {
    return undefined
  }
}
