import { isObject } from '../problem/foreign-values.js'
import { kindOf } from '../problem/kind-of.js'
import { parseProblem } from '../problem/parse-problem.js'
import { extended, type ProblemDetails, setMember } from '../problem/problem-details.js'
import { problemType, uriReference } from '../problem/uri-reference.js'
import { answeredStatus, titleOf } from './answered-status.js'
import { Failure } from './failure.js'
import { problemOf } from './problem-of.js'

/**
 * The problem document that a failure is answered with. A class may write its own, but must not break the answer by it:
 * what is wrong in it is left out, and where there is none, `report` is told and the usual one is taken.
 */
export function documentOf(failure: Failure, report: (error: unknown) => void = () => {}): ProblemDetails {
  try {
    if (hasOwnDocument(failure)) return validDocument(failure.toProblem(), failure)
  } catch (error) {
    report(error)
  }
  return problemOf(failure)
}

/** Whether a class writes its documents itself. Its accessor is somebody else's, and may throw. */
export function hasOwnDocument(failure: Failure): boolean {
  return failure.toProblem !== Failure.prototype.toProblem
}

function validDocument(document: unknown, failure: Failure): ProblemDetails {
  if (!isObject(document) || Array.isArray(document) || 'then' in document) {
    // Nobody else would hear of a promise that is rejected.
    Promise.resolve(document).then(undefined, () => undefined)
    throw new TypeError(`toProblem() gives a problem document, not ${kindOf(document)}`)
  }
  const { type, title, detail, instance, ...others } = parseProblem(document)
  const status = answeredStatus(failure)
  const problem: ProblemDetails = { type: problemType(type), title: title ?? titleOf(status), status }
  setMember(problem, 'detail', detail)
  setMember(problem, 'instance', uriReference(instance))
  return extended(problem, others)
}
