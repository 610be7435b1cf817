import type { Failure } from '../failure/failure.js'
import { answerFields, fieldsOf } from '../reply/answer-fields.js'
import { challenges, validFields } from '../reply/header-fields.js'
import { hasField, mergeFields, withVary } from '../reply/merge-fields.js'
import type { HeaderFields, Reply } from '../reply/reply.js'
import { type DescribedProblem, describedProblem } from './described-problem.js'
import type { FailureContext } from './failure-context.js'
import type { Warn } from './failure-warning.js'
import { callHook, tell } from './hooks.js'
import { problemJson } from './problem-json.js'
import { chosen, contentTypeOf, type Representation, variesByAccept } from './representation.js'
import type { FailureResponderOptions } from './responder-options.js'
import { warnOfUnusable } from './unusable-fields.js'

/** What a policy answers to a failure: its problem, written down, with all header fields. */
export function answerTo(
  failure: Failure,
  options: FailureResponderOptions,
  context: FailureContext,
  warn: Warn,
): Reply {
  const described = describedProblem(failure, options, context, warn)
  const fields = fieldsFor(failure, described, options, context, warn)
  const write = (representation: Representation) => written(representation, described, fields, context)
  const { represent } = options
  if (represent === undefined) return write(problemJson)
  // A representation is somebody else's, and must not keep the client from its answer.
  return callHook('represent', () => write(chosen(represent, context)), warn) ?? write(problemJson)
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
  const cache = callHook('cacheControl', () => cacheControl?.(failure, context), warn)
  const policy = validFields({ 'Cache-Control': cache, 'Content-Language': language })
  const owed = status === 401 && !hasField(own, 'WWW-Authenticate') ? challenges('WWW-Authenticate', challenge) : {}
  // It asks what may throw, and a warning must not change the answer.
  tell('headers', () => warnOfUnusable(failure, status, mergeFields(own, owed), warn), warn)
  const fields = answerFields(status, mergeFields(own, owed), policy)
  return withVary(fields, [
    ...(represent !== undefined && variesByAccept(represent) ? ['Accept'] : []),
    ...(describe !== undefined ? ['Accept-Language'] : []),
  ])
}

/** The reply in a representation. */
function written(
  representation: Representation,
  { problem, language }: DescribedProblem,
  common: HeaderFields,
  context: FailureContext,
): Reply {
  const content = validFields({ 'Content-Type': contentTypeOf(representation) })
  if (!hasField(content, 'Content-Type')) throw new TypeError('A representation needs a media type')
  const headers = mergeFields(content, common, validFields(representation.headers))
  const body: unknown = representation.render(problem, { headers, language, context })
  if (typeof body !== 'string') throw new TypeError(`The representation ${representation.mediaType} gave no text`)
  return { status: problem.status, headers, body }
}
