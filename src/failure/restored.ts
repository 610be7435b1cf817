import { memberOf } from '../problem/unknown-values.js'

/** Marks a Failure that was restored from problem details. Shared by all copies of the package. */
const RESTORED = Symbol.for('http-failure.restored')

/** Marks a failure as restored: its members were written by another server. */
export function markRestored(failure: object): void {
  Object.defineProperty(failure, RESTORED, { value: true })
}

/** Never throws. */
export function isRestored(failure: object): boolean {
  return memberOf(failure, RESTORED) === true
}
