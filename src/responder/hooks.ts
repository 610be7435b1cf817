import { hasMethod } from '../problem/foreign-values.js'
import { FailureWarning, type Warn } from './failure-warning.js'

/**
 * Calls a hook for what it returns. It must not change an answer by failing: one that throws is reported, and counts as
 * not there. So does one that returns a promise, whose rejection must not end the process.
 */
export function callHook<Result>(name: string, hook: () => Result, warn: Warn): Result | undefined {
  try {
    const result = hook()
    if (!isThenable(result)) return result
    ignoreRejection(result)
    warn(new FailureWarning(`${name} returned a promise, but hooks are synchronous`))
  } catch (cause) {
    warn(new FailureWarning(`${name} threw an error`, { cause }))
  }
  return undefined
}

/** Calls a hook that is told of something; it may well be asynchronous, but nobody waits for it. */
export function tell(name: string, hook: () => unknown, warn: Warn): void {
  try {
    ignoreRejection(hook())
  } catch (cause) {
    warn(new FailureWarning(`${name} threw an error`, { cause }))
  }
}

/** Whoever is told of a warning has nobody left to warn. */
export function quietly(warn: Warn): Warn {
  return (warning) =>
    tell(
      'onWarning',
      () => warn(warning),
      () => undefined,
    )
}

/** Keeps the rejection of a promise that nobody waits for from ending the process. */
export function ignoreRejection(value: unknown): void {
  if (isThenable(value)) value.then(undefined, () => undefined)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return hasMethod(value, 'then')
}
