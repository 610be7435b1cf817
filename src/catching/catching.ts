import type { FailureResponder } from '../responder/failure-responder.js'
import { requestAmong } from './fetch-request.js'
import { callForRouter, isCallOfRouter } from './nest/decorated-route.js'
import type { RouterCall } from './nest/route-metadata.js'
import { isThenable, respond, settled } from './respond.js'

export type Method = (this: unknown, ...given: unknown[]) => unknown

/**
 * A function that calls a method and converts the failures that it throws, or that its promise is rejected with.
 *
 * @param call - set if the method may be a route of Nest, whose failures are thrown on to the filter of the route
 */
export function catching(method: Method, policy: FailureResponder | undefined, call?: RouterCall): Method {
  const lengthByRouter = call === undefined ? NEVER : call.requestPosition + 1
  const respondWithoutRequest = (error: unknown) => respond(policy, error, undefined)
  // A method rather than a function, since methods cannot be constructed.
  const { standIn } = {
    standIn(this: unknown, ...given: unknown[]): unknown {
      // The length is checked first, and a handler is only created if there may be a request: as long as the arguments
      // are not passed on, the engine doesn't create an array for them.
      if (given.length === lengthByRouter && isCallOfRouter(this, given)) {
        return callForRouter(method, this, given, policy, call as RouterCall)
      }
      let result: { readonly then?: unknown } | null | undefined
      try {
        result = method.apply(this, given) as typeof result
      } catch (error) {
        return respond(policy, error, requestAmong(given))
      }
      try {
        // Checking for `then` first takes half as long as checking the type of the value.
        if (result?.then === undefined || !isThenable(result)) return result
      } catch {
        // The result has an accessor that throws. It is returned as it is.
        return result
      }
      return settled(
        result,
        given.some((argument) => typeof argument === 'object') ? responding(policy, given) : respondWithoutRequest,
      )
    },
  }
  return standIn
}

/** A number, since comparing numbers is cheapest. */
const NEVER = -1

/** Created here, since a closure over the arguments within the stand-in would make every call twenty times slower. */
function responding(policy: FailureResponder | undefined, given: readonly unknown[]) {
  return (error: unknown) => respond(policy, error, requestAmong(given))
}
