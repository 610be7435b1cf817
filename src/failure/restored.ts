/** Marks a Failure that was restored from problem details. Shared by all copies of the package. */
const RESTORED = Symbol.for('http-failure.restored')

/** Marks a failure as restored: its members were written by another server. */
export function markRestored(failure: object): void {
  Object.defineProperty(failure, RESTORED, { value: true })
}

export function isRestored(failure: object): boolean {
  return Object.hasOwn(failure, RESTORED)
}
