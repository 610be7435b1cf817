import { TOKEN } from './field-values.js'

/** Whether a string is a media range, with or without a weight. RFC 9110, 12.5.1 */
export function isMediaRange(value: string): boolean {
  return MEDIA_RANGE.test(value)
}

/** Whether a string is a media type, without ranges. RFC 9110, 8.3.1 */
export function isMediaType(value: unknown): value is string {
  return typeof value === 'string' && MEDIA_RANGE.test(value) && !/^[^;]*\*/.test(value)
}

/** Whether a string is a content coding or `*`, with or without a weight. RFC 9110, 12.5.3 */
export function isCoding(value: string): boolean {
  return CODING.test(value)
}

/** RFC 9110, 5.6.4 */
const QUOTED = '"(?:[\\t !#-\\[\\]-~\\x80-\\xff]|\\\\[\\t -~\\x80-\\xff])*"'
/** RFC 9110, 12.4.2 */
const WEIGHT = '[qQ]=(?:0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)'
const MEDIA_PARAMETER = `(?:${WEIGHT}|(?![qQ]=)${TOKEN}=(?:${TOKEN}|${QUOTED}))`
/** Each space can be read in one way only, since the matcher would try all ways. */
const ALL_PARAMETERS = `(?:[\\t ]*;(?:[\\t ]*${MEDIA_PARAMETER})?)*`
const MEDIA_RANGE = new RegExp(`^(?!\\*/[^*])${TOKEN}/${TOKEN}${ALL_PARAMETERS}$`)
const CODING = new RegExp(`^${TOKEN}(?:[\\t ]*;[\\t ]*${WEIGHT})?$`)
