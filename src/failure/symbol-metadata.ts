/**
 * Defines `Symbol.metadata` where the runtime does not know it yet: standard decorators keep there what they say
 * of a class, and `@Extension()` reads it back. The only file of this package that does something when imported.
 *
 * @see https://github.com/tc39/proposal-decorator-metadata
 */
if (!('metadata' in Symbol) && Object.isExtensible(Symbol)) {
  Object.defineProperty(Symbol, 'metadata', { value: Symbol.for('Symbol.metadata') })
}
