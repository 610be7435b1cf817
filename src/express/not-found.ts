import { MethodNotAllowed, NotFound } from '../failure/client-failures.js'
import { methodsOfPath, type RoutedRequest } from './routes.js'

/**
 * The options of {@link notFound}.
 *
 * @example app.use(notFound({ methodNotAllowed: true }))
 */
export interface NotFoundOptions {
  /** Whether a request is a 405 with `Allow` if its path exists under other methods. Default: `false`. RFC 9110, 15.5.6 */
  readonly methodNotAllowed?: boolean | undefined
}

/**
 * Creates a middleware that passes a `NotFound` to the error handler. Use it after all routes and before `failureHandler()`. An
 * OPTIONS request for a known path is left to Express, which responds with `Allow`.
 *
 * @example
 * ```ts
 * app.use(notFound({ methodNotAllowed: true }))
 * app.use(failureHandler())
 * ```
 */
export function notFound({
  methodNotAllowed = false,
}: NotFoundOptions = {}): (request: RoutedRequest, response: unknown, next: (error?: unknown) => void) => void {
  return (request, _response, next) => {
    const { method } = request
    const allow = methodNotAllowed || method === 'OPTIONS' ? methodsOfPath(request) : []
    // Express itself responds to OPTIONS for a known path.
    if (method === 'OPTIONS' && allow.length > 0) next()
    // If the path exists under the method of the request, its handler has called `next()`. If only OPTIONS is known, CORS has
    // registered it.
    else if (allow.includes(method) || allow.every((each) => each === 'OPTIONS')) next(new NotFound())
    else next(new MethodNotAllowed(`${method} is not allowed for this resource.`, { allow }))
  }
}
