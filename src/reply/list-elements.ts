/** The elements of a list in a field value. A comma in a quoted string is not a separator. RFC 9110, 5.6.1 and 5.6.4 */
export function listElements(value: string): string[] {
  return (value.match(ELEMENT) ?? []).map((element) => element.trim()).filter((element) => element !== '')
}

/** An unclosed string extends to the end. */
const ELEMENT = /(?:"(?:[^"\\]|\\.)*"?|[^,"])+/gs
