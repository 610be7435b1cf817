import { hasOwnDocument } from '../failure/document-of.js'
import type { Failure } from '../failure/failure.js'
import { hasOptions } from '../failure/given-options.js'
import { problemOf } from '../failure/problem-of.js'
import { kindOf } from '../problem/kind-of.js'
import { hasStandardMembersOnly } from '../problem/problem-details.js'
import { answerFields, fieldsOf, representedFields } from '../reply/answer-fields.js'
import { challenges, isFieldValue, validFields } from '../reply/header-fields.js'
import { hasField, mergeFields, withVary } from '../reply/merge-fields.js'
import { problemReply } from '../reply/problem-reply.js'
import type { HeaderFields, Reply } from '../reply/reply.js'
import { bareProblem, type DescribedProblem, describedProblem } from './described-problem.js'
import type { FailureContext } from './failure-context.js'
import { FailureWarning, type Warn } from './failure-warning.js'
import { callHook, ignoreRejection, tell } from './hooks.js'
import { problemJson } from './problem-json.js'
import { chosen, contentTypeOf, type Representation, variesByAccept } from './representation.js'
import type { FailureResponderOptions } from './responder-options.js'
import { owesField, warnOfUnusable } from './unusable-fields.js'

/** What a policy answers to a failure: its problem, written down, with all header fields. */
export function answerTo(
  failure: Failure,
  options: FailureResponderOptions,
  context: FailureContext,
  warn: Warn,
): Reply {
  return plainAnswer(failure, options) ?? answerByPolicy(failure, options, context, warn)
}

/**
 * The answer of a policy that has no say in it, to a failure that was given no options: the one that the failure makes
 * itself. Most are, and they cost a sixth of the others. `undefined` where there is more to do, or to warn of.
 */
function plainAnswer(failure: Failure, options: FailureResponderOptions): Reply | undefined {
  const { typeBase, describe, extend, represent, cacheControl } = options
  if ((typeBase ?? describe ?? extend ?? represent ?? cacheControl) !== undefined) return undefined
  try {
    if (hasOptions(failure) || hasOwnDocument(failure)) return undefined
    const problem = problemOf(failure)
    if (owesField(problem.status) || !hasStandardMembersOnly(problem)) return undefined
    return problemReply(problem, fieldsOf(failure))
  } catch {
    // What throws here is reported there.
    return undefined
  }
}

function answerByPolicy(
  failure: Failure,
  options: FailureResponderOptions,
  context: FailureContext,
  warn: Warn,
): Reply {
  const described = describedProblem(failure, options, context, warn)
  const fields = fieldsFor(failure, described, options, context, warn)
  const write = (representation: Representation) => written(representation, described, fields, context)
  const { represent } = options
  // A representation is somebody else's, and must not keep the client from its answer.
  const chosenOne = represent && callHook('represent', () => write(chosen(represent, context)), warn)
  const reply = chosenOne ?? callHook('problemJson', () => write(problemJson), warn)
  return reply ?? problemReply(bareProblem(described.problem.status), fields)
}

/** The header fields that do not depend on the representation. */
function fieldsFor(
  failure: Failure,
  { problem: { status }, language }: DescribedProblem,
  options: FailureResponderOptions,
  context: FailureContext,
  warn: Warn,
): HeaderFields {
  const own = fieldsOf(failure)
  const { challenge, cacheControl, represent, describe } = options
  const cache: unknown = callHook('cacheControl', () => cacheControl?.(failure, context), warn)
  const policy = validFields({
    'Cache-Control': checkedText('cacheControl', cache, warn),
    'Content-Language': checkedText('describe', language, warn),
  })
  const owed = status === 401 && !hasField(own, 'WWW-Authenticate') ? challenges('WWW-Authenticate', challenge) : {}
  // It asks what may throw, and a warning must not change the answer.
  tell('headers', () => warnOfUnusable(failure, status, mergeFields(own, owed), warn), warn)
  const fields = answerFields(status, mergeFields(own, owed), policy)
  return withVary(fields, [
    ...(callHook('represent', () => variesByAccept(represent), warn) ? ['Accept'] : []),
    ...(describe !== undefined ? ['Accept-Language'] : []),
  ])
}

/** What a hook says for a header field, if it is one; else it is reported. */
function checkedText(hook: string, value: unknown, warn: Warn): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && value !== '' && isFieldValue(value)) return value
  warn(new FailureWarning(`${hook} gave ${kindOf(value)}, which no header field can hold`))
  return undefined
}

/** The reply in a representation. */
function written(
  representation: Representation,
  { problem, language }: DescribedProblem,
  common: HeaderFields,
  context: FailureContext,
): Reply {
  ignoreRejection(representation)
  const { status } = problem
  const content = validFields({ 'Content-Type': contentTypeOf(representation) })
  if (!hasField(content, 'Content-Type')) throw new TypeError('A representation needs a media type')
  const headers = representedFields(status, mergeFields(content, common), representation.headers)
  const body: unknown = representation.render(problem, { headers, language, context })
  ignoreRejection(body)
  if (typeof body !== 'string') throw new TypeError(`A representation gives a text, not ${kindOf(body)}`)
  return { status, headers, body }
}
