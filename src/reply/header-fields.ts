import { isObject, memberOf } from '../problem/foreign-values.js'
import type { HeaderFields } from './reply.js'

/**
 * A challenge for `WWW-Authenticate` or `Proxy-Authenticate`: a field value such as `'Bearer realm="books"'`, or a
 * scheme with its parameters, which are quoted. RFC 9110, 11.3
 *
 * @example const challenge: Challenge = { scheme: 'Bearer', realm: 'books', error: 'invalid_token' }
 */
export type Challenge = string | { readonly scheme: string; readonly [parameter: string]: string | number }

/**
 * Header fields as an option: a `Headers` object, pairs, or a record. A value is a string, a number, or an array of
 * strings for a field that is sent several times. Fields with an invalid name or value are left out.
 *
 * @example const headers: HeaderFieldsInit = { 'Retry-After': 120, Link: ['</help>; rel="help"', '</>; rel="index"'] }
 */
export type HeaderFieldsInit =
  | Headers
  | readonly (readonly [string, string])[]
  | Readonly<Record<string, string | number | readonly string[] | null | undefined>>

/** Allow: the supported methods; an empty list means that no method is allowed. RFC 9110, 10.2.1 */
export function allow(methods: unknown): HeaderFields {
  return methods === undefined ? {} : { Allow: tokens(methods).join(', ') }
}

/** Upgrade: the required protocols. A sender of Upgrade must also send the `upgrade` connection option. RFC 9110, 7.8 */
export function upgrade(protocols: unknown): HeaderFields {
  const value = listOf(protocols).filter(isProtocol).join(', ')
  return value === '' ? {} : { Upgrade: value, Connection: 'upgrade' }
}

/** Retry-After: seconds from now, rounded up, or a date. RFC 9110, 10.2.3 */
export function retryAfter(delay: unknown): HeaderFields {
  if (typeof delay === 'number' && delay >= 0 && Number.isFinite(delay)) {
    return { 'Retry-After': BigInt(Math.ceil(delay)).toString() }
  }
  if (delay instanceof Date && !Number.isNaN(delay.getTime())) return { 'Retry-After': delay.toUTCString() }
  return {}
}

/** Authentication challenges, one field line each, since clients misread lists of them. RFC 9110, 11.6.1 */
export function challenges(name: string, given: unknown): HeaderFields {
  const values = (Array.isArray(given) ? given : [given]).map(challengeValue).filter((value) => value !== undefined)
  if (values.length === 0) return {}
  return { [name]: values.length === 1 ? (values[0] as string) : values }
}

/** The accepted media types or content codings. RFC 9110, 12.5.1 and 12.5.3 */
export function accepted(name: 'Accept' | 'Accept-Encoding', values: unknown): HeaderFields {
  return field(name, listOf(values).filter(isFieldValue))
}

/** Content-Range: the length of the content, in bytes. RFC 9110, 15.5.17 */
export function unsatisfiedRange(length: unknown): HeaderFields {
  if (!Number.isSafeInteger(length) || (length as number) < 0) return {}
  return { 'Content-Range': `bytes */${length}` }
}

/** Link: the entity that blocks access, not the one that demanded it. RFC 7725, 4 */
export function blockedBy(uri: unknown): HeaderFields {
  const target = typeof uri === 'string' || uri instanceof URL ? String(uri) : ''
  return LINK_TARGET.test(target) ? { Link: `<${target}>; rel="blocked-by"` } : {}
}

/**
 * Valid header fields from any value. Fields with an invalid name or value are left out. Fields whose names differ only
 * in case are combined into one with several values. RFC 9110, 5.1 and 5.3
 */
export function validFields(given: unknown): HeaderFields {
  if (given === undefined) return {}
  const valuesByName = new Map<string, { readonly name: string; readonly values: string[] }>()
  for (const [name, value] of entriesOf(given)) {
    const values = listOf(value).filter(isFieldValue)
    if (!isFieldName(name) || values.length === 0) continue
    const known = valuesByName.get(name.toLowerCase())
    if (known === undefined) valuesByName.set(name.toLowerCase(), { name, values })
    else known.values.push(...values)
  }
  const fields: Record<string, string | string[]> = {}
  for (const { name, values } of valuesByName.values()) {
    fields[name] = values.length === 1 ? (values[0] as string) : values
  }
  return fields
}

/** Whether a string is a valid field value. RFC 9110, 5.5 */
export function isFieldValue(value: string): boolean {
  return FIELD_VALUE.test(value)
}

/** RFC 9110, 5.6.2 */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Visible characters and obs-text, with spaces and tabs between them. RFC 9110, 5.5 */
const FIELD_VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/

/** The characters that a URI may contain unencoded. RFC 3986, 2 */
const LINK_TARGET = /^[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/

function field(name: string, values: readonly string[]): HeaderFields {
  return values.length === 0 ? {} : { [name]: values.join(', ') }
}

function tokens(values: unknown): string[] {
  return listOf(values).filter((value) => TOKEN.test(value))
}

/** `__proto__` is a token, but not a usable key of a plain object. */
function isFieldName(name: string): boolean {
  return TOKEN.test(name) && name !== '__proto__'
}

function isProtocol(value: string): boolean {
  return value.split('/').length <= 2 && value.split('/').every((part) => TOKEN.test(part))
}

/** A challenge as a field value; `undefined` if it is invalid. */
function challengeValue(challenge: unknown): string | undefined {
  if (typeof challenge === 'string') return challenge !== '' && isFieldValue(challenge) ? challenge : undefined
  if (!isObject(challenge)) return undefined
  const { scheme, ...parameters } = challenge as { scheme?: unknown }
  if (typeof scheme !== 'string' || !TOKEN.test(scheme)) return undefined
  const pairs = Object.entries(parameters)
    .filter(([name, value]) => TOKEN.test(name) && isParameterValue(value))
    .map(([name, value]) => `${name}=${quoted(String(value))}`)
  return pairs.length === 0 ? scheme : `${scheme} ${pairs.join(', ')}`
}

function isParameterValue(value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && isFieldValue(`"${value}"`)
}

/** RFC 9110, 5.6.4 */
function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** One or more values as strings; other types are left out. */
function listOf(values: unknown): string[] {
  return (Array.isArray(values) ? values : [values])
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map(String)
}

/** All given fields, valid or not, with their values. */
export function givenFields(given: unknown): [name: string, value: unknown][] {
  return Array.from(entriesOf(given)).filter(([, value]) => value !== undefined && value !== null)
}

/** The entries of a Headers object, an array of pairs or a record; a value that cannot be read is `undefined`. */
function entriesOf(given: unknown): Iterable<[string, unknown]> {
  if (!isObject(given)) return []
  if (given instanceof globalThis.Headers) return given.entries()
  if (Array.isArray(given)) return given.filter(isPair)
  return Object.keys(given).map((name): [string, unknown] => [name, memberOf(given, name)])
}

function isPair(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string'
}
