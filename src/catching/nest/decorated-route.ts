import { isObject } from '../../problem/unknown-values.js'
import type { RequestLike } from '../../responder/failure-context.js'
import type { FailureResponder } from '../../responder/failure-responder.js'
import { metadataReflection } from '../method-metadata.js'
import { isThenable, settled } from '../respond.js'
import { respondWithoutFilter } from './hidden-filter.js'
import { CONTROLLER } from './nest-metadata.js'
import { policyOfController } from './policies.js'
import { hasRouteFilter, type RouterCall } from './route-metadata.js'
import { controllers, leftToFilter, thrownFailures } from './state.js'

// How a decorated method responds as a route of Nest.
//
// A returned Response would do, but some versions of Nest send it incorrectly, and all send it slowly. So the failure is
// thrown on to an exception filter, which writes the response directly. Nest is not imported: only its metadata is used, and
// only if `reflect-metadata` is loaded.
//
// 1. When the method is decorated, two entries are added to its metadata (`route-metadata.ts`): a request argument after the
//    declared ones, and an exception filter with the policy of the decorator, if it has one.
// 2. When the application starts, Nest instantiates the filter. `http-failure/nestjs` makes it inject the configuration of
//    the application, and `FailureModule` sets the policy of its application (`policies.ts`).
// 3. When the method is called, the added argument proves that Nest's router is the caller. It is removed again. Any other
//    call returns a Response.
// 4. When the method fails, the Failure for the error is thrown to the filter; data that the filter needs in addition is
//    stored by request (`state.ts`). If another decorator has hidden the filter from Nest, the route responds itself
//    (`hidden-filter.ts`).
// 5. The filter sends the response (`route-filter.ts`), with the policy of the decorator, otherwise of the controller,
//    otherwise of the application, otherwise the default one.

/** Step 3: whether Nest's router is the caller, so that the last argument is the request. */
export function isCallOfRouter(self: unknown, given: readonly unknown[]): boolean {
  return isPlatformRequest(given.at(-1)) && isController(self)
}

/** A request of Express or Fastify: only these have a socket, or a raw request. */
function isPlatformRequest(value: unknown): boolean {
  try {
    if (!isObject(value) || !('method' in value && 'headers' in value)) return false
    return ('socket' in value && 'httpVersion' in value) || ('raw' in value && 'server' in value)
  } catch {
    // A proxy may throw.
    return false
  }
}

function isController(self: unknown): boolean {
  if (!isObject(self)) return false
  if (controllers.has(self.constructor)) return true
  const isOne = metadataReflection()?.getMetadata(CONTROLLER, self.constructor) === true
  if (isOne) controllers.add(self.constructor)
  return isOne
}

/** Steps 3 and 4: calls a method for Nest's router, without the added argument. */
export function callForRouter(
  method: Function,
  self: unknown,
  given: unknown[],
  policy: FailureResponder | undefined,
  call: RouterCall,
): unknown {
  const request = given.pop() as RequestLike
  // The usual case, as fast as the bare method.
  if (policy === undefined && isLeftToFilter(self as object, call.name)) return method.apply(self, given)
  let result: unknown
  try {
    result = method.apply(self, given)
  } catch (error) {
    return respondToRouter(policy, error, self as object, request, call)
  }
  return isThenable(result) ? settled(result, respondingToRouter(policy, self as object, request, call)) : result
}

/**
 * Whether a route without its own policy can leave its failures to the filter: the filter is present, and the controller
 * has no policy that the filter would need.
 */
function isLeftToFilter(controller: object, name: string | symbol): boolean {
  const handler: unknown = Reflect.get(controller, name)
  if (typeof handler !== 'function') return false
  let classes = leftToFilter.get(handler)
  if (classes === undefined) leftToFilter.set(handler, (classes = new WeakMap()))
  let isLeft = classes.get(controller.constructor)
  if (isLeft === undefined) {
    isLeft = hasRouteFilter(controller, name) && policyOfController(controller) === undefined
    classes.set(controller.constructor, isLeft)
  }
  return isLeft
}

/** Step 4: throws to the filter of the route, or responds without it. */
function respondToRouter(
  own: FailureResponder | undefined,
  error: unknown,
  controller: object,
  request: RequestLike,
  { name }: RouterCall,
): Response {
  if (!hasRouteFilter(controller, name)) return respondWithoutFilter(own, error, controller, request)
  const failure = own?.recognize(error, request) ?? error
  const policy = own === undefined ? policyOfController(controller) : undefined
  if (failure !== error || policy !== undefined) thrownFailures.set(request, { failure, error, policy })
  throw failure
}

function respondingToRouter(
  own: FailureResponder | undefined,
  controller: object,
  request: RequestLike,
  call: RouterCall,
) {
  return (error: unknown) => respondToRouter(own, error, controller, request, call)
}
