import { formatValue } from './format-value.js'
import { isObject } from './unknown-values.js'

/**
 * The own properties of options: `Object.prototype` may have been polluted.
 *
 * @param caller - the function or class whose options they are
 * @throws TypeError when the options are not an object
 */
export function ownOptions<Options extends object>(options: Options, caller: string): Options {
  // V8 stores the properties of an object that is created without a prototype in a hash table, which is slower to read.
  if (isObject(options)) return Object.setPrototypeOf({ ...options }, null)
  throw new TypeError(`${caller}: the options must be an object, received ${formatValue(options)}`)
}
