import { kindOf } from '../problem/kind-of.js'
import type { RestorableClass } from './class-by-type.js'

/** What is told of the classes that a problem may be known by, wherever it comes from. */
export interface RestoringOptions {
  /** The classes that a problem may be known by: by their `type`, the first one that has it. */
  readonly classes?: readonly RestorableClass[] | undefined
  /** The absolute URL against which relative types are resolved. RFC 9457, 3.1.1 */
  readonly typeBase?: string | undefined
}

/**
 * The same options with their defaults.
 *
 * @param of - the function that was given them, for the message
 * @throws TypeError when `typeBase` is no absolute URL, or `classes` is no list
 */
export function checkedRestoring({ classes = [], typeBase }: RestoringOptions, of: string) {
  if (!Array.isArray(classes)) throw new TypeError(unfit('classes', of, 'a list of classes', classes))
  if (typeBase !== undefined && !URL.canParse(typeBase)) {
    throw new TypeError(unfit('typeBase', of, 'an absolute URL', typeBase))
  }
  return { classes: classes as readonly RestorableClass[], typeBase }
}

/** Says what an option should be. */
export function unfit(name: string, of: string, expected: string, met: unknown): string {
  return `The option ${name} of ${of} is ${expected}, not ${kindOf(met)}`
}
