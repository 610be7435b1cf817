import { sendFailure } from '../node/send-failure.js'
import { type FailureResponder, responderOf } from '../responder/failure-responder.js'
import type { FailureResponderOptions } from '../responder/responder-options.js'
import { emitError } from './emit-error.js'
import { failureWithoutBody, type KoaContext } from './failure-without-body.js'

/**
 * Creates a middleware for Koa 3 and 2 that sends the response to an error. Use it first, so that it catches the errors of all
 * others.
 *
 * A response without a body whose status is 4xx or 5xx, such as Koa's 404 for an unknown path and the 405 of a router, gets
 * problem details, too. Header fields and cookies that were set before the error are kept, except those of the success.
 *
 * Emits the `error` event for thrown errors. If the application has no listener of its own, it prints nothing: `onFailure` logs.
 *
 * @example
 * ```ts
 * app.use(failures())
 * app.use(router.routes()).use(router.allowedMethods())
 * ```
 * @param policy - a responder, or its options
 * @throws TypeError for invalid options
 */
export function failures(
  policy?: FailureResponder | FailureResponderOptions,
): (context: KoaContext, next: () => Promise<unknown>) => Promise<void> {
  const responder = responderOf(policy)
  return async (context, next) => {
    try {
      await next()
    } catch (error) {
      send(error, context, responder)
      emitError(error, context)
      return
    }
    const failure = failureWithoutBody(context)
    if (failure !== undefined) send(failure, context, responder)
  }
}

/** Koa itself must not respond: it would replace the status with 204, since there is no body. */
function send(error: unknown, context: KoaContext, responder: FailureResponder): void {
  context.respond = false
  sendFailure(error, context.request, context.res, responder)
}
