import { answeredStatus, isExposed, titleOf } from '../failure/answered-status.js'
import { Failure } from '../failure/failure.js'
import { problemOf } from '../failure/problem-of.js'
import { parseProblem } from '../problem/parse-problem.js'
import { ABOUT_BLANK, extended, type ProblemDetails, setMember } from '../problem/problem-details.js'
import { problemType, uriReference } from '../problem/uri-reference.js'
import { warnOfNames } from './extension-names.js'
import type { FailureContext } from './failure-context.js'
import { FailureWarning, type Warn } from './failure-warning.js'
import { callHook } from './hooks.js'
import type { Description, FailureResponderOptions } from './responder-options.js'

/** A problem as a policy has it, and the language of its texts. */
export interface DescribedProblem {
  readonly problem: ProblemDetails
  readonly language: string | undefined
}

/** The problem of a failure with its type resolved, in the words of `describe`, and with the members of `extend`. */
export function describedProblem(
  failure: Failure,
  options: FailureResponderOptions,
  context: FailureContext,
  warn: Warn,
): DescribedProblem {
  const { typeBase, describe, extend } = options
  const original = resolved(documentOf(failure, warn), typeBase)
  const description = dataOf<Description>('describe', () => describe?.(failure, context), warn)
  const described = reworded(original, description, isExposed(failure))
  const problem = extended(
    described,
    dataOf('extend', () => extend?.(failure, context), warn),
  )
  warnOfNames(problem, options, warn)
  return { problem, language: textOf(description?.language) }
}

/** What the failure says itself. A class may write its own document, but must not break the answer by it. */
function documentOf(failure: Failure, warn: Warn): ProblemDetails {
  return callHook('toProblem', () => ownDocument(failure), warn) ?? problemOf(failure)
}

/** A document that a class has written in its own way, made valid; `undefined` for one that is written as usual. */
function ownDocument(failure: Failure): ProblemDetails | undefined {
  if (failure.toProblem === Failure.prototype.toProblem) return undefined
  const own: unknown = failure.toProblem()
  if (typeof own !== 'object' || own === null) throw new TypeError(`toProblem returned no object, but ${typeof own}`)
  const { type, title, detail, instance, ...others } = parseProblem(own)
  const status = answeredStatus(failure)
  const problem: ProblemDetails = { type: problemType(type), title: title ?? titleOf(status), status }
  setMember(problem, 'detail', detail)
  setMember(problem, 'instance', uriReference(instance))
  return extended(problem, others)
}

/** RFC 9457, 3.1.1: a relative type is resolved, and `about:blank` is what it is. */
function resolved(problem: ProblemDetails, typeBase: string | undefined): ProblemDetails {
  const { type } = problem
  if (typeBase === undefined || type === ABOUT_BLANK || !URL.canParse(type, typeBase)) return problem
  return { ...problem, type: problemType(new URL(type, typeBase).href) }
}

/** The same problem in other words, its members in order; what is not exposed gets no detail this way either. */
function reworded(problem: ProblemDetails, description: Description | undefined, exposed: boolean): ProblemDetails {
  if (description === undefined) return problem
  const { type, title, status, detail, ...others } = problem
  const words = exposed ? (textOf(description.detail) ?? detail) : detail
  return {
    type,
    title: textOf(description.title) ?? title,
    status,
    ...(words === undefined ? {} : { detail: words }),
    ...others,
  }
}

/** The object that a hook returns; anything else but `undefined` is reported. */
function dataOf<Data extends object>(name: string, hook: () => Data | undefined, warn: Warn): Data | undefined {
  const data: unknown = callHook(name, hook, warn)
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Data
  if (data !== undefined && data !== null) warn(new FailureWarning(`${name} returned no object, but ${typeof data}`))
  return undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
