/** The pattern of a token. RFC 9110, 5.6.2 */
export const TOKEN = "[!#$%&'*+\\-.^_`|~\\dA-Za-z]+"

/** Whether a string is a token, such as a method or a field name. RFC 9110, 5.6.2 */
export function isToken(value: string): boolean {
  return ONLY_TOKEN.test(value)
}

const ONLY_TOKEN = new RegExp(`^${TOKEN}$`)

/** Whether a string is a protocol, with or without a version. RFC 9110, 7.8 */
export function isProtocol(value: string): boolean {
  const parts = value.split('/')
  return parts.length <= 2 && parts.every(isToken)
}

/** Whether a string is a valid field value. RFC 9110, 5.5 */
export function isFieldValue(value: string): boolean {
  return FIELD_VALUE.test(value)
}

/** Visible characters and obs-text, with spaces and tabs between them. RFC 9110, 5.5 */
const FIELD_VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/

/** The values of an option: those of an array, which may be endless, or the value itself. */
export function valuesIn(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given.slice(0, MOST_VALUES) : [given]
}

export const MOST_VALUES = 10_000

/** The elements of a list in a field value. A comma in a quoted string is not a separator. RFC 9110, 5.6.1 and 5.6.4 */
export function listElements(value: string): string[] {
  return (value.match(ELEMENT) ?? []).map((element) => element.trim()).filter((element) => element !== '')
}

/** An unclosed string extends to the end. */
const ELEMENT = /(?:"(?:[^"\\]|\\.)*"?|[^,"])+/gs
