import { wellFormed } from '../problem/well-formed.js'

/** Longer pointers would let a client multiply the size of its request. */
const LONGEST_POINTER = 1000

/**
 * A JSON Pointer as a URI fragment: `#/items/0/price`, or `#` for the whole document. RFC 6901, 6
 *
 * A pointer of more than 1000 characters ends at the last member that fits.
 *
 * @param names - the member names and item indices that lead to the value
 */
export function jsonPointer(names: Iterable<string>): string {
  const segments = ['#']
  let length = 1
  for (const name of names) {
    if (name.length > LONGEST_POINTER) break
    const segment = fragment(referenceToken(name))
    length += 1 + segment.length
    if (length > LONGEST_POINTER) break
    segments.push(segment)
  }
  return segments.join('/')
}

/** RFC 6901, 3: `~` first, otherwise the `~` of `~1` would be escaped again. */
function referenceToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Encodes only the characters that a fragment cannot contain. RFC 3986, 3.5 */
function fragment(token: string): string {
  return encodeURI(wellFormed(token)).replaceAll('#', '%23')
}
