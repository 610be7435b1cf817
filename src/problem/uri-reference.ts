import { ABOUT_BLANK } from './problem-details.js'

/** A string as a problem type; `about:blank` if it cannot be one. RFC 9457, 3.1.1 */
export function typeReference(value: string | undefined): string {
  return value === ABOUT_BLANK ? value : (uriReference(value) ?? ABOUT_BLANK)
}

/**
 * A string as a URI reference, as `type` and `instance` require. Characters that a URI cannot contain are
 * percent-encoded. `undefined` if the result is not a URI reference, or has more than 8000 characters. RFC 3986, 4.1
 */
export function uriReference(value: string | undefined): string | undefined {
  if (value === undefined || value.length > LONGEST_URI) return undefined
  if (URI_REFERENCE.test(value)) return value
  try {
    const encoded = encodeURI(value)
    return URI_REFERENCE.test(encoded) ? encoded : undefined
  } catch {
    // A lone surrogate has no encoding.
    return undefined
  }
}

/** The beginning of a URI that is not relative. RFC 3986, 3.1 */
export const HAS_SCHEME = /^[A-Za-z][A-Za-z\d+.-]*:/

/** Whether a value is an absolute URL, as a string or as a `URL`. Never throws. */
export function isAbsoluteUrl(value: unknown): boolean {
  try {
    return URL.canParse(value as string)
  } catch {
    // A symbol, or an object without a string form.
    return false
  }
}

/** The length that RFC 9110, 4.1 recommends to support; much longer URIs overflow the stack of the pattern matcher. */
const LONGEST_URI = 8000

/** The characters that all components may contain: unreserved ones, sub-delimiters, and `%`. RFC 3986, 2 */
const COMMON = "\\w\\-.~!$&'()*+,;=%"

const SCHEME = '[A-Za-z][A-Za-z\\d+.\\-]*:'
const HOST = `(?:\\[[\\dA-Fa-fvV.:]+\\]|[${COMMON}]*)`
const AUTHORITY = `//(?:[${COMMON}:]*@)?${HOST}(?::\\d*)?(?=[/?#]|$)`
const QUERY_OR_FRAGMENT = `[${COMMON}:@/?]*`
const INVALID_ENCODING = '%(?![\\dA-Fa-f]{2})'

/** The first segment of a relative reference has no colon, since it would be parsed as a scheme. RFC 3986, 4.2 */
const URI_REFERENCE = new RegExp(
  `^(?!.*${INVALID_ENCODING})(?:${SCHEME}|(?![^/?#]*:))(?:${AUTHORITY}|(?!//))[${COMMON}:@/]*(?:\\?${QUERY_OR_FRAGMENT})?(?:#${QUERY_OR_FRAGMENT})?$`,
)
