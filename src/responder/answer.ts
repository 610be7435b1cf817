import type { Failure } from '../failure/failure.js'
import { answerFields, fieldsOf } from '../reply/answer-fields.js'
import { challenges, validFields } from '../reply/header-fields.js'
import { hasField, mergeFields, withVary } from '../reply/merge-fields.js'
import type { HeaderFields, Reply } from '../reply/reply.js'
import { type DescribedProblem, describedProblem } from './described-problem.js'
import type { FailureContext } from './failure-context.js'
import { FailureWarning, type Warn } from './failure-warning.js'
import { callHook } from './hooks.js'
import { problemJson } from './problem-json.js'
import { chosen, contentTypeOf, type Representation } from './representation.js'
import type { FailureResponderOptions } from './responder-options.js'
import { warnOfUnusable } from './unusable-fields.js'

/** What a policy answers to a failure: its problem, written down, with all header fields. */
export function answerTo(
  failure: Failure,
  options: FailureResponderOptions,
  context: FailureContext,
  warn: Warn,
): Reply {
  const { represent = problemJson } = options
  const described = describedProblem(failure, options, context, warn)
  const representation = callHook('represent', () => chosen(represent, context), warn) ?? problemJson
  const fields = fieldsFor(failure, described, options, context, warn)
  return (
    written(representation, described, fields, context, warn) ??
    (written(problemJson, described, fields, context, warn) as Reply)
  )
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
  warnOfUnusable(failure, status, mergeFields(own, owed), warn)
  const fields = answerFields(status, mergeFields(own, owed), policy)
  return withVary(fields, [
    ...(represent !== undefined && 'choose' in represent ? ['Accept'] : []),
    ...(describe !== undefined ? ['Accept-Language'] : []),
  ])
}

/** The reply in a representation; `undefined` if that one fails. */
function written(
  representation: Representation,
  { problem, language }: DescribedProblem,
  common: HeaderFields,
  context: FailureContext,
  warn: Warn,
): Reply | undefined {
  const headers = mergeFields(
    { 'Content-Type': contentTypeOf(representation) },
    common,
    validFields(representation.headers),
  )
  const body: unknown = callHook(
    'represent',
    () => representation.render(problem, { headers, language, context }),
    warn,
  )
  if (typeof body === 'string') return { status: problem.status, headers, body }
  warn(new FailureWarning(`The representation ${representation.mediaType} gave no text; the problem is sent as JSON`))
  return undefined
}
