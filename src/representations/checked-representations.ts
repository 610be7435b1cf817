import { isObject } from '../problem/foreign-values.js'
import { kindOf } from '../problem/kind-of.js'
import type { Representation } from '../responder/representation.js'

/** A type, a subtype, and parameters as they may be. RFC 9110, 8.3.1 */
const MEDIA_TYPE = /^[!#$%&'*+\-.^_`|~0-9a-z]+\/[!#$%&'*+\-.^_`|~0-9a-z]+(?:[ \t]*;[\t\x20-\x7e]*)?$/i

/**
 * Representations that make sense, at least one of them.
 *
 * @throws TypeError for others, as early as when the policy is made
 */
export function checkedRepresentations(given: readonly unknown[]): [Representation, ...Representation[]] {
  for (const value of given) {
    if (!isRepresentation(value)) {
      throw new TypeError(`byAccept() chooses among representations, such as problemJson, not ${shown(value)}`)
    }
  }
  if (given.length === 0) throw new TypeError('byAccept() needs a representation to choose, such as problemJson')
  return given as [Representation, ...Representation[]]
}

function isRepresentation(value: unknown): value is Representation {
  if (!isObject(value)) return false
  const { mediaType, alsoFor = [], render } = value as Partial<Record<keyof Representation, unknown>>
  return typeof render === 'function' && isMediaType(mediaType) && Array.isArray(alsoFor) && alsoFor.every(isMediaType)
}

function isMediaType(value: unknown): boolean {
  return typeof value === 'string' && MEDIA_TYPE.test(value)
}

function shown(value: unknown): string {
  if (!isObject(value) || Array.isArray(value)) return kindOf(value)
  return 'mediaType' in value
    ? `one with the media type \`${String(value.mediaType)}\``
    : 'an object without a media type'
}
