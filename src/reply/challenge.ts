import { isObject, memberOf, unpollutedMember, withoutPrototype } from '../problem/unknown-values.js'
import { isFieldValue, isToken, TOKEN, valuesIn } from './header-fields.js'
import { listElements } from './list-elements.js'
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

/** Receives a part of an option that is left out, or sent with `?` in place of characters that cannot be sent. */
export type ReportPart = (part: unknown, consequence?: 'replaced') => void

/** Authentication challenges, one field line each, since clients misread lists of them. RFC 9110, 11.6.1 */
export function challenges(name: string, given: unknown, report?: ReportPart): HeaderFields {
  const values = valuesIn(given)
    .map((challenge) => (typeof challenge === 'string' ? fromText(challenge, report) : fromParts(challenge, report)))
    .filter((value) => value !== undefined)
  if (values.length === 0) return {}
  return { [name]: values.length === 1 ? (values[0] as string) : values }
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

/** A challenge from its scheme and its parameters or its token68; `undefined` if it has no valid scheme. */
function fromParts(given: unknown, report: ReportPart | undefined): string | undefined {
  const scheme = unpollutedMember(given, 'scheme')
  if (!isObject(given) || typeof scheme !== 'string' || !isToken(scheme)) {
    report?.(given)
    return undefined
  }
  const names = Object.keys(given).filter((name) => name !== 'scheme')
  const members = names.map((name) => [name, memberOf(given, name)])
  const { token68, ...parameters } = withoutPrototype(Object.fromEntries(members))
  const isOnlyToken = typeof token68 === 'string' && TOKEN68.test(token68)
  if (!isOnlyToken && token68 !== undefined) report?.(token68)
  const known = new Set<string>()
  const pairs = Object.entries(parameters).flatMap(([name, value]) => {
    if (value === undefined) return []
    // RFC 9110, 11.2: names are case-insensitive, and occur once.
    const isRepeated = known.has(name.toLowerCase())
    known.add(name.toLowerCase())
    if (isRepeated) report?.({ [name]: value })
    return isRepeated ? [] : (parameter(name, value, report) ?? [])
  })
  if (isOnlyToken && pairs.length > 0) report?.(parameters)
  if (isOnlyToken) return `${scheme} ${token68}`
  return pairs.length === 0 ? scheme : `${scheme} ${pairs.join(', ')}`
}

/** A parameter, whose value is quoted; `undefined` if it is invalid. RFC 9110, 5.6.4 */
function parameter(name: string, given: unknown, report: ReportPart | undefined): string | undefined {
  if (!isToken(name) || (typeof given !== 'string' && typeof given !== 'number')) {
    report?.({ [name]: given })
    return undefined
  }
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

/** An element of a list of challenges: a scheme, alone or with a token68 or its first parameter, or a further parameter. */
const CHALLENGE = new RegExp(`^${TOKEN}(?: +(?:${AUTH_PARAMETER}|[\\w\\-.~+/]+=*))?$`)
const FURTHER_PARAMETER = new RegExp(`^${AUTH_PARAMETER}$`)

/** Whether a field value is a list of challenges. RFC 9110, 11.6.1 */
export function isChallengeList(value: string): boolean {
  const [first, ...others] = listElements(value)
  if (first === undefined || !CHALLENGE.test(first)) return false
  return others.every((element) => CHALLENGE.test(element) || FURTHER_PARAMETER.test(element))
}
