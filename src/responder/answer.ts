import type { Failure } from '../failure/failure.js'
import { kindOf } from '../problem/kind-of.js'
import { answerFields, fieldsOf, representedFields, typedFields } from '../reply/answer-fields.js'
import { challenges, isFieldValue } from '../reply/header-fields.js'
import { hasField, mergeFields, withVary } from '../reply/merge-fields.js'
import { problemReply } from '../reply/problem-reply.js'
import type { HeaderFields, Reply } from '../reply/reply.js'
import { HttpStatus } from '../status/http-status.js'
import { bareProblem, type DescribedProblem, describedProblem } from './described-problem.js'
import type { FailureContext } from './failure-context.js'
import { FailureWarning, type Warn } from './failure-warning.js'
import { callHook, ignoreRejection } from './hooks.js'
import { plainAnswer } from './plain-answer.js'
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
  return plainAnswer(failure, options, warn) ?? answerByPolicy(failure, options, context, warn)
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
  const policy = {
    ...fieldIn('Cache-Control', 'cacheControl', cache, warn),
    ...fieldIn('Content-Language', 'describe', language, warn),
  }
  const isOwed = status === HttpStatus.UNAUTHORIZED && !hasField(own, 'WWW-Authenticate')
  const given = isOwed ? mergeFields(own, challenges('WWW-Authenticate', challenge)) : own
  warnOfUnusable(failure, status, given, warn)
  const fields = answerFields(status, given, policy)
  return withVary(fields, [
    ...(callHook('represent', () => variesByAccept(represent), warn) ? ['Accept'] : []),
    ...(describe !== undefined ? ['Accept-Language'] : []),
  ])
}

/** What a hook says for a header field, if it can be one; else it is reported. */
function fieldIn(name: string, hook: string, value: unknown, warn: Warn): HeaderFields {
  if (isFieldText(value)) return { [name]: value }
  if (value !== undefined && value !== null) {
    warn(new FailureWarning(`${hook} gave ${kindOf(value)}, which no header field can hold`))
  }
  return {}
}

function isFieldText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && isFieldValue(value)
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
  const contentType: unknown = contentTypeOf(representation)
  if (!isFieldText(contentType)) throw new TypeError('A representation needs a media type')
  const headers = representedFields(status, typedFields(contentType, common), representation.headers)
  const body: unknown = representation.render(problem, { headers, language, context })
  ignoreRejection(body)
  if (typeof body !== 'string') throw new TypeError(`A representation gives a text, not ${kindOf(body)}`)
  return { status, headers, body }
}
