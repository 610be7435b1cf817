import { parseHttpDate } from '../reply/http-date.js'

/** The value of `Retry-After`: seconds or a date; `undefined` if it is missing or invalid. RFC 9110, 10.2.3 */
export function retryDelay(headers: Headers): number | Date | undefined {
  const value = headers.get('Retry-After') ?? ''
  return /^\d+$/.test(value) ? finite(Number(value)) : parseHttpDate(value)
}

function finite(seconds: number): number | undefined {
  return Number.isFinite(seconds) ? seconds : undefined
}
