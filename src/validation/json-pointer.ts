/** More of a pointer than this would let a client multiply the size of what it sent. */
const MAX_LENGTH = 1000

/**
 * A JSON Pointer as a URI fragment: `#/items/0/price`, and `#` for the whole document. RFC 6901, 6
 *
 * One that would be longer than 1000 characters ends at the last member that fits.
 *
 * @param names - the names of the members that lead to the value, and the indices of the items
 */
export function jsonPointer(names: Iterable<string>): string {
  let pointer = '#'
  for (const name of names) {
    if (name.length > MAX_LENGTH) break
    const longer = `${pointer}/${fragment(referenceToken(name))}`
    if (longer.length > MAX_LENGTH) break
    pointer = longer
  }
  return pointer
}

/** RFC 6901, 3: `~` first, or the `~` of `~1` would be escaped as well. */
function referenceToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Encodes what a fragment cannot hold, and no more. RFC 3986, 3.5 */
function fragment(text: string): string {
  return encodeURI(wellFormed(text)).replaceAll('#', '%23')
}

/** JSON can escape half a surrogate pair, UTF-8 has none. RFC 8259, 8.2 */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}
