import { isError } from '../problem/is-error.js'
import { isObject } from '../problem/unknown-values.js'
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
  const detail = DETAIL_TYPES.includes(typeof first) ? String(first) : undefined
  if (second === undefined && typeof first !== 'object') return { detail, cause: undefined, options: undefined }
  const given = [first, second].filter(isObject)
  const error = given.find(isError)
  const options = given.find(isOptions)
  return {
    detail,
    cause: error === undefined ? causeOf(options) : { cause: error },
    options: withoutCause(options),
  }
}

/** The types with a string form that is fit for a detail. */
const DETAIL_TYPES: readonly string[] = ['string', 'number', 'bigint', 'boolean']

function isOptions(value: object): value is FailureOptions {
  return !isError(value)
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
