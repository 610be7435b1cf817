import { toResponse } from '../reply/reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import { defaultResponder, type FailureResponder } from '../responder/failure-responder.js'
import { answeredAlready, isOfExpress } from './answered-already.js'
import { hasRouteFilter, isCallOfRouter, isLeftToFilter } from './nest-route.js'
import { policyOfController, thrownToFilter } from './nest-route-filter.js'
import { policyOfPlatform } from './platform-policies.js'
import { requestAmong } from './request-among.js'

export type Method = (this: unknown, ...given: unknown[]) => unknown

/** How Nest's router calls a method: as this property of a controller, with the request at this position. */
export interface Route {
  readonly name: string | symbol
  readonly requestPosition: number
}

/**
 * A function that calls a method and answers the failures that it throws, or that its promise is rejected with.
 *
 * @param route - where the method may be a route of Nest; its failures are then thrown on to the filter of the route
 */
export function catching(method: Method, policy: FailureResponder | undefined, route?: Route): Method {
  const lengthByRouter = route === undefined ? NEVER : route.requestPosition + 1
  const answerToNobody = (error: unknown) => answer(policy, error, undefined)
  // A method rather than a function, since what it stands for cannot be constructed either.
  const { standIn } = {
    standIn(this: unknown, ...given: unknown[]): unknown {
      // The length first, and a handler per call only where there may be a request: as long as the arguments are not
      // passed to anybody, the engine does without a list of them.
      if (given.length === lengthByRouter && isCallOfRouter(this, given)) {
        return callForRouter(method, this, given, policy, route as Route)
      }
      try {
        const result = method.apply(this, given) as { readonly then?: unknown } | null | undefined
        // That there is no `then` is half as expensive to find out as what kind of value it is.
        if (result?.then === undefined || !isThenable(result)) return result
        return settled(
          result,
          given.some((argument) => typeof argument === 'object') ? answering(policy, given) : answerToNobody,
        )
      } catch (error) {
        return answer(policy, error, requestAmong(given))
      }
    },
  }
  return standIn
}

/** A number as well, since a comparison of numbers is the cheapest. */
const NEVER = -1

/** Calls a method as Nest's router would, without the argument that it knows nothing of. */
function callForRouter(
  method: Method,
  self: unknown,
  given: unknown[],
  policy: FailureResponder | undefined,
  route: Route,
): unknown {
  const request = given.pop() as RequestLike
  // Nearly always, and then it costs what a bare method costs.
  if (policy === undefined && isLeftToFilter(self as object, route.name)) return method.apply(self, given)
  try {
    const result = method.apply(self, given)
    return isThenable(result) ? settled(result, answeringRouter(policy, self, request, route)) : result
  } catch (error) {
    return answerRouter(policy, error, self, request, route)
  }
}

function answer(policy: FailureResponder | undefined, error: unknown, request: RequestLike | undefined): Response {
  const reply = (policy ?? defaultResponder).replyToFailure(error, request)
  if (reply === undefined) throw error
  return toResponse(reply)
}

/** Throws on what the filter of the route answers; where some other decorator has hidden the filter, answers itself. */
function answerRouter(
  policy: FailureResponder | undefined,
  error: unknown,
  self: unknown,
  request: RequestLike,
  route: Route,
): Response {
  if (hasRouteFilter(self, route.name)) throw thrownToFilter(policy, error, self as object, request)
  const own = policy ?? policyOfController(self as object) ?? policyOfPlatform(request) ?? defaultResponder
  if (isOfExpress(request)) throw answeredAlready(own, error, request)
  return answer(own, error, request)
}

// The handlers of a promise are made here, since a closure over the arguments within the stand-in would cost every
// call twenty times the call itself.

function answering(policy: FailureResponder | undefined, given: readonly unknown[]) {
  return (error: unknown) => answer(policy, error, requestAmong(given))
}

function answeringRouter(policy: FailureResponder | undefined, self: unknown, request: RequestLike, route: Route) {
  return (error: unknown) => answerRouter(policy, error, self, request, route)
}

/** A promise keeps its class; a thenable is asked once, whatever its `then` returns. */
function settled(result: PromiseLike<unknown>, onRejected: (error: unknown) => unknown): PromiseLike<unknown> {
  return (result instanceof Promise ? result : Promise.resolve(result)).then(undefined, onRejected)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false
  return typeof (value as { readonly then?: unknown }).then === 'function'
}
