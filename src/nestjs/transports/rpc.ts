import { type Observable, throwError } from 'rxjs'
import type { FailureResponder } from '../../responder/failure-responder.js'
import { isRetriable } from './transport-exception.js'
import { transportProblem } from './transport-problem.js'

/**
 * A failing Observable with the problem details as its error, to be returned by the filter. The calling service restores
 * the Failure with `failureFromProblem`.
 */
export function rpcErrorFor(responder: FailureResponder, error: unknown): Observable<never> {
  if (isRetriable(error)) return throwError(() => error)
  // Outside of the Observable, so that `onFailure` is called once, whatever the number of subscribers.
  const problem = transportProblem(responder, error)
  return throwError(() => problem)
}
