import { isObject } from '../problem/unknown-values.js'
import { isFieldValue, isToken, MOST_VALUES, valuesIn } from './field-values.js'
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
  const fields: Record<string, string | string[]> = {}
  if (given === undefined) return fields
  const spellings = new Map<string, string>()
  for (const [name, value] of entriesOf(given, report)) {
    const key = name.toLowerCase()
    const valid = reserved.includes(key) ? reservedValue(name, value, report) : validValue(name, value, report)
    if (valid === undefined) continue
    const known = spellings.get(key)
    if (known !== undefined) fields[known] = continuedWith(fields[known] as string | string[], valid)
    else {
      spellings.set(key, name)
      fields[name] = valid
    }
  }
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    if (Array.isArray(value)) fields[name] = singleLine(name, value, report)
  }
  return fields
}

/** Extends the array in place: a copy for each of 10,000 fields would take seconds. */
function continuedWith(values: string | string[], added: string | string[]): string[] {
  const all = Array.isArray(values) ? values : [values]
  for (const value of [added].flat()) all.push(value)
  return all
}

function reservedValue(name: string, value: unknown, report: ReportField | undefined): undefined {
  report?.({ name, value, reason: 'cannot be set by a failure', omitted: 'header' })
}

/** The valid values of a field: a string, or an array of those of an array; `undefined` if there are none. */
function validValue(name: string, given: unknown, report: ReportField | undefined): string | string[] | undefined {
  if (isFieldName(name)) {
    if (isFieldItem(given)) return String(given)
    const values = valuesIn(given)
    const valid = values.filter(isFieldItem).map(String)
    if (valid.length > 0) {
      reportValues(
        name,
        values.filter((value) => !isFieldItem(value)),
        'is invalid',
        report,
      )
      return valid
    }
  }
  report?.({ name, value: given, reason: 'is invalid', omitted: 'header' })
  return undefined
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

/** `__proto__` is a token, but not a usable key of a plain object. */
function isFieldName(name: string): boolean {
  return isToken(name) && name !== '__proto__'
}

/** The entries of a Headers object, a Map, pairs or a record, without those that have no value or cannot be read. */
function entriesOf(given: unknown, report: ReportField | undefined): [string, unknown][] {
  if (!isObject(given)) {
    reportGiven(given, report)
    return []
  }
  return Symbol.iterator in given ? pairsOf(given as Iterable<unknown>, report) : recordEntries(given, report)
}

/** An iterator may be endless. */
function pairsOf(given: Iterable<unknown>, report: ReportField | undefined): [string, unknown][] {
  const pairs: [string, unknown][] = []
  let count = 0
  for (const item of given) {
    if (++count > MOST_VALUES) break
    if (!isPair(item)) reportGiven(item, report)
    else if (isGiven(item[1])) pairs.push(item)
  }
  return pairs
}

function recordEntries(given: object, report: ReportField | undefined): [string, unknown][] {
  const entries: [string, unknown][] = []
  for (const name of Object.keys(given)) {
    try {
      const value: unknown = Reflect.get(given, name)
      if (isGiven(value)) entries.push([name, value])
    } catch (error) {
      report?.({ name, value: error, reason: 'cannot be read', omitted: 'header' })
    }
  }
  return entries
}

function reportGiven(value: unknown, report: ReportField | undefined): void {
  report?.({ name: 'headers', value, reason: 'must be a record or pairs of names and values', omitted: 'header' })
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

function isPair(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string'
}
