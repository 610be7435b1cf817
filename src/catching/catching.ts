import { toResponse } from '../reply/reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import { defaultResponder, type FailureResponder } from '../responder/failure-responder.js'
import { recognized, replyToRecognized } from '../responder/recognized-error.js'
import { isExpressRequest, respondOnExpress } from './express-response.js'
import { hasRouteFilter, isCallOfRouter, isLeftToFilter } from './nest-route.js'
import { policyOfController, thrownToFilter } from './nest-route-filter.js'
import { policyOfPlatform } from './platform-policies.js'
import { requestAmong } from './request-among.js'

export type Method = (this: unknown, ...given: unknown[]) => unknown

/** How Nest's router calls a method: the property of the controller, and the position of the request argument. */
export interface Route {
  readonly name: string | symbol
  readonly requestPosition: number
}

/**
 * A function that calls a method and converts the failures that it throws, or that its promise is rejected with.
 *
 * @param route - set if the method may be a Nest route, whose failures are thrown on to the filter of the route
 */
export function catching(method: Method, policy: FailureResponder | undefined, route?: Route): Method {
  const lengthByRouter = route === undefined ? NEVER : route.requestPosition + 1
  const respondWithoutRequest = (error: unknown) => respond(policy, error, undefined)
  // A method rather than a function, since methods cannot be constructed.
  const { standIn } = {
    standIn(this: unknown, ...given: unknown[]): unknown {
      // The length is checked first, and a handler is only created if there may be a request: as long as the arguments
      // are not passed on, the engine doesn't create an array for them.
      if (given.length === lengthByRouter && isCallOfRouter(this, given)) {
        return callForRouter(method, this, given, policy, route as Route)
      }
      try {
        const result = method.apply(this, given) as { readonly then?: unknown } | null | undefined
        // Checking for `then` first takes half as long as checking the type of the value.
        if (result?.then === undefined || !isThenable(result)) return result
        return settled(
          result,
          given.some((argument) => typeof argument === 'object') ? responding(policy, given) : respondWithoutRequest,
        )
      } catch (error) {
        return respond(policy, error, requestAmong(given))
      }
    },
  }
  return standIn
}

/** A number, since comparing numbers is cheapest. */
const NEVER = -1

/** Calls a method for Nest's router, without the hidden request argument. */
function callForRouter(
  method: Method,
  self: unknown,
  given: unknown[],
  policy: FailureResponder | undefined,
  route: Route,
): unknown {
  const request = given.pop() as RequestLike
  // The usual case, as fast as the bare method.
  if (policy === undefined && isLeftToFilter(self as object, route.name)) return method.apply(self, given)
  try {
    const result = method.apply(self, given)
    return isThenable(result) ? settled(result, respondingToRouter(policy, self, request, route)) : result
  } catch (error) {
    return respondToRouter(policy, error, self, request, route)
  }
}

function respond(policy: FailureResponder | undefined, error: unknown, request: RequestLike | undefined): Response {
  const responder = policy ?? defaultResponder
  const known = recognized(responder, error, request)
  if (known === undefined) throw error
  return toResponse(replyToRecognized(responder, known, request))
}

/** Throws the error on to the filter of the route, or responds itself if another decorator has hidden the filter. */
function respondToRouter(
  policy: FailureResponder | undefined,
  error: unknown,
  self: unknown,
  request: RequestLike,
  route: Route,
): Response {
  if (hasRouteFilter(self, route.name)) throw thrownToFilter(policy, error, self as object, request)
  const own = policy ?? policyOfController(self as object) ?? policyOfPlatform(request) ?? defaultResponder
  if (isExpressRequest(request)) throw respondOnExpress(own, error, request)
  return respond(own, error, request)
}

// The handlers of promises are created here, since a closure over the arguments within the stand-in would make every call
// twenty times slower.

function responding(policy: FailureResponder | undefined, given: readonly unknown[]) {
  return (error: unknown) => respond(policy, error, requestAmong(given))
}

function respondingToRouter(policy: FailureResponder | undefined, self: unknown, request: RequestLike, route: Route) {
  return (error: unknown) => respondToRouter(policy, error, self, request, route)
}

/** Keeps the class of a promise. The `then` of another thenable is called once. */
function settled(result: PromiseLike<unknown>, onRejected: (error: unknown) => unknown): PromiseLike<unknown> {
  return (result instanceof Promise ? result : Promise.resolve(result)).then(undefined, onRejected)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false
  return typeof (value as { readonly then?: unknown }).then === 'function'
}
