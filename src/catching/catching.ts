import { toResponse } from '../reply/reply.js'
import { FailureResponder } from '../responder/failure-responder.js'
import { requestOfRouter } from './nest-route.js'
import { requestAmong } from './request-among.js'

export type Method = (this: unknown, ...given: unknown[]) => unknown

const DEFAULT_POLICY = new FailureResponder()

/**
 * A function that calls a method and answers the failures that it throws, or that its promise is rejected with.
 *
 * @param position - where Nest's router passes the request; the failure is then thrown on to the filter of the route
 */
export function catching(method: Method, policy: FailureResponder | undefined, position?: number): Method {
  const responder = policy ?? DEFAULT_POLICY
  // A method rather than a function, since what it stands for cannot be constructed either.
  const { standIn } = {
    standIn(this: unknown, ...given: unknown[]): unknown {
      if (position !== undefined && requestOfRouter(this, given, position) !== undefined) {
        return callForRouter(method, this, given, policy)
      }
      try {
        const result = method.apply(this, given)
        return isThenable(result) ? Promise.resolve(result).then(undefined, answering(responder, given)) : result
      } catch (error) {
        return answer(responder, error, given)
      }
    },
  }
  return standIn
}

/** Calls a method as Nest's router would; without a policy of its own, its errors are the application's. */
function callForRouter(method: Method, self: unknown, given: unknown[], policy: FailureResponder | undefined): unknown {
  const request = given.pop() as object
  if (policy === undefined) return method.apply(self, given)
  try {
    const result = method.apply(self, given)
    return isThenable(result) ? Promise.resolve(result).then(undefined, throwing(policy, request)) : result
  } catch (error) {
    throw policy.recognize(error, request) ?? error
  }
}

function answer(responder: FailureResponder, error: unknown, given: readonly unknown[]): Response {
  const reply = responder.replyToFailure(error, requestAmong(given))
  if (reply === undefined) throw error
  return toResponse(reply)
}

// The handlers of a promise are made here, since a closure over the arguments within the stand-in would cost every
// call twenty times the call itself.

function answering(responder: FailureResponder, given: readonly unknown[]) {
  return (error: unknown) => answer(responder, error, given)
}

function throwing(policy: FailureResponder, request: object) {
  return (error: unknown) => {
    throw policy.recognize(error, request) ?? error
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
