import { fieldOf } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'
import { parseRetryAfter } from '../reply/retry-after.js'

/** When a client may retry: after some seconds, or from a date. RFC 9110, 10.2.3 */
export type Retry = { readonly seconds: number } | { readonly date: Date }

/** The value of `Retry-After`; `undefined` if it is missing or invalid. */
export function retryOf(headers: HeaderFields): Retry | undefined {
  const [value = ''] = [fieldOf(headers, 'Retry-After') ?? []].flat()
  const wait = parseRetryAfter(value)
  if (typeof wait !== 'number') return wait && { date: wait }
  return Number.isSafeInteger(wait) ? { seconds: wait } : undefined
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** A duration in words, in its two largest units, rounded up to avoid early retries: `in 2 minutes`. */
export function waitInWords(seconds: number): string {
  const index = UNITS.findIndex(([, length]) => seconds >= length)
  if (index === -1) return 'now'
  const [unit, length] = UNITS[index] as (typeof UNITS)[number]
  const [smaller, smallerLength] = UNITS[index + 1] ?? ['second', 1]
  const rounded = Math.ceil(seconds / smallerLength) * smallerLength
  const rest = (rounded % length) / smallerLength
  const words = `in ${counted(Math.floor(rounded / length), unit)}`
  return rest === 0 ? words : `${words} and ${counted(rest, smaller)}`
}

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}
