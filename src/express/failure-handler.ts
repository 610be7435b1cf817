import type { NodeResponse } from '../node/platform-response.js'
import { sendFailure } from '../node/send-failure.js'
import type { RequestLike } from '../responder/failure-context.js'
import { type FailureResponder, responderOf } from '../responder/failure-responder.js'
import type { FailureResponderOptions } from '../responder/responder-options.js'

/**
 * Creates an error handler for Express 5 and 4. Use it after all routes.
 *
 * If the head of a response was already sent, the connection is closed. `throw undefined` reaches no error handler: Express
 * regards it as `next()`.
 *
 * @example
 * ```ts
 * app.use(routes)
 * app.use(notFound())
 * app.use(failureHandler())
 * ```
 * @param policy - a responder, or its options
 * @throws TypeError for invalid options
 */
export function failureHandler(
  policy?: FailureResponder | FailureResponderOptions,
): (error: unknown, request: RequestLike, response: NodeResponse, next: (error?: unknown) => void) => void {
  const responder = responderOf(policy)
  // Express recognizes an error handler by its four parameters.
  return (error, request, response, _next) => sendFailure(error, request, response, responder)
}
