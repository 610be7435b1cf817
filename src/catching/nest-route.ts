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

// How a decorated method answers when Nest's router calls it. A Response that a handler returns is sent wrongly by
// some versions of Nest and slowly by all, so the failure is thrown on, to an exception filter that is added here.
// Nest is known by its metadata keys alone.

/** Where `@Body()`, `@Param()` and their kin keep the arguments of a handler. */
const ROUTE_ARGUMENTS = '__routeArguments__'

/** What marks a controller. */
const CONTROLLER = '__controller__'

/** The kind of argument that is the request itself, which no pipe touches. */
const REQUEST_KIND = 0

/**
 * Makes Nest's router, and nobody else, pass the request behind the arguments of a method.
 *
 * @returns the position of that argument; `undefined` where `reflect-metadata` is not loaded and Nest cannot be
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

/** Whether it was Nest's router that passed so many arguments, the last of which is the request then. */
export function isCallOfRouter(self: unknown, given: readonly unknown[]): boolean {
  return isPlatformRequest(given.at(-1)) && isController(self)
}

/** Adds the filter that answers the failures of a decorated route. Those of `@UseFilters()` above it come first. */
export function addRouteFilter(route: Function, responder: FailureResponder | undefined): void {
  // There is one, or there would be no position of a request either.
  const reflection = metadataReflection() as MetadataReflection
  catchesFailures(reflection)
  const filters = (reflection.getMetadata(EXCEPTION_FILTERS, route) ?? []) as unknown[]
  const filter = responder === undefined ? ApplicationRouteFilter : new RouteFilter(responder)
  reflection.defineMetadata(EXCEPTION_FILTERS, [...filters, filter], route)
}

/** Whether the filter is still where Nest looks for it: a decorator above may have put another function in its place. */
export function hasRouteFilter(controller: unknown, name: string | symbol): boolean {
  const reflection = metadataReflection() as MetadataReflection
  const handler: unknown = Reflect.get(controller as object, name)
  // Another controller may have borrowed the method, under a name of its own.
  if (typeof handler !== 'function') return false
  const filters = reflection.getMetadata(EXCEPTION_FILTERS, handler)
  return Array.isArray(filters) && filters.some(isRouteFilter)
}

/**
 * Whether a failure of a route without a policy of its own is none of the method's business: the filter is there, and
 * the controller has no policy that it would have to be told of.
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

/** By handler and class, neither of which changes once Nest calls them: to read it each time costs every call more. */
const leftToFilter = new WeakMap<Function, WeakMap<Function, boolean>>()

interface RouteArgument {
  readonly index: number
  readonly pipes: readonly unknown[]
}

/** The arguments that are added here, by the class that they were added for. */
const hiddenArguments = new WeakMap<RouteArgument, Function>()

/** An override inherits the arguments of the method that it overrides; the hidden one of that is none of its own. */
function knownArguments(known: unknown, handlers: Function): Record<string, RouteArgument> {
  const entries = Object.entries((known ?? {}) as Record<string, RouteArgument>)
  return Object.fromEntries(entries.filter(([, argument]) => (hiddenArguments.get(argument) ?? handlers) === handlers))
}

/** A request of Express, or of Fastify: no other has a socket, or one of Node behind it. */
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

/** Those that were seen: to read their metadata is half of what a happy route pays for being decorated. */
const knownControllers = new WeakSet<object>()
