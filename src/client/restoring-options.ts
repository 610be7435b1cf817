import { formatValue } from '../problem/format-value.js'
import { ownOptions } from '../problem/own-options.js'
import { isAbsoluteUrl } from '../problem/uri-reference.js'
import type { RestorableClass } from './class-by-type.js'

/** The options for restoring failures, from a response or from problem details. */
export interface RestoringOptions {
  /** The classes that a failure can be restored to, by their `type`; the first match is used. */
  readonly classes?: readonly RestorableClass[] | undefined
  /** The absolute URL against which relative types are resolved. RFC 9457, 3.1.1 */
  readonly typeBase?: string | undefined
}

/**
 * The options with their defaults.
 *
 * @param caller - the function whose options they are
 * @throws TypeError when `typeBase` is not an absolute URL, or `classes` is not an array
 */
export function checkedRestoringOptions<Options extends RestoringOptions>(options: Options, caller: string) {
  const own = ownOptions(options, caller)
  const { classes = [], typeBase } = own
  if (!Array.isArray(classes)) {
    throw new TypeError(invalidRestoringOption(caller, 'classes', 'an array of classes', classes))
  }
  if (typeBase !== undefined && !isAbsoluteUrl(typeBase)) {
    throw new TypeError(invalidRestoringOption(caller, 'typeBase', 'an absolute URL', typeBase))
  }
  return Object.assign(own, { classes: classes as readonly RestorableClass[], typeBase })
}

/** The message for an invalid option. */
export function invalidRestoringOption(caller: string, name: string, expected: string, received: unknown): string {
  return `${caller}: "${name}" must be ${expected}, received ${formatValue(received)}`
}
