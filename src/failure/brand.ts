/** Marks a Failure, whichever copy of the package created it. */
const BRAND = Symbol.for('http-failure')

/** The method `toProblem()` of the base class, which a subclass may override. */
export let defaultToProblem: unknown

/** Whether a value has the mark of a Failure. Never throws. */
export function isBranded(value: unknown): boolean {
  try {
    return typeof value === 'object' && (value as { [BRAND]?: unknown } | null)?.[BRAND] === true
  } catch {
    // A proxy may throw.
    return false
  }
}

/**
 * Brands the base class, remembers its `toProblem()`, and makes its `instanceof` check the brand; subclasses keep the
 * default `instanceof`.
 */
export function brand(base: Function & { readonly prototype: { toProblem(): unknown } }): void {
  defaultToProblem = base.prototype.toProblem
  Object.defineProperty(base.prototype, BRAND, { value: true })
  Object.defineProperty(base, Symbol.hasInstance, {
    value(this: unknown, value: unknown) {
      // Subclasses inherit this method, but the brand doesn't identify them.
      return this === base ? isBranded(value) : Function.prototype[Symbol.hasInstance].call(this, value)
    },
  })
}
