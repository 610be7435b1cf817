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

/** Connection-specific fields, which HTTP/2 forbids. RFC 9113, 8.2.2 */
export const CONNECTION_FIELDS: readonly string[] = [
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]

/** The fields that failures cannot set: the server frames the content, the representation describes it. RFC 9110, 6.4 and 8 */
export const RESERVED_FIELDS = [...FRAMING_FIELDS, 'content-type', 'content-encoding']

/** A header field that is left out, or one of its values. */
export interface InvalidField {
  readonly name: string
  readonly value: unknown
  /** The rest of a sentence about the field: `is invalid`. */
  readonly reason: string
  readonly omitted: 'header' | 'value'
}

export type ReportField = (field: InvalidField) => void

/**
 * Valid header fields from any value. Fields with an invalid name or value are left out. Fields whose names differ only
 * in case are combined into one with several values, or with the first one if there can be only one. RFC 9110, 5.1 and 5.3
 *
 * @param reserved - the names, in lower case, that are left out, too
 */
export function validFields(given: unknown, reserved: readonly string[] = [], report?: ReportField): HeaderFields {
  if (given === undefined) return {}
  const fieldsByName = new Map<string, { readonly name: string; readonly values: string[] }>()
  for (const [name, value] of entriesOf(given, report)) {
    const key = name.toLowerCase()
    const values = reserved.includes(key) ? reservedValues(name, value, report) : validValues(name, value, report)
    if (values.length === 0) continue
    const field = fieldsByName.get(key) ?? { name, values: [] }
    fieldsByName.set(key, field)
    for (const value of values) field.values.push(value)
  }
  const fields = [...fieldsByName.values()]
  return Object.fromEntries(fields.map(({ name, values }) => [name, singleLine(name, values, report)]))
}

function reservedValues(name: string, value: unknown, report: ReportField | undefined): readonly [] {
  report?.({ name, value, reason: 'cannot be set by a failure', omitted: 'header' })
  return []
}

function validValues(name: string, given: unknown, report: ReportField | undefined): string[] {
  const values = valuesIn(given)
  const valid = isFieldName(name) ? values.filter(isFieldItem) : []
  if (valid.length === 0) report?.({ name, value: given, reason: 'is invalid', omitted: 'header' })
  else
    reportValues(
      name,
      values.filter((value) => !isFieldItem(value)),
      'is invalid',
      report,
    )
  return valid.map(String)
}

/** HTTP/2 in Node rejects a response with two values of such a field. */
function singleLine(name: string, values: readonly string[], report: ReportField | undefined): string | string[] {
  const [first = '', ...others] = values
  if (others.length === 0) return first
  if (LISTS_IN_ONE_LINE.has(name.toLowerCase())) return values.join(', ')
  if (!hasSingleValue(name)) return [...values]
  reportValues(name, others, 'can have only one value', report)
  return first
}

function reportValues(name: string, values: readonly unknown[], reason: string, report: ReportField | undefined): void {
  for (const value of values) report?.({ name, value, reason, omitted: 'value' })
}

function isFieldItem(value: unknown): boolean {
  return (typeof value === 'string' || Number.isFinite(value)) && isFieldValue(String(value))
}

/** The values of an option: those of an array, which may be endless, or the value itself. */
export function valuesIn(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given.slice(0, MOST_VALUES) : [given]
}

const MOST_VALUES = 10_000

/** Whether a field can have only one value. */
export function hasSingleValue(name: string): boolean {
  return SINGLE_VALUED.has(name.toLowerCase())
}

/** Fields that are not lists, and those of which HTTP/2 in Node accepts only one value. RFC 9110, 5.5 */
const SINGLE_VALUED: ReadonlySet<string> = new Set([
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'access-control-max-age',
  'access-control-request-method',
  'age',
  'authorization',
  'content-disposition',
  'content-location',
  'content-md5',
  'content-range',
  'date',
  'dnt',
  'etag',
  'expires',
  'from',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'range',
  'referer',
  'refresh',
  'retry-after',
  'strict-transport-security',
  'tk',
  'upgrade-insecure-requests',
  'user-agent',
  'x-content-type-options',
])

/** Lists that HTTP/2 in Node accepts in one line only. */
const LISTS_IN_ONE_LINE: ReadonlySet<string> = new Set(['content-language', 'content-encoding'])

/** The fields without those of some names, which are in lower case. */
export function withoutFields(fields: HeaderFields, names: readonly string[]): HeaderFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name.toLowerCase())))
}

/** Whether a string is a token, such as a method or a field name. RFC 9110, 5.6.2 */
export function isToken(value: string): boolean {
  return ONLY_TOKEN.test(value)
}

/** Whether a string is a valid field value. RFC 9110, 5.5 */
export function isFieldValue(value: string): boolean {
  return FIELD_VALUE.test(value)
}

/** The pattern of a token. RFC 9110, 5.6.2 */
export const TOKEN = "[!#$%&'*+\\-.^_`|~\\dA-Za-z]+"

const ONLY_TOKEN = new RegExp(`^${TOKEN}$`)

/** Visible characters and obs-text, with spaces and tabs between them. RFC 9110, 5.5 */
const FIELD_VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/

/** `__proto__` is a token, but not a usable key of a plain object. */
function isFieldName(name: string): boolean {
  return isToken(name) && name !== '__proto__'
}

/** The entries of a Headers object, a Map, pairs or a record, without those that have no value or cannot be read. */
function entriesOf(given: unknown, report: ReportField | undefined): [string, unknown][] {
  const isReadable = isObject(given)
  const entries = isReadable && Symbol.iterator in given ? firstOf(given as Iterable<unknown>) : recordEntries(given)
  const pairs = entries.filter(isPair)
  const invalid = isReadable ? entries.filter((entry) => !isPair(entry)) : [given]
  for (const value of invalid) {
    report?.({ name: 'headers', value, reason: 'must be a record or pairs of names and values', omitted: 'header' })
  }
  return pairs.filter(([, value]) => value !== undefined && value !== null)
}

function recordEntries(given: unknown): [string, unknown][] {
  return isObject(given) ? Object.keys(given).map((name) => [name, memberOf(given, name)]) : []
}

/** An iterator may be endless. */
function firstOf(given: Iterable<unknown>): unknown[] {
  const items: unknown[] = []
  for (const item of given) {
    if (items.length >= MOST_VALUES) break
    items.push(item)
  }
  return items
}

function isPair(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string'
}
