import { isObject } from '../problem/foreign-values.js'
import { formatValue } from '../problem/format-value.js'
import type { Representation } from '../responder/representation.js'

/** A type, a subtype and optional parameters. RFC 9110, 8.3.1 */
const MEDIA_TYPE = /^[!#$%&'*+\-.^_`|~0-9a-z]+\/[!#$%&'*+\-.^_`|~0-9a-z]+(?:[ \t]*;[\t\x20-\x7e]*)?$/i

/**
 * One or more valid representations.
 *
 * @throws TypeError for others
 */
export function checkedRepresentations(given: readonly unknown[]): [Representation, ...Representation[]] {
  for (const value of given) {
    if (!isRepresentation(value)) {
      throw new TypeError(`byAccept: each argument must be a representation, received ${formatRepresentation(value)}`)
    }
  }
  if (given.length === 0) throw new TypeError('byAccept: at least one representation is required, received none')
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

function formatRepresentation(value: unknown): string {
  if (!isObject(value) || Array.isArray(value)) return formatValue(value)
  return 'mediaType' in value
    ? `one with the media type ${formatValue(value.mediaType)}`
    : 'an object without a media type'
}
