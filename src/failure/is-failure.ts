import { isBranded } from './brand.js'
import type { Failure } from './failure.js'

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
export const isFailure: (value: unknown) => value is Failure = isBranded as (value: unknown) => value is Failure
