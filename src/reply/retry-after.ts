import { parseHttpDate } from './http-date.js'

/** The value of `Retry-After`: seconds or a date; `undefined` if it is missing or invalid. RFC 9110, 10.2.3 */
export function parseRetryAfter(value: string): number | Date | undefined {
  return /^\d+$/.test(value) ? finite(Number(value)) : parseHttpDate(value)
}

function finite(seconds: number): number | undefined {
  return Number.isFinite(seconds) ? seconds : undefined
}
