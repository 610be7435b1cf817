import { parseHttpDate } from '../reply/http-date.js'
import { fieldOf } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'

/** When a client may try again: after so many seconds, or from a point in time. RFC 9110, 10.2.3 */
export type Retry = { readonly seconds: number } | { readonly date: Date }

/** What `Retry-After` says; `undefined` if there is none, or none that could be told to anybody. */
export function retryOf(headers: HeaderFields): Retry | undefined {
  const [value = ''] = [fieldOf(headers, 'Retry-After') ?? []].flat()
  if (/^\d+$/.test(value)) return Number.isSafeInteger(Number(value)) ? { seconds: Number(value) } : undefined
  const date = parseHttpDate(value)
  return date && { date }
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** A wait as one says it, in the two largest units, rounded up lest anybody come too early: `in 2 minutes`. */
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
