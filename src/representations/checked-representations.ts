import { formatValue } from '../problem/format-value.js'
import { isObject, unpollutedMember } from '../problem/unknown-values.js'
import { isMediaType } from '../reply/media-types.js'
import type { Representation } from '../responder/representation.js'

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
  const { mediaType, render } = value as Partial<Record<keyof Representation, unknown>>
  const alsoFor = unpollutedMember(value, 'alsoFor') ?? []
  if (!isMediaType(mediaType)) throw invalidArgument('"mediaType"', 'a media type', mediaType)
  if (!Array.isArray(alsoFor) || !alsoFor.every(isMediaType)) {
    throw invalidArgument('"alsoFor"', 'an array of media types', alsoFor)
  }
  if (typeof render !== 'function') throw invalidArgument('"render"', 'a function', render)
}

function invalidArgument(name: string, expected: string, received: unknown): TypeError {
  return new TypeError(`byAccept: ${name} must be ${expected}, received ${formatValue(received)}`)
}
