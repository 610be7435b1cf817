import { type Observable, throwError } from 'rxjs'
import type { FailureResponder } from '../responder/failure-responder.js'
import { isRetriable } from './transport-exception.js'
import { transportProblem } from './transport-problem.js'

/**
 * Answers a message: the problem document is the error of its answer, which the calling service turns into a Failure
 * again by `failureFromProblem`.
 */
export function answerRpc(responder: FailureResponder, error: unknown): Observable<never> {
  if (isRetriable(error)) return throwError(() => error)
  // Made here, since it is told of once, however many there are who listen.
  const problem = transportProblem(responder, error)
  return throwError(() => problem)
}
