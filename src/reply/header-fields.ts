import { isObject, memberOf } from '../problem/unknown-values.js'
import type { HeaderFields } from './reply.js'

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

/** The fields that frame the content. RFC 9112, 6 */
export const FRAMING_FIELDS: readonly string[] = ['content-length', 'transfer-encoding', 'trailer']

/** The fields that failures cannot set: the server frames the content, the representation describes it. RFC 9110, 6.4 and 8 */
export const RESERVED_FIELDS = [...FRAMING_FIELDS, 'content-type', 'content-encoding']

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

/** The fields without those of some names, which are in lower case. */
export function withoutFields(fields: HeaderFields, names: readonly string[]): HeaderFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name.toLowerCase())))
}

/** Whether a string is a token, such as a method or a field name. RFC 9110, 5.6.2 */
export function isToken(value: string): boolean {
  return TOKEN.test(value)
}

/** Whether a string is a valid field value. RFC 9110, 5.5 */
export function isFieldValue(value: string): boolean {
  return FIELD_VALUE.test(value)
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Visible characters and obs-text, with spaces and tabs between them. RFC 9110, 5.5 */
const FIELD_VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/

/** `__proto__` is a token, but not a usable key of a plain object. */
function isFieldName(name: string): boolean {
  return isToken(name) && name !== '__proto__'
}

/** One or more values as strings; other types are left out. */
export function listOf(values: unknown): string[] {
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
