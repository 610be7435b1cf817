import { METHODS } from 'node:http'
import type { AbstractHttpAdapter } from '@nestjs/core'
import { lookedUpPath, type MethodsOf } from './route-lookup.js'

/** The parts of Express that are used: version 5 has a `router`, version 4 a `_router`. */
interface Express {
  path(): string
  readonly _router?: Router
  readonly router: Router
}

interface Router {
  readonly stack: readonly Layer[]
}

interface Layer {
  readonly route?: { readonly stack: readonly { readonly handle: object; readonly method: string }[] }
  match(path: string): boolean
}

type RouteLayer = Layer & Required<Pick<Layer, 'route'>>

/**
 * Looks up a path in the layers of the router. Middleware may be a layer with a method, too, so only layers with handlers
 * that Nest has registered count.
 */
export function routesOfExpress(adapter: AbstractHttpAdapter): MethodsOf {
  const handlers = registeredHandlers(adapter)
  return (request) => {
    const express = adapter.getInstance<Express>()
    const { stack } = express._router ?? express.router
    const path = lookedUpPath(request).slice(express.path().length)
    const methods = stack
      .filter((layer): layer is RouteLayer => layer.route !== undefined && layer.match(path))
      .flatMap(({ route }) => route.stack)
      .filter(({ handle }) => handlers.has(handle))
      .flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
    return [...new Set(methods)]
  }
}

/** Collects the handlers that are registered from now on: `adapter.get(path, handler)`. */
function registeredHandlers(adapter: AbstractHttpAdapter): WeakSet<object> {
  const handlers = new WeakSet<object>()
  const registrations = adapter as unknown as Record<string, ((...given: unknown[]) => unknown) | undefined>
  for (const method of METHODS.map((name) => name.toLowerCase())) {
    const register = registrations[method]
    if (typeof register !== 'function') continue
    registrations[method] = (...given) => {
      handlers.add(given.at(-1) as object)
      return register.apply(adapter, given)
    }
  }
  return handlers
}
