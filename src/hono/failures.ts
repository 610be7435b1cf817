import type { Context, Hono } from 'hono'
import { type FailureResponder, responderOf } from '../responder/failure-responder.js'
import type { FailureResponderOptions } from '../responder/responder-options.js'
import { notFound, onError } from './handlers.js'
import { rememberResponder } from './problem.js'
import { responseTo } from './response.js'

/**
 * Makes a Hono application respond to errors and unknown paths with problem details. Call it before the routes are added: a thrown
 * value that is not an error never reaches `onError` and is caught by a middleware.
 *
 * @example
 * ```ts
 * const app = failures(new Hono(), { extend: withTraceId })
 * ```
 * @param policy - a responder, or its options
 * @returns the application
 * @throws TypeError for invalid options
 */
// biome-ignore lint/suspicious/noExplicitAny: `Hono` with any environment, schema and path has no other type.
export function failures<App extends Hono<any, any, any>>(
  app: App,
  policy?: FailureResponder | FailureResponderOptions,
): App {
  const responder = responderOf(policy)
  app.use(async (context: Context, next) => {
    rememberResponder(context, responder)
    try {
      await next()
    } catch (error) {
      context.res = responseTo(error, context, responder)
    }
  })
  app.onError(onError(responder))
  app.notFound(notFound(responder))
  return app
}
