import type { Context, TypedResponse } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Failure } from '../failure/failure.js'
import type { ProblemDetails } from '../problem/problem-details.js'
import { defaultResponder, type FailureResponder } from '../responder/failure-responder.js'
import { responseTo } from './response.js'

/**
 * The response to a failure, for a handler that returns it rather than throws it: its status and problem details then appear in the
 * types of Hono's RPC client. Uses the policy of `failures()`.
 *
 * @example
 * ```ts
 * const routes = app.get('/books/:isbn', (c) => {
 *   const book = books.get(c.req.param('isbn'))
 *   return book === undefined ? problem(c, new NotFound('There is no such book.')) : c.json(book)
 * })
 * ```
 */
export function problem<Returned extends Failure>(
  context: Context,
  failure: Returned,
): Response & TypedResponse<ProblemDetails, StatusOf<Returned>, 'json'> {
  return responseTo(failure, context, responders.get(context) ?? defaultResponder) as never
}

type StatusOf<Returned extends Failure> = Extract<Returned['status'], ContentfulStatusCode>

const responders = new WeakMap<Context, FailureResponder>()

/** Remembers the responder of an application for a request. */
export function rememberResponder(context: Context, responder: FailureResponder): void {
  responders.set(context, responder)
}
