import { uriReference } from '../problem/uri-reference.js'
import { challenges, type ReportPart } from './challenge.js'
import { isProtocol, isToken, listElements, valuesIn } from './field-values.js'
import { isCoding, isMediaRange } from './media-types.js'
import type { HeaderFields } from './reply.js'

/** The rules of a status, declared by its failure class. `npm run accept` collects them in `status/failure-statuses.ts`. */
export interface StatusRules {
  /** The header fields that options of the class set. */
  readonly headers: readonly HeaderRule[]
  /** Whether a cache must not store a response. RFC 6585, 3 to 6 */
  readonly neverStored?: true
  /** Whether details of a failure are withheld from the client by default. */
  readonly withheld?: true
}

/** A header field that an option of a failure class sets. */
export interface HeaderRule {
  /** The option, such as `allow`. */
  readonly option: string
  /** The header field, such as `Allow`. */
  readonly name: string
  /** Whether HTTP requires the field with the status of the class. */
  readonly required?: true
  /** The header fields for a value of the option; none for an invalid value. Invalid parts are reported and left out. */
  build(value: unknown, report?: ReportPart): HeaderFields
  /** The value of the option in the header fields of a received response. Default: the field itself is kept. */
  restore?(headers: Headers): unknown
}

/** RFC 9110, 15.5.2 */
export const wwwAuthenticateRule: HeaderRule = {
  option: 'challenge',
  name: 'WWW-Authenticate',
  required: true,
  build: (challenge, report) => challenges('WWW-Authenticate', challenge, report),
}

/** RFC 9110, 15.5.8 */
export const proxyAuthenticateRule: HeaderRule = {
  option: 'challenge',
  name: 'Proxy-Authenticate',
  required: true,
  build: (challenge, report) => challenges('Proxy-Authenticate', challenge, report),
}

/** The supported methods; an empty list means that no method is allowed. RFC 9110, 10.2.1 */
export const allowRule: HeaderRule = {
  option: 'allow',
  name: 'Allow',
  required: true,
  build(methods, report) {
    if (Array.isArray(methods) && methods.length === 0) return { Allow: '' }
    return list('Allow', methods, isToken, report)
  },
}

/** The required protocols. A sender of Upgrade must also send the `upgrade` connection option. RFC 9110, 7.8 */
export const upgradeRule: HeaderRule = {
  option: 'upgrade',
  name: 'Upgrade',
  required: true,
  build(protocols, report) {
    const fields = list('Upgrade', protocols, isProtocol, report)
    return 'Upgrade' in fields ? { ...fields, Connection: 'upgrade' } : {}
  },
  // Not kept as a field, since it belongs to the connection. RFC 9110, 7.6.1
  restore: (headers) =>
    headers
      .get('Upgrade')
      ?.split(',')
      .map((protocol) => protocol.trim()) ?? [],
}

/** Seconds from now, rounded up, or a date. RFC 9110, 10.2.3 */
export const retryAfterRule: HeaderRule = {
  option: 'retryAfter',
  name: 'Retry-After',
  build(delay) {
    if (typeof delay === 'number' && delay >= 0 && Number.isFinite(delay)) {
      return { 'Retry-After': BigInt(Math.ceil(delay)).toString() }
    }
    return delay instanceof Date && hasHttpDate(delay) ? { 'Retry-After': delay.toUTCString() } : {}
  },
}

/** RFC 9110, 12.5.1 */
export const acceptRule: HeaderRule = {
  option: 'accept',
  name: 'Accept',
  build: (types, report) => list('Accept', types, isMediaRange, report),
}

/** RFC 9110, 12.5.3 */
export const acceptEncodingRule: HeaderRule = {
  option: 'acceptEncoding',
  name: 'Accept-Encoding',
  build: (codings, report) => list('Accept-Encoding', codings, isCoding, report),
}

/** The length of the content, in bytes. RFC 9110, 15.5.17 */
export const contentRangeRule: HeaderRule = {
  option: 'length',
  name: 'Content-Range',
  build: (length) => (isLength(length) ? { 'Content-Range': `bytes */${length}` } : {}),
}

/** The entity that blocks access, not the one that demanded it. RFC 7725, 4 */
export const blockedByRule: HeaderRule = {
  option: 'blockedBy',
  name: 'Link',
  build(uri) {
    const target = typeof uri === 'string' || uri instanceof URL ? String(uri) : ''
    return LINK_TARGET.test(target) && uriReference(target) === target ? { Link: `<${target}>; rel="blocked-by"` } : {}
  },
}

/** A list from one or more strings, which may be lists themselves. RFC 9110, 5.6.1 */
function list(
  name: string,
  given: unknown,
  isValid: (element: string) => boolean,
  report: ReportPart | undefined,
): HeaderFields {
  const elements: string[] = []
  for (const part of valuesIn(given)) {
    const own = typeof part === 'string' || typeof part === 'number' ? listElements(String(part)) : []
    if (own.length === 0) report?.(part)
    for (const element of own) {
      if (isValid(element)) elements.push(element)
      else report?.(element)
    }
  }
  return elements.length === 0 ? {} : { [name]: elements.join(', ') }
}

/** Whether a date can be sent: the year of an HTTP-date has four digits. RFC 9110, 5.6.7 */
function hasHttpDate(date: Date): boolean {
  return date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9999
}

function isLength(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** The characters that a URI may contain unencoded. RFC 3986, 2 */
const LINK_TARGET = /^[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/
