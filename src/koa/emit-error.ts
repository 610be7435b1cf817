import { formatValue } from '../problem/format-value.js'
import { isError } from '../problem/is-error.js'
import type { KoaContext } from './failure-without-body.js'

/**
 * Emits an error on the application, as a middleware of Koa that handles errors does. Not if the only listener is Koa's default,
 * which would print the error once more.
 */
export function emitError(error: unknown, context: KoaContext): void {
  const { app } = context
  const listeners = app.listeners('error')
  if (listeners.every((listener) => listener === app.onerror)) return
  // Koa's own listeners expect an error.
  app.emit('error', isError(error) ? error : nonError(error), context)
}

function nonError(cause: unknown): Error {
  return new Error(`non-error thrown: ${formatValue(cause)}`, { cause })
}
