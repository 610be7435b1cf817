import { formatValue } from '../problem/format-value.js'
import { isObject } from '../problem/unknown-values.js'
import type { Representation } from '../responder/representation.js'

/** A type, a subtype and optional parameters. RFC 9110, 8.3.1 */
const MEDIA_TYPE = /^[!#$%&'*+\-.^_`|~0-9a-z]+\/[!#$%&'*+\-.^_`|~0-9a-z]+(?:[ \t]*;[\t\x20-\x7e]*)?$/i

/**
 * One or more valid representations.
 *
 * @throws TypeError for any other value
 */
export function checkedRepresentations(given: readonly unknown[]): [Representation, ...Representation[]] {
  for (const value of given) assertRepresentation(value)
  if (given.length === 0) throw new TypeError('byAccept: at least one representation is required, received none')
  return given as [Representation, ...Representation[]]
}

function assertRepresentation(value: unknown): void {
  if (!isObject(value)) throw invalidArgument('each argument', 'a representation', value)
  const { mediaType, alsoFor = [], render } = value as Partial<Record<keyof Representation, unknown>>
  if (!isMediaType(mediaType)) throw invalidArgument('"mediaType"', 'a media type', mediaType)
  if (!Array.isArray(alsoFor) || !alsoFor.every(isMediaType)) {
    throw invalidArgument('"alsoFor"', 'an array of media types', alsoFor)
  }
  if (typeof render !== 'function') throw invalidArgument('"render"', 'a function', render)
}

function isMediaType(value: unknown): boolean {
  return typeof value === 'string' && MEDIA_TYPE.test(value)
}

function invalidArgument(name: string, expected: string, received: unknown): TypeError {
  return new TypeError(`byAccept: ${name} must be ${expected}, received ${formatValue(received)}`)
}
