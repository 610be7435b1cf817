import type { Failure } from './failure.js'

/** Marks a Failure, whichever copy of the package created it. */
const BRAND = Symbol.for('http-failure')

/**
 * Whether a value is a {@link Failure}, including one from another installed copy of this package.
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
    return typeof value === 'object' && (value as { [BRAND]?: unknown } | null)?.[BRAND] === true
  } catch {
    // A proxy may throw.
    return false
  }
}

/** The method `toProblem()` of the base class, which a subclass may override. */
export let defaultToProblem: unknown

/**
 * Brands the base class, remembers its `toProblem()`, and makes its `instanceof` check the brand; subclasses keep the
 * default `instanceof`.
 */
export function brand(base: typeof Failure): void {
  defaultToProblem = base.prototype.toProblem
  Object.defineProperty(base.prototype, BRAND, { value: true })
  Object.defineProperty(base, Symbol.hasInstance, {
    value(this: unknown, value: unknown) {
      // Subclasses inherit this method, but the brand doesn't identify them.
      return this === base ? isFailure(value) : Function.prototype[Symbol.hasInstance].call(this, value)
    },
  })
}
