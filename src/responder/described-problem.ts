import { isExposed, titleOf } from '../failure/answered-status.js'
import { documentOf } from '../failure/document-of.js'
import type { Failure } from '../failure/failure.js'
import { isObject, textOf } from '../problem/foreign-values.js'
import { toJson } from '../problem/json.js'
import { kindOf } from '../problem/kind-of.js'
import { ABOUT_BLANK, extended, type ProblemDetails } from '../problem/problem-details.js'
import { problemType } from '../problem/uri-reference.js'
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
  const report = (cause: unknown) => warn(new FailureWarning('toProblem gave no problem document', { cause }))
  const original = resolved(documentOf(failure, report), typeBase)
  const description = dataOf<Description>('describe', () => describe?.(failure, context), warn)
  const words = wordsOf(description, isExposed(failure), warn)
  const described = reworded(original, words)
  const problem = extended(
    described,
    dataOf('extend', () => extend?.(failure, context), warn),
  )
  warnOfNames(problem, options, warn)
  return { problem, language: words.language }
}

/** What JSON has of a problem, as plain data. */
export function plainProblem(problem: ProblemDetails, warn: Warn): ProblemDetails {
  return callHook('problem', () => JSON.parse(toJson(problem)), warn) ?? bareProblem(problem.status)
}

/** Where even JSON is too much for the engine: a text of more than half a gigabyte. */
export function bareProblem(status: number): ProblemDetails {
  return { type: ABOUT_BLANK, title: titleOf(status), status }
}

/** RFC 9457, 3.1.1: a relative type is resolved, and `about:blank` is what it is. */
function resolved(problem: ProblemDetails, typeBase: string | undefined): ProblemDetails {
  const { type } = problem
  if (typeBase === undefined || type === ABOUT_BLANK) return problem
  try {
    return { ...problem, type: problemType(new URL(type, typeBase).href) }
  } catch {
    return problem
  }
}

interface Words {
  readonly title: string | undefined
  readonly detail: string | undefined
  /** That of the two, if there are any. */
  readonly language: string | undefined
}

/** What `describe` says that can be said; what is not exposed gets no detail this way either. */
function wordsOf(description: Description | undefined, exposed: boolean, warn: Warn): Words {
  for (const name of ['title', 'detail', 'language'] as const) {
    const value: unknown = description?.[name]
    if (value === undefined || typeof value === 'string') continue
    warn(new FailureWarning(`describe gave ${kindOf(value)} for ${name}, which is a text`))
  }
  const title = textOf(description?.title)
  const detail = exposed ? textOf(description?.detail) : undefined
  const language = title === undefined && detail === undefined ? undefined : textOf(description?.language)
  return { title, detail, language }
}

/** The same problem in other words, its members in order. */
function reworded(problem: ProblemDetails, words: Words): ProblemDetails {
  if (words.title === undefined && words.detail === undefined) return problem
  const { type, title, status, detail, ...others } = problem
  const said = words.detail ?? detail
  return { type, title: words.title ?? title, status, ...(said === undefined ? {} : { detail: said }), ...others }
}

/** The object that a hook returns; anything else but `undefined` is reported. */
function dataOf<Data extends object>(name: string, hook: () => Data | undefined, warn: Warn): Data | undefined {
  const data: unknown = callHook(name, hook, warn)
  if (isObject(data) && !Array.isArray(data)) return data as Data
  if (data !== undefined && data !== null) warn(new FailureWarning(`${name} returned no object, but ${kindOf(data)}`))
  return undefined
}
