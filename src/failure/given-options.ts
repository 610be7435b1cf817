import { isObject } from '../problem/foreign-values.js'
import { isError } from '../problem/is-error.js'
import type { Failure } from './failure.js'
import type { FailureOptions } from './failure-options.js'

/** The arguments of a failure's constructor, by meaning. */
export interface ParsedArguments {
  readonly detail: string | undefined
  readonly cause: { readonly cause: unknown } | undefined
  readonly options: FailureOptions | undefined
}

/**
 * Parses the arguments of a constructor: a string is the detail, an `Error` is the cause, another object is the options.
 * Never throws, since an error from the constructor would replace the failure.
 */
export function parseArguments(first: unknown, second: unknown): ParsedArguments {
  const options = isOptions(first) ? first : isOptions(second) ? second : undefined
  const error = isError(first) ? first : isError(second) ? second : undefined
  return {
    detail: detailOf(first),
    cause: error === undefined ? causeOf(options) : { cause: error },
    options: withoutCause(options),
  }
}

/** Stores the options as a plain property of the failure, so that logs show data withheld from the client. */
export function keepOptions(failure: Failure, options: FailureOptions): void {
  Reflect.set(failure, OPTIONS, options)
}

/** The options that a failure was created or restored with; an empty object by default. */
export function optionsOf<Options extends FailureOptions = FailureOptions>(failure: Failure): Partial<Options> {
  return (failure as { [OPTIONS]?: Options })[OPTIONS] ?? NONE
}

/** Whether a failure was created or restored with options. */
export function hasOptions(failure: Failure): boolean {
  return optionsOf(failure) !== NONE
}

/** Shared by all copies of the package, since one copy can restore classes of another. */
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

/** Like the built-in constructor: an existing `cause` is set, even if it is `undefined`. */
function causeOf(options: FailureOptions | undefined): { cause: unknown } | undefined {
  try {
    return options !== undefined && 'cause' in options ? { cause: options.cause } : undefined
  } catch {
    return undefined
  }
}

/** The cause is a property of the error; logs should not show it twice. */
function withoutCause(options: FailureOptions | undefined): FailureOptions | undefined {
  try {
    if (options === undefined || !('cause' in options)) return options
    const { cause, ...rest } = options
    return Object.keys(rest).length === 0 ? undefined : rest
  } catch {
    return undefined
  }
}
