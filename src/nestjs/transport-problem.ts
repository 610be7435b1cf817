import type { ProblemDetails } from '../problem/problem-details.js'
import type { RequestLike } from '../responder/failure-context.js'
import type { FailureResponder } from '../responder/failure-responder.js'
import { failureFromTransport } from './transport-exception.js'

/** The problem of an error in a transport other than HTTP, whose own exceptions are understood there. */
export function transportProblem(
  responder: FailureResponder,
  error: unknown,
  request?: RequestLike | undefined,
): ProblemDetails {
  const written = failureFromTransport(error)
  if (written === undefined) return responder.problem(error, request)
  // The translation of the application comes first, as with the exceptions of HTTP.
  return responder.problem(error, request, responder.recognize(error, request) ?? written)
}
