import type { ArgumentsHost } from '@nestjs/common'
import { type Observable, throwError } from 'rxjs'
import type { FailureResponder } from '../../responder/failure-responder.js'
import { formatPattern, type HandlerNames } from './handler-names.js'
import { isRetriable } from './transport-exception.js'
import { transportProblem } from './transport-problem.js'

/**
 * A failing Observable with the problem details as its error, to be returned by the filter. The calling service restores
 * the Failure with `failureFromProblem`.
 */
export function rpcErrorFor(
  responder: FailureResponder,
  error: unknown,
  host: ArgumentsHost,
  handlers: HandlerNames,
): Observable<never> {
  if (isRetriable(error)) return throwError(() => error)
  // The host in a test may have no arguments.
  const [data, raw] = host.getArgs?.<[unknown, MessageContext]>() ?? []
  const pattern = patternOf(raw)
  const handler = handlers.of('rpc', pattern)
  // Outside of the Observable, so that `onFailure` is called once, even if it has several subscribers.
  const problem = transportProblem(responder, error, { transport: 'rpc', pattern, handler, data, raw })
  return throwError(() => problem)
}

/** The context of a message; each transport has its own name for the pattern. */
interface MessageContext {
  getPattern?(): unknown
  getTopic?(): unknown
  getSubject?(): unknown
  getChannel?(): unknown
}

function patternOf(context: MessageContext | undefined): string | undefined {
  try {
    const pattern =
      context?.getPattern?.() ?? context?.getTopic?.() ?? context?.getSubject?.() ?? context?.getChannel?.()
    return pattern === undefined ? undefined : formatPattern(pattern)
  } catch {
    // A custom transport has its own context.
    return undefined
  }
}
