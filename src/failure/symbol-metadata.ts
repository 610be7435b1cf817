/**
 * Defines `Symbol.metadata` in runtimes that lack it: `@Extension()` stores the declared members there. The only file of
 * this package with an import side effect.
 *
 * @see https://github.com/tc39/proposal-decorator-metadata
 */
if (!('metadata' in Symbol) && Object.isExtensible(Symbol)) {
  Object.defineProperty(Symbol, 'metadata', { value: Symbol.for('Symbol.metadata') })
}
