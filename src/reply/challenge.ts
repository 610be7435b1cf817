import { isObject } from '../problem/unknown-values.js'
import { isFieldValue, isToken } from './header-fields.js'
import type { HeaderFields } from './reply.js'

/**
 * A challenge for `WWW-Authenticate` or `Proxy-Authenticate`: a field value such as `'Bearer realm="books"'`, or a
 * scheme with its parameters, which are quoted. RFC 9110, 11.3
 *
 * @example const challenge: Challenge = { scheme: 'Bearer', realm: 'books', error: 'invalid_token' }
 */
export type Challenge = string | { readonly scheme: string; readonly [parameter: string]: string | number }

/** Authentication challenges, one field line each, since clients misread lists of them. RFC 9110, 11.6.1 */
export function challenges(name: string, given: unknown): HeaderFields {
  const values = (Array.isArray(given) ? given : [given]).map(challengeValue).filter((value) => value !== undefined)
  if (values.length === 0) return {}
  return { [name]: values.length === 1 ? (values[0] as string) : values }
}

/** A challenge as a field value; `undefined` if it is invalid. */
function challengeValue(challenge: unknown): string | undefined {
  if (typeof challenge === 'string') return challenge !== '' && isFieldValue(challenge) ? challenge : undefined
  if (!isObject(challenge)) return undefined
  const { scheme, ...parameters } = challenge as { scheme?: unknown }
  if (typeof scheme !== 'string' || !isToken(scheme)) return undefined
  const pairs = Object.entries(parameters)
    .filter(([name, value]) => isToken(name) && isParameterValue(value))
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
