import { validFields } from './header-fields.js'
import { mergeFields } from './merge-fields.js'
import type { HeaderFields } from './reply.js'

/** The server sets the fields that frame the content. RFC 9110, 6.4; RFC 9112, 6 */
const FRAMING = ['content-length', 'transfer-encoding', 'trailer']

/** The representation sets the fields that describe the content. RFC 9110, 8 */
const NOT_OF_A_FAILURE = [...FRAMING, 'content-type', 'content-encoding']

/** Responses with these status codes must not be stored by a cache. RFC 6585, 3 to 6 */
const NEVER_STORED: readonly number[] = [428, 429, 431, 511]

/** By default, a failure is not stored, and its content is not interpreted as another type. */
const NO_STORE = { 'Cache-Control': 'no-store' }
const DEFAULT_FIELDS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

/** The header fields of a response: the default fields, those of the policy and the failure, and enforced ones. */
export function responseFields(status: number, own: HeaderFields, policy: HeaderFields = {}): HeaderFields {
  // Most failures have no fields of their own, and merging costs more than the rest of a reply.
  if (!hasAny(policy) && !hasAny(own)) return DEFAULT_FIELDS
  return withEnforcedFields(status, mergeFields(DEFAULT_FIELDS, policy, own))
}

/** Adds Content-Type, which none of the fields contains. A literal costs a third of a spread for the default fields. */
export function withContentType(contentType: string, fields: HeaderFields): HeaderFields {
  return fields === DEFAULT_FIELDS
    ? { 'Content-Type': contentType, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
    : { 'Content-Type': contentType, ...fields }
}

/** Adds the fields of a representation, except for framing fields and fields that would relax enforced ones. */
export function withRepresentationFields(status: number, fields: HeaderFields, added: unknown): HeaderFields {
  if (added === undefined) return fields
  return withEnforcedFields(status, mergeFields(fields, without(FRAMING, validFields(added))))
}

function withEnforcedFields(status: number, fields: HeaderFields): HeaderFields {
  const mayBeStored = NEVER_STORED.includes(status) && fields['Cache-Control'] !== 'no-store'
  return mayBeStored ? mergeFields(fields, NO_STORE) : fields
}

/** The header fields that a failure may set. The `headers` accessor of a subclass may throw or return anything. */
export function fieldsOfFailure(failure: { readonly headers: HeaderFields }): HeaderFields {
  try {
    const { headers } = failure
    return hasAny(headers) ? without(NOT_OF_A_FAILURE, validFields(headers)) : {}
  } catch {
    return {}
  }
}

/** Whether failures cannot set a field, since it describes or frames the content. */
export function isReservedField(name: string): boolean {
  return NOT_OF_A_FAILURE.includes(name.toLowerCase())
}

/** Whether there are any fields, own or inherited. */
function hasAny(fields: HeaderFields): boolean {
  for (const _ in fields) return true
  // A Headers object, or a proxy, has no enumerable fields.
  return Object.getPrototypeOf(fields) !== Object.prototype
}

function without(names: readonly string[], fields: HeaderFields): HeaderFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name.toLowerCase())))
}
