import type { Failure } from '../failure/failure.js'
import type { ProblemDetails } from '../problem/problem-details.js'
import type { Reply } from '../reply/reply.js'
import type { RequestLike } from './failure-context.js'
import { FailureResponder } from './failure-responder.js'
import { Pipeline } from './pipeline.js'

// For adapters that recognize an error before they respond: `translate` isn't called again, and hooks still receive the
// thrown error. A responder that overrides a method is called with the Failure instead.

/** A thrown error, and the Failure that it was recognized as. */
export interface RecognizedError {
  readonly error: unknown
  readonly failure: Failure
}

/** The error with its Failure; `undefined` if the responder doesn't recognize it. */
export function recognized(
  responder: FailureResponder,
  error: unknown,
  request: RequestLike | undefined,
): RecognizedError | undefined {
  const failure = responder.recognize(error, request)
  return failure && { error, failure }
}

export function replyToRecognized(
  responder: FailureResponder,
  { error, failure }: RecognizedError,
  request: RequestLike | undefined,
): Reply {
  if (failure === error || responder.toReply !== FailureResponder.prototype.toReply) {
    return responder.toReply(failure, request)
  }
  return new Pipeline(responder.options, error, request).toReply(failure)
}

export function problemOfRecognized(
  responder: FailureResponder,
  { error, failure }: RecognizedError,
  request: RequestLike | undefined,
): ProblemDetails {
  if (failure === error || responder.toProblem !== FailureResponder.prototype.toProblem) {
    return responder.toProblem(failure, request)
  }
  return new Pipeline(responder.options, error, request).toProblem(failure)
}
