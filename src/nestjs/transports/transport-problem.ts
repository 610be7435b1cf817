import type { ProblemDetails } from '../../problem/problem-details.js'
import type { RequestLike } from '../../responder/failure-context.js'
import type { FailureResponder } from '../../responder/failure-responder.js'
import { problemOfRecognized } from '../../responder/recognized-error.js'
import { failureFromTransport } from './transport-exception.js'

/** The problem details for an error of a transport other than HTTP, whose own exceptions are recognized. */
export function transportProblem(
  responder: FailureResponder,
  error: unknown,
  request?: RequestLike | undefined,
): ProblemDetails {
  const ofTransport = failureFromTransport(error)
  if (ofTransport === undefined) return responder.toProblem(error, request)
  // As for HTTP exceptions, the application's `translate` takes precedence.
  const failure = responder.recognize(error, request) ?? ofTransport
  return problemOfRecognized(responder, { error, failure }, request)
}
