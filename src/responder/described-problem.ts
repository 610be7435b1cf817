import { documentOf } from '../failure/document-of.js'
import { isExposed } from '../failure/exposure.js'
import type { Failure } from '../failure/failure.js'
import { titleOf } from '../failure/failure-status.js'
import { asString, isObject, memberOf } from '../problem/foreign-values.js'
import { formatValue } from '../problem/format-value.js'
import { toJson } from '../problem/json.js'
import { ABOUT_BLANK, extended, type ProblemDetails } from '../problem/problem-details.js'
import { problemType } from '../problem/uri-reference.js'
import type { FailureContext } from './failure-context.js'
import { FailureWarning, type Warn } from './failure-warning.js'
import { callHook, formatThrown } from './hooks.js'
import { warnOfMemberNames } from './member-names.js'
import type { FailureResponderOptions, LocalizedText } from './responder-options.js'

/** The problem details under the options of a responder, and the language of title and detail. */
export interface DescribedProblem {
  readonly problem: ProblemDetails
  readonly language: string | undefined
}

/** The problem details of a failure, changed by `typeBase`, `describe` and `extend`. */
export function describedProblem(
  failure: Failure,
  options: FailureResponderOptions,
  context: FailureContext,
  warn: Warn,
): DescribedProblem {
  const { typeBase, describe, extend } = options
  const original = resolved(
    documentOf(failure, (cause) => warn(invalidProblem(failure, cause))),
    typeBase,
  )
  const localized = localizedMembers(
    dataFromHook<LocalizedText>('describe', () => describe?.(failure, context), warn),
    isExposed(failure),
    warn,
  )
  const problem = extended(
    withLocalized(original, localized),
    dataFromHook('extend', () => extend?.(failure, context), warn),
  )
  warnOfMemberNames(problem, options, warn)
  return { problem, language: localized.language }
}

/** The problem details as plain data, equal to the parsed JSON. */
export function plainProblem(problem: ProblemDetails, warn: Warn): ProblemDetails {
  try {
    return JSON.parse(toJson(problem))
  } catch (cause) {
    warn(problemTooLarge(cause))
    return bareProblem(problem.status)
  }
}

/** For problem details that are too large for a string of the engine (about 512 MB). */
export function bareProblem(status: number): ProblemDetails {
  return { type: ABOUT_BLANK, title: titleOf(status), status }
}

/** Resolves a relative type. RFC 9457, 3.1.1 */
function resolved(problem: ProblemDetails, typeBase: string | undefined): ProblemDetails {
  const { type } = problem
  if (typeBase === undefined || type === ABOUT_BLANK) return problem
  try {
    return { ...problem, type: problemType(new URL(type, typeBase).href) }
  } catch {
    return problem
  }
}

interface LocalizedMembers {
  readonly title: string | undefined
  readonly detail: string | undefined
  /** The language of title and detail, if there are any. */
  readonly language: string | undefined
}

/** The valid members from `describe`. A failure that is not exposed gets no detail. */
function localizedMembers(given: LocalizedText | undefined, exposed: boolean, warn: Warn): LocalizedMembers {
  for (const name of ['title', 'detail', 'language'] as const) {
    const value: unknown = given?.[name]
    if (value === undefined || typeof value === 'string') continue
    const message = `FailureResponder: "${name}" from "describe" must be a string, received ${formatValue(value)}`
    warn(new FailureWarning(message, { code: 'INVALID_HOOK_RESULT' }))
  }
  const title = asString(given?.title)
  const detail = exposed ? asString(given?.detail) : undefined
  const language = title === undefined && detail === undefined ? undefined : asString(given?.language)
  return { title, detail, language }
}

/** Replaces title and detail, and keeps the order of the members. */
function withLocalized(problem: ProblemDetails, localized: LocalizedMembers): ProblemDetails {
  if (localized.title === undefined && localized.detail === undefined) return problem
  const { type, title, status, detail, ...others } = problem
  const newDetail = localized.detail ?? detail
  return {
    type,
    title: localized.title ?? title,
    status,
    ...(newDetail === undefined ? {} : { detail: newDetail }),
    ...others,
  }
}

/** The object that a hook returns. Any other result but `undefined` is reported. */
function dataFromHook<Data extends object>(name: string, hook: () => Data | undefined, warn: Warn): Data | undefined {
  const data: unknown = callHook(name, hook, warn)
  if (isObject(data) && !Array.isArray(data)) return data as Data
  if (data !== undefined && data !== null) {
    const message = `FailureResponder: "${name}" must return an object or undefined, received ${formatValue(data)}`
    warn(new FailureWarning(message, { code: 'INVALID_HOOK_RESULT' }))
  }
  return undefined
}

function invalidProblem(failure: Failure, cause: unknown): FailureWarning {
  const name = asString(memberOf(failure, 'name')) ?? 'Failure'
  const message = `${name}: the default problem details are sent, since "toProblem" failed: ${formatThrown(cause)}`
  return new FailureWarning(message, { code: 'INVALID_PROBLEM', cause })
}

/** Reports that serialization failed, for a string that is too long for the engine. */
export function problemTooLarge(cause: unknown): FailureWarning {
  const message = `Only type, title and status are sent, since the problem details cannot be serialized: ${formatThrown(cause)}`
  return new FailureWarning(message, { code: 'PROBLEM_TOO_LARGE', cause })
}
