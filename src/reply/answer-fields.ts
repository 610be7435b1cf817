import { validFields } from './header-fields.js'
import { mergeFields } from './merge-fields.js'
import type { HeaderFields } from './reply.js'

/** What describes the content belongs to its representation, and what frames it to the server. RFC 9110, 8 and 6.4 */
const NOT_OF_A_FAILURE = ['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'trailer']

/** These must not be stored by a cache, whatever anybody says. RFC 6585, 3 to 6 */
const NEVER_STORED: readonly number[] = [428, 429, 431, 511]

/** What an answer with a failure says by default: it is true now, and it is nothing else than it says. */
const NO_STORE = { 'Cache-Control': 'no-store' }
const DEFAULT_FIELDS = { ...NO_STORE, 'X-Content-Type-Options': 'nosniff' }

/** The header fields of an answer: the default ones, what a policy and a failure say, and what must not be relaxed. */
export function answerFields(status: number, own: HeaderFields, policy: HeaderFields = {}): HeaderFields {
  return mergeFields(DEFAULT_FIELDS, policy, own, NEVER_STORED.includes(status) ? NO_STORE : {})
}

/** The fields that a failure has a say in. Its accessor is somebody else's, and may throw or return anything. */
export function fieldsOf(failure: { readonly headers: HeaderFields }): HeaderFields {
  try {
    const entries = Object.entries(validFields(failure.headers))
    return Object.fromEntries(entries.filter(([name]) => !NOT_OF_A_FAILURE.includes(name.toLowerCase())))
  } catch {
    return {}
  }
}
