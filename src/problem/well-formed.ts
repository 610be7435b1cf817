/** A string without lone surrogates, which UTF-8 cannot encode; each is replaced by U+FFFD. RFC 7493, 2.1 */
export function wellFormed(value: string): string {
  return value.replace(/\p{Surrogate}/gu, '\ufffd')
}
