import { ABOUT_BLANK } from './problem-details.js'

/** A text as the type of a problem; one that can be none is no type of its own. RFC 9457, 3.1.1 */
export function problemType(text: string | undefined): string {
  return text === ABOUT_BLANK ? text : (uriReference(text) ?? ABOUT_BLANK)
}

/**
 * A text as a URI reference, which is what `type` and `instance` hold: as it is where it is one, else with the
 * characters encoded that a URI cannot have; `undefined` where that makes none either, or one of more than 8000
 * characters. RFC 3986, 4.1
 */
export function uriReference(text: string | undefined): string | undefined {
  if (text === undefined || text.length > MAX_LENGTH) return undefined
  if (URI_REFERENCE.test(text)) return text
  try {
    const encoded = encodeURI(text)
    return URI_REFERENCE.test(encoded) ? encoded : undefined
  } catch {
    // A lone surrogate has no encoding.
    return undefined
  }
}

/** What everybody is recommended to take; much longer ones would overflow the stack of the engine. RFC 9110, 4.1 */
const MAX_LENGTH = 8000

const UNRESERVED_OR_SUB_DELIMITER = "[\\w\\-.~!$&'()*+,;=]|%[\\dA-Fa-f]{2}"
const PATH_CHARACTER = `(?:${UNRESERVED_OR_SUB_DELIMITER}|[:@])`
const SCHEME = '[A-Za-z][A-Za-z\\d+.\\-]*:'
const USER = `(?:(?:${UNRESERVED_OR_SUB_DELIMITER}|:)*@)?`
const HOST = `(?:\\[[\\dA-Fa-fvV.:]+\\]|(?:${UNRESERVED_OR_SUB_DELIMITER})*)`
const AUTHORITY = `\\/\\/${USER}${HOST}(?::\\d*)?(?=[/?#]|$)`
const QUERY_OR_FRAGMENT = `(?:${PATH_CHARACTER}|[/?])*`

/** A relative reference has no colon in its first segment, where it would be taken for a scheme. RFC 3986, 4.2 */
const URI_REFERENCE = new RegExp(
  `^(?:${SCHEME}|(?![^/?#]*:))(?:${AUTHORITY}|(?!\\/\\/))(?:${PATH_CHARACTER}|\\/)*(?:\\?${QUERY_OR_FRAGMENT})?(?:#${QUERY_OR_FRAGMENT})?$`,
)
