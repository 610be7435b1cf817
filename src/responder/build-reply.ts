import type { Failure } from '../failure/failure.js'
import { formatValue } from '../problem/format-value.js'
import { challenges, isFieldValue } from '../reply/header-fields.js'
import { hasField, mergeFields, withVary } from '../reply/merge-fields.js'
import { problemReply } from '../reply/problem-reply.js'
import type { HeaderFields, Reply } from '../reply/reply.js'
import { fieldsOfFailure, responseFields, withContentType, withRepresentationFields } from '../reply/response-fields.js'
import { HttpStatus } from '../status/http-status.js'
import { bareProblem, type DescribedProblem, describedProblem, problemTooLarge } from './described-problem.js'
import type { FailureContext } from './failure-context.js'
import { FailureWarning, type Warn } from './failure-warning.js'
import { warnOfHeaders } from './header-warnings.js'
import { callHook, ignoreRejection } from './hooks.js'
import { plainReply } from './plain-reply.js'
import { problemJson } from './problem-json.js'
import { contentTypeOf, type Representation, selectRepresentation, variesByAccept } from './representation.js'
import type { FailureResponderOptions } from './responder-options.js'

/** The reply to a failure under the options of a responder. */
export function buildReply(
  failure: Failure,
  options: FailureResponderOptions,
  context: FailureContext,
  warn: Warn,
): Reply {
  return plainReply(failure, options, warn) ?? replyByOptions(failure, options, context, warn)
}

function replyByOptions(
  failure: Failure,
  options: FailureResponderOptions,
  context: FailureContext,
  warn: Warn,
): Reply {
  const described = describedProblem(failure, options, context, warn)
  const fields = fieldsFor(failure, described, options, context, warn)
  const render = (representation: Representation) => rendered(representation, described, fields, context, warn)
  const { represent } = options
  const selected = represent && callHook('represent', () => render(selectRepresentation(represent, context)), warn)
  // If the representation fails, the response is JSON.
  if (selected !== undefined) return selected
  try {
    const json = render(problemJson)
    if (json !== undefined) return json
  } catch (cause) {
    warn(problemTooLarge(cause))
  }
  return problemReply(bareProblem(described.problem.status), fields)
}

/** The header fields that do not depend on the representation. */
function fieldsFor(
  failure: Failure,
  { problem: { status }, language }: DescribedProblem,
  options: FailureResponderOptions,
  context: FailureContext,
  warn: Warn,
): HeaderFields {
  const own = fieldsOfFailure(failure)
  const { challenge, cacheControl, represent, describe } = options
  const cache: unknown = callHook('cacheControl', () => cacheControl?.(failure, context), warn)
  const policy = {
    ...fieldFromHook('Cache-Control', 'cacheControl', cache, warn),
    ...fieldFromHook('Content-Language', 'describe', language, warn),
  }
  const needsChallenge = status === HttpStatus.UNAUTHORIZED && !hasField(own, 'WWW-Authenticate')
  const given = needsChallenge ? mergeFields(own, challenges('WWW-Authenticate', challenge)) : own
  warnOfHeaders(failure, status, given, warn)
  const fields = responseFields(status, given, policy)
  return withVary(fields, [
    ...(callHook('represent', () => variesByAccept(represent), warn) ? ['Accept'] : []),
    ...(describe !== undefined ? ['Accept-Language'] : []),
  ])
}

/** The header field that a hook sets. An invalid value is reported and left out. */
function fieldFromHook(name: string, hook: string, value: unknown, warn: Warn): HeaderFields {
  if (isNonEmptyFieldValue(value)) return { [name]: value }
  if (value !== undefined && value !== null) {
    const message = `FailureResponder: "${hook}" must return a valid ${name}, received ${formatValue(value)}`
    warn(new FailureWarning(message, { code: 'INVALID_HOOK_RESULT' }))
  }
  return {}
}

function isNonEmptyFieldValue(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && isFieldValue(value)
}

/** The reply in a representation; `undefined` if the representation is invalid, which is reported. */
function rendered(
  representation: Representation,
  { problem, language }: DescribedProblem,
  common: HeaderFields,
  context: FailureContext,
  warn: Warn,
): Reply | undefined {
  ignoreRejection(representation)
  const { status } = problem
  const contentType: unknown = contentTypeOf(representation)
  if (!isNonEmptyFieldValue(contentType)) {
    warn(invalidRepresentation('"mediaType" of a representation must be a media type', contentType))
    return undefined
  }
  const headers = withRepresentationFields(status, withContentType(contentType, common), representation.headers)
  const body: unknown = representation.render(problem, { headers, language, context })
  ignoreRejection(body)
  if (typeof body !== 'string') {
    warn(invalidRepresentation('"render" of a representation must return a string', body))
    return undefined
  }
  return { status, headers, body }
}

function invalidRepresentation(rule: string, received: unknown): FailureWarning {
  const message = `FailureResponder: ${rule}, received ${formatValue(received)}`
  return new FailureWarning(message, { code: 'INVALID_HOOK_RESULT' })
}
