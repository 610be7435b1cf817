import { validFields } from './header-fields.js'
import { mergeFields } from './merge-fields.js'
import type { HeaderFields } from './reply.js'

/** What frames the content belongs to the server. RFC 9110, 6.4; RFC 9112, 6 */
const FRAMING = ['content-length', 'transfer-encoding', 'trailer']

/** What describes the content belongs to its representation. RFC 9110, 8 */
const NOT_OF_A_FAILURE = [...FRAMING, 'content-type', 'content-encoding']

/** These must not be stored by a cache, whatever anybody says. RFC 6585, 3 to 6 */
const NEVER_STORED: readonly number[] = [428, 429, 431, 511]

/** What an answer with a failure says by default: it is true now, and it is nothing else than it says. */
const NO_STORE = { 'Cache-Control': 'no-store' }
const DEFAULT_FIELDS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

/** The header fields of an answer: the default ones, what a policy and a failure say, and what must not be relaxed. */
export function answerFields(status: number, own: HeaderFields, policy: HeaderFields = {}): HeaderFields {
  // Most failures have no fields of their own, and to merge costs more than all the rest of an answer.
  if (!hasAny(policy) && !hasAny(own)) return DEFAULT_FIELDS
  return unrelaxed(status, mergeFields(DEFAULT_FIELDS, policy, own))
}

/** With the type of the content in front, which none of these fields is. Written out, the default ones cost a third. */
export function typedFields(contentType: string, fields: HeaderFields): HeaderFields {
  return fields === DEFAULT_FIELDS
    ? { 'Content-Type': contentType, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
    : { 'Content-Type': contentType, ...fields }
}

/** With a representation's own fields, which can neither frame the answer nor relax what must not be relaxed. */
export function representedFields(status: number, fields: HeaderFields, ofRepresentation: unknown): HeaderFields {
  if (ofRepresentation === undefined) return fields
  return unrelaxed(status, mergeFields(fields, without(FRAMING, validFields(ofRepresentation))))
}

function unrelaxed(status: number, fields: HeaderFields): HeaderFields {
  const mayBeStored = NEVER_STORED.includes(status) && fields['Cache-Control'] !== 'no-store'
  return mayBeStored ? mergeFields(fields, NO_STORE) : fields
}

/** The fields that a failure has a say in. Its accessor is somebody else's, and may throw or return anything. */
export function fieldsOf(failure: { readonly headers: HeaderFields }): HeaderFields {
  try {
    const { headers } = failure
    return hasAny(headers) ? without(NOT_OF_A_FAILURE, validFields(headers)) : {}
  } catch {
    return {}
  }
}

/** Own or not: the record is somebody else's. */
function hasAny(fields: HeaderFields): boolean {
  for (const _ in fields) return true
  // A Headers, or a proxy, has none to be enumerated.
  return Object.getPrototypeOf(fields) !== Object.prototype
}

function without(names: readonly string[], fields: HeaderFields): HeaderFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name.toLowerCase())))
}
