import { formatValue } from './format-value.js'
import { isObject } from './unknown-values.js'

/**
 * @param caller - the function or class whose options they are
 * @throws TypeError when the options are not an object
 */
export function assertOptions(options: unknown, caller: string): void {
  if (isObject(options)) return
  throw new TypeError(`${caller}: the options must be an object, received ${formatValue(options)}`)
}
