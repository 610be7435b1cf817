import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import type { HTTPException } from 'hono/http-exception'
import { NotFound } from '../failure/client-failures.js'
import { type FailureResponder, responderOf } from '../responder/failure-responder.js'
import type { FailureResponderOptions } from '../responder/responder-options.js'
import { failureOfBody } from './failure-of-body.js'
import { responseTo } from './response.js'

/**
 * Creates an error handler for Hono. The error of `c.req.json()` for a body that is not JSON is a 400; a `HTTPException` keeps its
 * status and the header fields of its response, and with a status below 400, the response itself.
 *
 * @example app.onError(onError({ represent: byAccept(problemJson, html) }))
 * @param policy - a responder, or its options
 * @throws TypeError for invalid options
 */
export function onError(policy?: FailureResponder | FailureResponderOptions): ErrorHandler {
  const responder = responderOf(policy)
  return async (error, context) =>
    redirectOf(error) ?? responseTo((await failureOfBody(error, context)) ?? error, context, responder)
}

/**
 * Creates a handler for unknown paths: a `NotFound`.
 *
 * @example app.notFound(notFound())
 * @param policy - a responder, or its options
 * @throws TypeError for invalid options
 */
export function notFound(policy?: FailureResponder | FailureResponderOptions): NotFoundHandler {
  const responder = responderOf(policy)
  return (context: Context) => responseTo(new NotFound(), context, responder)
}

/** The response of a `HTTPException` that is not a failure, such as a redirect. */
function redirectOf(error: Error & Partial<HTTPException>): Response | undefined {
  try {
    const { status } = error
    const response: unknown = typeof status === 'number' && status < 400 ? error.getResponse?.() : undefined
    return response instanceof Response ? response : undefined
  } catch {
    // Reading the error may throw.
    return undefined
  }
}
