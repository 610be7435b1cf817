import { isObject } from '../problem/foreign-values.js'
import type { FailureResponder } from '../responder/failure-responder.js'
import { type MetadataReflection, metadataReflection } from './metadata-reflection.js'
import {
  ApplicationRouteFilter,
  catchesFailures,
  EXCEPTION_FILTERS,
  isRouteFilter,
  policyOfController,
  RouteFilter,
} from './nest-route-filter.js'

// How a decorated method responds when Nest's router calls it. Some versions of Nest send a returned Response incorrectly,
// and all send it slowly, so the failure is thrown on to an exception filter that is added here. Nest is not imported;
// only its metadata keys are used.

/** The metadata key of `@Body()`, `@Param()` and the other parameter decorators. */
const ROUTE_ARGUMENTS = '__routeArguments__'

/** The metadata key of `@Controller()`. */
const CONTROLLER = '__controller__'

/** The kind of a request argument, which pipes don't change. */
const REQUEST_KIND = 0

/**
 * Makes Nest's router pass the request as an extra last argument of a method. No other caller does.
 *
 * @returns the position of that argument; `undefined` if `reflect-metadata` is not loaded, so Nest isn't either
 */
export function addRequestArgument(prototype: object, name: string | symbol, method: Function): number | undefined {
  const reflection = metadataReflection()
  if (reflection === undefined || typeof prototype === 'function') return undefined
  const handlers = prototype.constructor
  const known = knownArguments(reflection.getMetadata(ROUTE_ARGUMENTS, handlers, name), handlers)
  const position = Math.max(method.length, ...Object.values(known).map(({ index }) => index + 1))
  const request: RouteArgument = { index: position, pipes: [] }
  hiddenArguments.set(request, handlers)
  reflection.defineMetadata(ROUTE_ARGUMENTS, { ...known, [`${REQUEST_KIND}:${position}`]: request }, handlers, name)
  return position
}

/** Whether Nest's router is the caller, so that the last argument is the request. */
export function isCallOfRouter(self: unknown, given: readonly unknown[]): boolean {
  return isPlatformRequest(given.at(-1)) && isController(self)
}

/** Adds the filter for the failures of a decorated route. Filters of `@UseFilters()` above it take precedence. */
export function addRouteFilter(route: Function, responder: FailureResponder | undefined): void {
  // Defined, since the route has a request argument.
  const reflection = metadataReflection() as MetadataReflection
  catchesFailures(reflection)
  const filters = (reflection.getMetadata(EXCEPTION_FILTERS, route) ?? []) as unknown[]
  const filter = responder === undefined ? ApplicationRouteFilter : new RouteFilter(responder)
  reflection.defineMetadata(EXCEPTION_FILTERS, [...filters, filter], route)
}

/** Whether Nest finds the filter: a decorator above may have replaced the function that has it. */
export function hasRouteFilter(controller: unknown, name: string | symbol): boolean {
  const reflection = metadataReflection() as MetadataReflection
  const handler: unknown = Reflect.get(controller as object, name)
  // Another controller may have borrowed the method under another name.
  if (typeof handler !== 'function') return false
  const filters = reflection.getMetadata(EXCEPTION_FILTERS, handler)
  return Array.isArray(filters) && filters.some(isRouteFilter)
}

/**
 * Whether a route without its own policy can leave its failures to the filter: the filter is present, and the controller
 * has no policy that the filter would need.
 */
export function isLeftToFilter(controller: object, name: string | symbol): boolean {
  const handler: unknown = Reflect.get(controller, name)
  if (typeof handler !== 'function') return false
  let controllers = leftToFilter.get(handler)
  if (controllers === undefined) leftToFilter.set(handler, (controllers = new WeakMap()))
  let isLeft = controllers.get(controller.constructor)
  if (isLeft === undefined) {
    isLeft = hasRouteFilter(controller, name) && policyOfController(controller) === undefined
    controllers.set(controller.constructor, isLeft)
  }
  return isLeft
}

/** By handler and class, which don't change once Nest calls them. Reading the metadata on each call is slower. */
const leftToFilter = new WeakMap<Function, WeakMap<Function, boolean>>()

interface RouteArgument {
  readonly index: number
  readonly pipes: readonly unknown[]
}

/** The request arguments added here, by the class they were added for. */
const hiddenArguments = new WeakMap<RouteArgument, Function>()

/** An override inherits the arguments of the overridden method, except for the request argument added there. */
function knownArguments(known: unknown, handlers: Function): Record<string, RouteArgument> {
  const entries = Object.entries((known ?? {}) as Record<string, RouteArgument>)
  return Object.fromEntries(entries.filter(([, argument]) => (hiddenArguments.get(argument) ?? handlers) === handlers))
}

/** A request of Express or Fastify: only these have a socket, or a raw request. */
function isPlatformRequest(value: unknown): boolean {
  if (!isObject(value) || !('method' in value && 'headers' in value)) return false
  return ('socket' in value && 'httpVersion' in value) || ('raw' in value && 'server' in value)
}

function isController(self: unknown): boolean {
  if (!isObject(self)) return false
  if (knownControllers.has(self.constructor)) return true
  const isOne = metadataReflection()?.getMetadata(CONTROLLER, self.constructor) === true
  if (isOne) knownControllers.add(self.constructor)
  return isOne
}

/** Reading the metadata of a controller is half of the cost of the decorator on a successful call. */
const knownControllers = new WeakSet<object>()
