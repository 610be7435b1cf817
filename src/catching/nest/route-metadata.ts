import type { FailureResponder } from '../../responder/failure-responder.js'
import { type MetadataReflection, metadataReflection } from '../method-metadata.js'
import { EXCEPTION_FILTERS, ROUTE_ARGUMENTS } from './nest-metadata.js'
import { ApplicationRouteFilter, catchesFailures, isRouteFilter, RouteFilter } from './route-filter.js'
import { addedArguments } from './state.js'

/** How Nest's router calls a method: the property of the controller, and the position of the added argument. */
export interface RouterCall {
  readonly name: string | symbol
  readonly requestPosition: number
}

interface RouteArgument {
  readonly index: number
  readonly pipes: readonly unknown[]
}

/** The kind of a request argument, which pipes don't change. */
const REQUEST_KIND = 0

/**
 * Makes Nest's router pass the request as an extra last argument of a method. No other caller does.
 *
 * @returns `undefined` if `reflect-metadata` is not loaded, so Nest isn't either
 */
export function addRequestArgument(prototype: object, name: string | symbol, method: Function): RouterCall | undefined {
  const reflection = metadataReflection()
  if (reflection === undefined || typeof prototype === 'function') return undefined
  const handlers = prototype.constructor
  const known = knownArguments(reflection.getMetadata(ROUTE_ARGUMENTS, handlers, name), handlers)
  const position = Math.max(method.length, ...Object.values(known).map(({ index }) => index + 1))
  const request: RouteArgument = { index: position, pipes: [] }
  addedArguments.set(request, handlers)
  reflection.defineMetadata(ROUTE_ARGUMENTS, { ...known, [`${REQUEST_KIND}:${position}`]: request }, handlers, name)
  return { name, requestPosition: position }
}

/** An override inherits the arguments of the overridden method, except for the request argument added there. */
function knownArguments(known: unknown, handlers: Function): Record<string, RouteArgument> {
  const entries = Object.entries((known ?? {}) as Record<string, RouteArgument>)
  return Object.fromEntries(entries.filter(([, argument]) => (addedArguments.get(argument) ?? handlers) === handlers))
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
