import { isObject } from '../problem/foreign-values.js'
import { formatValue } from '../problem/format-value.js'
import { parseProblem } from '../problem/parse-problem.js'
import { extended, type ProblemDetails, setMember } from '../problem/problem-details.js'
import { problemType, uriReference } from '../problem/uri-reference.js'
import { Failure } from './failure.js'
import { responseStatus, titleOf } from './failure-status.js'
import { problemOf } from './problem-of.js'

/**
 * The problem details that are sent for a failure. A class may override `toProblem()`: invalid members of its result are
 * left out. If it throws or returns anything but an object, `report` is called, and the default document is used.
 */
export function documentOf(failure: Failure, report: (error: unknown) => void = () => {}): ProblemDetails {
  try {
    if (overridesToProblem(failure)) return validDocument(failure.toProblem(), failure)
  } catch (error) {
    report(error)
  }
  return problemOf(failure)
}

/** Whether the class of a failure overrides `toProblem()`. Reading it may throw. */
export function overridesToProblem(failure: Failure): boolean {
  return failure.toProblem !== Failure.prototype.toProblem
}

function validDocument(document: unknown, failure: Failure): ProblemDetails {
  if (!isObject(document) || Array.isArray(document) || 'then' in document) {
    // A rejected promise would otherwise be unhandled.
    Promise.resolve(document).then(undefined, () => undefined)
    throw new TypeError(`toProblem() must return problem details, received ${formatValue(document)}`)
  }
  const { type, title, detail, instance, ...others } = parseProblem(document)
  const status = responseStatus(failure)
  const problem: ProblemDetails = { type: problemType(type), title: title ?? titleOf(status), status }
  setMember(problem, 'detail', detail)
  setMember(problem, 'instance', uriReference(instance))
  return extended(problem, others)
}
