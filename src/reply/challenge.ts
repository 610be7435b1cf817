import { isObject, memberOf, unpollutedMember } from '../problem/unknown-values.js'
import { isFieldValue, isToken, listElements, TOKEN, valuesIn } from './field-values.js'
import type { HeaderFields } from './reply.js'

/**
 * A challenge for `WWW-Authenticate` or `Proxy-Authenticate`: a field value such as `'Bearer realm="books"'`, or a
 * scheme with its parameters, which are quoted, or with a `token68`. RFC 9110, 11.2 and 11.3
 *
 * @example const challenge: Challenge = { scheme: 'Bearer', realm: 'books', error: 'invalid_token' }
 * @example const challenge: Challenge = { scheme: 'Negotiate', token68: 'oYGzMIGwoAMKAQE=' }
 */
export type Challenge =
  | string
  | { readonly scheme: string; readonly token68?: string; readonly [parameter: string]: string | number | undefined }

/**
 * Receives a part of an option that is left out, or that is sent with a change: with `?` in place of characters that cannot be
 * sent, or with an empty realm.
 */
export type ReportPart = (part: unknown, change?: 'replaced' | 'completed') => void

/** Authentication challenges, one field line each, since clients misread lists of them. RFC 9110, 11.6.1 */
export function challenges(name: string, given: unknown, report?: ReportPart): HeaderFields {
  const values: string[] = []
  for (const challenge of valuesIn(given)) {
    const text = typeof challenge === 'string' ? fromText(challenge, report) : fromParts(challenge, report)
    if (text === undefined) continue
    const complete = withRealm(text)
    if (complete !== text) report?.(challenge, 'completed')
    values.push(complete)
  }
  if (values.length === 0) return {}
  return { [name]: values.length === 1 ? (values[0] as string) : values }
}

/** RFC 7617, 2: Basic requires a realm, which may be empty. */
function withRealm(challenge: string): string {
  if (!BASIC.test(challenge) || REALM.test(challenge)) return challenge
  return `${challenge}${challenge.includes('=') ? ',' : ''} realm=""`
}

/** A challenge from its field value; `undefined` if it is invalid. */
function fromText(given: string, report: ReportPart | undefined): string | undefined {
  const text = given.replace(BEYOND_LATIN_1, '?')
  if (!isFieldValue(text) || !isChallengeList(text)) {
    report?.(given)
    return undefined
  }
  if (text !== given) report?.(given, 'replaced')
  return text
}

/** A challenge from its scheme and its parameters or its token68; `undefined` without a valid scheme. */
function fromParts(given: unknown, report: ReportPart | undefined): string | undefined {
  const scheme = unpollutedMember(given, 'scheme')
  if (!isObject(given) || typeof scheme !== 'string' || !isToken(scheme)) {
    report?.(given)
    return undefined
  }
  const parameters: string[] = []
  const known = new Set<string>()
  let credentials: string | undefined
  for (const name of Object.keys(given)) {
    const value = memberOf(given, name)
    if (name === 'scheme' || value === undefined) continue
    // RFC 9110, 11.2: names are case-insensitive, and occur once.
    const isRepeated = known.has(name.toLowerCase())
    known.add(name.toLowerCase())
    if (name === 'token68' && typeof value === 'string' && TOKEN68.test(value)) credentials = value
    else if (isRepeated || name === 'token68' || !isParameter(name, value)) report?.({ [name]: value })
    else parameters.push(parameter(name, value, report))
  }
  if (credentials !== undefined && parameters.length > 0) report?.(parameters.join(', '))
  const text = credentials ?? parameters.join(', ')
  return text === '' ? scheme : `${scheme} ${text}`
}

function isParameter(name: string, value: unknown): value is string | number {
  return isToken(name) && (typeof value === 'string' || typeof value === 'number')
}

/** A parameter, whose value is quoted. RFC 9110, 5.6.4 */
function parameter(name: string, given: string | number, report: ReportPart | undefined): string {
  const text = String(given)
  const sendable = text.replace(UNSENDABLE, '?')
  if (sendable !== text) report?.(text, 'replaced')
  return `${name}="${sendable.replace(/["\\]/g, '\\$&')}"`
}

/** `u`, so that a character outside the Basic Multilingual Plane is replaced with one question mark. */
const BEYOND_LATIN_1 = /[^\0-\xff]/gu

/** What a quoted string cannot contain. RFC 9110, 5.6.4 */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/gu

/** RFC 9110, 11.2 */
const TOKEN68 = /^[\w\-.~+/]+=*$/

const AUTH_PARAMETER = `${TOKEN}[\\t ]*=[\\t ]*(?:${TOKEN}|"(?:[^"\\\\]|\\\\.)*")`

/** Without parameters, or with its first one. */
const BASIC = new RegExp(`^basic(?:$| +${AUTH_PARAMETER})`, 'i')
const REALM = /[ ,]realm[\t ]*=/i

/** An element of a list of challenges: a scheme, alone or with a token68 or its first parameter, or a further parameter. */
const CHALLENGE = new RegExp(`^${TOKEN}(?: +(?:${AUTH_PARAMETER}|[\\w\\-.~+/]+=*))?$`)
const FURTHER_PARAMETER = new RegExp(`^${AUTH_PARAMETER}$`)

/** Whether a field value is a list of challenges. RFC 9110, 11.6.1 */
export function isChallengeList(value: string): boolean {
  const [first, ...others] = listElements(value)
  if (first === undefined || !CHALLENGE.test(first)) return false
  return others.every((element) => CHALLENGE.test(element) || FURTHER_PARAMETER.test(element))
}
