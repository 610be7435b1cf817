import { isChallengeList } from './challenge.js'
import { isProtocol, isToken, listElements } from './field-values.js'
import { type ReportField, withoutFields } from './header-fields.js'
import { isCoding, isMediaRange } from './media-types.js'
import type { HeaderFields } from './reply.js'
import { parseRetryAfter } from './retry-after.js'

/** Header fields without those whose values have a known syntax and do not follow it. */
export function withKnownSyntax(fields: HeaderFields, report?: ReportField): HeaderFields {
  const invalid: string[] = []
  for (const name in fields) {
    const isValid = SYNTAX.get(name.toLowerCase())
    const value = fields[name] as string | string[]
    if (isValid === undefined || (Array.isArray(value) ? value.every(isValid) : isValid(value))) continue
    report?.({ name, value, reason: 'is invalid', omitted: 'header' })
    invalid.push(name.toLowerCase())
  }
  return invalid.length === 0 ? fields : withoutFields(fields, invalid)
}

const SYNTAX: ReadonlyMap<string, (value: string) => boolean> = /*@__PURE__*/ new Map([
  // RFC 9110, 10.2.1
  ['allow', (value: string) => value === '' || isList(value, isToken)],
  // RFC 9110, 7.8
  ['upgrade', (value: string) => isList(value, isProtocol)],
  // RFC 9110, 12.5
  ['accept', (value: string) => isList(value, isMediaRange)],
  ['accept-encoding', (value: string) => isList(value, isCoding)],
  ['vary', (value: string) => isList(value, isToken)],
  // RFC 9110, 8.5
  ['content-language', isLanguageList],
  // RFC 9110, 11.6.1 and 11.7.1
  ['www-authenticate', isChallengeList],
  ['proxy-authenticate', isChallengeList],
  // RFC 9110, 10.2.3
  ['retry-after', (value: string) => parseRetryAfter(value) !== undefined],
])

function isList(value: string, isElement: (element: string) => boolean): boolean {
  const elements = listElements(value)
  return elements.length > 0 && elements.every(isElement)
}

/** Whether a string is a language tag, or a list of them. RFC 5646, 2.1 */
export function isLanguageList(value: string): boolean {
  return isList(value, (tag) => LANGUAGE_TAG.test(tag))
}

const LANGUAGE_TAG = /^(?:[a-z]{2,8}|[ix](?=-))(?:-[a-z\d]{1,8})*$/i
