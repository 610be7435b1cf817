import type { Failure } from '../failure/failure.js'
import type { ProblemDetails } from '../problem/problem-details.js'
import type { Reply } from '../reply/reply.js'
import type { MessageLike, RequestLike } from './failure-context.js'
import { FailureResponder } from './failure-responder.js'
import { Pipeline, withThrownError } from './pipeline.js'

// For adapters that recognize an error before they respond: `translate` isn't called again, and hooks still receive the
// thrown error.

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

/** Calls `toReply()`, which a subclass may override. A responder of another copy of the package is used by its options. */
export function replyToRecognized(
  responder: FailureResponder,
  recognizedError: RecognizedError,
  request: RequestLike | undefined,
): Reply {
  const { error, failure } = recognizedError
  return responder instanceof FailureResponder
    ? withThrownError(recognizedError, () => responder.toReply(failure, request))
    : new Pipeline((responder as FailureResponder).options, error, request).toReply(failure)
}

/** The same for `toProblem()`. */
export function problemOfRecognized(
  responder: FailureResponder,
  recognizedError: RecognizedError,
  origin: MessageLike,
): ProblemDetails {
  const { error, failure } = recognizedError
  return responder instanceof FailureResponder
    ? withThrownError(recognizedError, () => responder.toProblem(failure, origin))
    : new Pipeline((responder as FailureResponder).options, error, origin).toProblem(failure)
}
