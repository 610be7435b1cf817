import { isChallengeList } from './challenge.js'
import { isToken, type ReportField } from './header-fields.js'
import { listElements } from './list-elements.js'
import type { HeaderFields } from './reply.js'
import { parseRetryAfter } from './retry-after.js'

/** Header fields without those whose values have a known syntax and do not follow it. */
export function withKnownSyntax(fields: HeaderFields, report?: ReportField): HeaderFields {
  const valid = Object.entries(fields).filter(([name, value]) => {
    const isValid = SYNTAX[name.toLowerCase()] ?? isAnything
    const isKept = [value].flat().every(isValid)
    if (!isKept) report?.({ name, value, reason: 'is invalid', omitted: 'header' })
    return isKept
  })
  return Object.fromEntries(valid)
}

const SYNTAX: Readonly<Record<string, (value: string) => boolean>> = {
  // RFC 9110, 10.2.1
  allow: (value) => listElements(value).every(isToken),
  // RFC 9110, 8.5
  'content-language': isLanguageList,
  // RFC 9110, 11.6.1 and 11.7.1
  'www-authenticate': isChallengeList,
  'proxy-authenticate': isChallengeList,
  // RFC 9110, 10.2.3
  'retry-after': (value) => parseRetryAfter(value) !== undefined,
}

function isAnything(): boolean {
  return true
}

/** Whether a string is a language tag, or a list of them. RFC 5646, 2.1 */
export function isLanguageList(value: string): boolean {
  const tags = listElements(value)
  return tags.length > 0 && tags.every((tag) => LANGUAGE_TAG.test(tag))
}

const LANGUAGE_TAG = /^(?:[a-z]{2,8}|[ix](?=-))(?:-[a-z\d]{1,8})*$/i
