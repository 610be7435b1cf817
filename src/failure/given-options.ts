import { isObject } from '../problem/foreign-values.js'
import { isError } from '../problem/is-error.js'
import type { Failure } from './failure.js'
import type { FailureOptions } from './failure-options.js'

/** What a constructor was called with, sorted out. */
export interface Given {
  readonly detail: string | undefined
  readonly cause: { readonly cause: unknown } | undefined
  readonly options: FailureOptions | undefined
}

/**
 * Sorts out the arguments of a constructor, whatever they are: a text is the detail, an `Error` is the cause, another
 * object is the options. Never throws, since a failure to report a failure would hide it.
 */
export function sortOut(first: unknown, second: unknown): Given {
  const options = isOptions(first) ? first : isOptions(second) ? second : undefined
  const error = isError(first) ? first : isError(second) ? second : undefined
  return {
    detail: detailOf(first),
    cause: error === undefined ? causeOf(options) : { cause: error },
    options: withoutCause(options),
  }
}

/** Keeps the options with the failure: a plain property, so that a log shows what the client does not see. */
export function keepOptions(failure: Failure, options: FailureOptions): void {
  Reflect.set(failure, OPTIONS, options)
}

/** The options that a failure was made, or restored, with; none where there were none. */
export function optionsOf<Options extends FailureOptions = FailureOptions>(failure: Failure): Partial<Options> {
  return (failure as { [OPTIONS]?: Options })[OPTIONS] ?? NONE
}

/** Whether a failure was made, or restored, with more than a detail. */
export function hasOptions(failure: Failure): boolean {
  return optionsOf(failure) !== NONE
}

/** Shared with other copies of the package, whose classes may be restored by this one. */
const OPTIONS = Symbol.for('http-failure.options')
const NONE = {}

function detailOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

function isOptions(value: unknown): value is FailureOptions {
  return isObject(value) && !isError(value)
}

/** As the built-in constructor reads it: a cause that is there counts, even if it is `undefined`. */
function causeOf(options: FailureOptions | undefined): { cause: unknown } | undefined {
  try {
    return options !== undefined && 'cause' in options ? { cause: options.cause } : undefined
  } catch {
    return undefined
  }
}

/** The cause has a place of its own, and a log should not show it twice. */
function withoutCause(options: FailureOptions | undefined): FailureOptions | undefined {
  try {
    if (options === undefined || !('cause' in options)) return options
    const { cause, ...rest } = options
    return Object.keys(rest).length === 0 ? undefined : rest
  } catch {
    return undefined
  }
}
