import { isObject } from '../problem/foreign-values.js'
import type { Failure } from './failure.js'

/** What a Failure is known by, in whichever copy of the package it was made. */
const BRAND = Symbol.for('http-failure')

/**
 * Tells whether a value is a {@link Failure}, also one from another installed copy of this package.
 *
 * @example
 * ```ts
 * try {
 *   return await orders.take(await request.text())
 * } catch (error) {
 *   if (isFailure(error)) return error.toResponse()
 *   throw error
 * }
 * ```
 */
export function isFailure(value: unknown): value is Failure {
  try {
    return isObject(value) && (value as { [BRAND]?: unknown })[BRAND] === true
  } catch {
    // A proxy may throw whatever it is asked.
    return false
  }
}

/** Brands the base class, and lets `instanceof` ask for the brand; subclasses are told apart as usual. */
export function brand(base: typeof Failure): void {
  Object.defineProperty(base.prototype, BRAND, { value: true })
  Object.defineProperty(base, Symbol.hasInstance, {
    value(this: unknown, value: unknown) {
      // Inherited by every subclass, for which the brand says nothing.
      return this === base ? isFailure(value) : Function.prototype[Symbol.hasInstance].call(this, value)
    },
  })
}
