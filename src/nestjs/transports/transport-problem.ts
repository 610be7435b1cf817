import type { ProblemDetails } from '../../problem/problem-details.js'
import type { MessageLike } from '../../responder/failure-context.js'
import type { FailureResponder } from '../../responder/failure-responder.js'
import { problemOfRecognized } from '../../responder/recognized-error.js'
import { failureFromTransport } from './transport-exception.js'

/** The problem details for an error of a transport other than HTTP, whose own exceptions are recognized. */
export function transportProblem(responder: FailureResponder, error: unknown, message: MessageLike): ProblemDetails {
  const ofTransport = failureFromTransport(error)
  if (ofTransport === undefined) return responder.toProblem(error, message)
  // As for HTTP exceptions, the application's `translate` takes precedence.
  const failure = responder.recognize(error, message) ?? ofTransport
  return problemOfRecognized(responder, { error, failure }, message)
}
