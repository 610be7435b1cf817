import { parseHttpDate } from '../reply/http-date.js'

/** What a `Retry-After` field says: seconds or a point in time; `undefined` without one, or if it is malformed. RFC 9110, 10.2.3 */
export function retryDelay(headers: Headers): number | Date | undefined {
  const value = headers.get('Retry-After') ?? ''
  return /^\d+$/.test(value) ? finite(Number(value)) : parseHttpDate(value)
}

function finite(seconds: number): number | undefined {
  return Number.isFinite(seconds) ? seconds : undefined
}
