import { withoutPrototype } from '../problem/unknown-values.js'
import type { FailureOptions, RetryOptions } from './failure-options.js'

/** The key of the options in a failure, shared by all copies of the package, since one copy can restore classes of another. */
export const OPTIONS: unique symbol = Symbol.for('http-failure.options')

/** The options that a failure was created or restored with. A plain property, so that logs show withheld data. */
export type StoredOptions = FailureOptions & RetryOptions & Readonly<Record<string, unknown>>

/** Stores the options in a failure. */
export function storeOptions(failure: object, options: FailureOptions): void {
  Reflect.set(failure, OPTIONS, ownProperties(options))
}

function ownProperties(options: FailureOptions): FailureOptions {
  try {
    return withoutPrototype(options)
  } catch {
    // An accessor or a proxy may throw. A failure is created from any options, and its response reports them.
    return options
  }
}
