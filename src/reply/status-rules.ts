import { challenges } from './challenge.js'
import { isFieldValue, isToken, listOf } from './header-fields.js'
import type { HeaderFields } from './reply.js'

/** The rules of a status, declared by its failure class. `npm run accept` collects them in `status/failure-statuses.ts`. */
export interface StatusRules {
  /** The header fields that options of the class set. */
  readonly headers?: readonly HeaderRule[]
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
  /** The header fields for a value of the option; none for an invalid value. */
  build(value: unknown): HeaderFields
  /** The value of the option in the header fields of a received response. Default: the field itself is kept. */
  restore?(headers: Headers): unknown
}

/** RFC 9110, 15.5.2 */
export const wwwAuthenticateRule: HeaderRule = {
  option: 'challenge',
  name: 'WWW-Authenticate',
  required: true,
  build: (challenge) => challenges('WWW-Authenticate', challenge),
}

/** RFC 9110, 15.5.8 */
export const proxyAuthenticateRule: HeaderRule = {
  option: 'challenge',
  name: 'Proxy-Authenticate',
  required: true,
  build: (challenge) => challenges('Proxy-Authenticate', challenge),
}

/** The supported methods; an empty list means that no method is allowed. RFC 9110, 10.2.1 */
export const allowRule: HeaderRule = {
  option: 'allow',
  name: 'Allow',
  required: true,
  build: (methods) => (methods === undefined ? {} : { Allow: listOf(methods).filter(isToken).join(', ') }),
}

/** The required protocols. A sender of Upgrade must also send the `upgrade` connection option. RFC 9110, 7.8 */
export const upgradeRule: HeaderRule = {
  option: 'upgrade',
  name: 'Upgrade',
  required: true,
  build(protocols) {
    const value = listOf(protocols).filter(isProtocol).join(', ')
    return value === '' ? {} : { Upgrade: value, Connection: 'upgrade' }
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
    if (delay instanceof Date && !Number.isNaN(delay.getTime())) return { 'Retry-After': delay.toUTCString() }
    return {}
  },
}

/** RFC 9110, 12.5.1 */
export const acceptRule: HeaderRule = {
  option: 'accept',
  name: 'Accept',
  build: (types) => list('Accept', types),
}

/** RFC 9110, 12.5.3 */
export const acceptEncodingRule: HeaderRule = {
  option: 'acceptEncoding',
  name: 'Accept-Encoding',
  build: (codings) => list('Accept-Encoding', codings),
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
    return LINK_TARGET.test(target) ? { Link: `<${target}>; rel="blocked-by"` } : {}
  },
}

function list(name: string, values: unknown): HeaderFields {
  const valid = listOf(values).filter(isFieldValue)
  return valid.length === 0 ? {} : { [name]: valid.join(', ') }
}

function isProtocol(value: string): boolean {
  return value.split('/').length <= 2 && value.split('/').every(isToken)
}

function isLength(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** The characters that a URI may contain unencoded. RFC 3986, 2 */
const LINK_TARGET = /^[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/
