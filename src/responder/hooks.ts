import { formatValue } from '../problem/format-value.js'
import { isError } from '../problem/is-error.js'
import { asString, hasMethod, memberOf } from '../problem/unknown-values.js'
import { type FailureWarning, type FailureWarningCode, failureWarning, type Warn } from './failure-warning.js'
import { oneLine } from './log/log-text.js'

/**
 * Calls a synchronous hook and returns its result. A hook that throws or returns a promise is reported, and its result is
 * `undefined`; the rejection of the promise is handled.
 */
export function callHook<Args extends readonly unknown[], Result>(
  name: string,
  warn: Warn,
  hook: (...args: Args) => Result,
  ...args: Args
): Result | undefined {
  try {
    const result = hook(...args)
    if (!hasMethod(result, 'then')) return result
    ignoreRejection(result)
    const message = `FailureResponder: "${name}" must be synchronous, received a promise`
    warn(failureWarning(message, { code: 'HOOK_RETURNED_PROMISE', subject: name }))
  } catch (cause) {
    warn(hookThrew(name, cause))
  }
  return undefined
}

/** Calls a hook that has no result. It may be asynchronous; it is not awaited. */
export function notify<Args extends readonly unknown[]>(
  name: string,
  warn: Warn,
  hook: (...args: Args) => unknown,
  ...args: Args
): void {
  try {
    const result = hook(...args)
    if (result !== undefined) ignoreRejection(result)
  } catch (cause) {
    warn(hookThrew(name, cause))
  }
}

/** A function that calls `onWarning` and ignores its errors, which cannot be reported. */
export function quietly(warn: Warn): Warn {
  return (warning) => notify('onWarning', () => undefined, warn, warning)
}

/** Handles the rejection of a promise that is not awaited, which would otherwise end the process. */
export function ignoreRejection(value: unknown): void {
  if (hasMethod(value, 'then')) (value as PromiseLike<unknown>).then(undefined, () => undefined)
}

/** Reports an invalid result of a hook or of a representation. */
export function invalidResult(subject: string, rule: string, received: unknown): FailureWarning {
  const message = `FailureResponder: "${subject}" ${rule}, received ${formatValue(received)}`
  return failureWarning(message, { code: 'INVALID_HOOK_RESULT', subject })
}

/** Reports a caught error and its consequence. */
export function caughtError(consequence: string, code: FailureWarningCode, cause: unknown): FailureWarning {
  return failureWarning(`${consequence}: ${formatThrown(cause)}`, { code, cause })
}

function hookThrew(name: string, cause: unknown): FailureWarning {
  const message = `FailureResponder: "${name}" threw ${formatThrown(cause)}`
  return failureWarning(message, { code: 'HOOK_THREW', subject: name, cause })
}

/** A thrown value for a message: the name and the message of an error, or any other value. Never throws. */
export function formatThrown(thrown: unknown): string {
  if (!isError(thrown)) return formatValue(thrown)
  const name = asString(memberOf(thrown, 'name')) ?? 'Error'
  return oneLine(`${name}: ${asString(memberOf(thrown, 'message')) ?? ''}`, LONGEST_SUMMARY)
}

const LONGEST_SUMMARY = 200
