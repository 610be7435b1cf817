import { toJson } from './json.js'
import { isPlainObject } from './unknown-values.js'

/** Longer values are cut in messages. */
const LONGEST_VALUE = 100

/** A value as an error message shows it: `"/problems"`, `-1`, `["GET"]`, `an instance of Date`. Never throws. */
export function formatValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(cut(value))
    case 'bigint':
      return `${value}n`
    case 'function':
      return 'a function'
    case 'object':
      return value === null ? 'null' : formatObject(value)
    default:
      return String(value)
  }
}

function formatObject(value: object): string {
  try {
    if (value instanceof Date) return String(value)
    if (!Array.isArray(value) && !isPlainObject(value)) return `an instance of ${value.constructor.name}`
    const json = toJson({ value }).slice('{"value":'.length, -1)
    return cut(json)
  } catch {
    // A proxy or a getter may throw.
    return 'an object'
  }
}

function cut(characters: string): string {
  return characters.length > LONGEST_VALUE ? `${characters.slice(0, LONGEST_VALUE)}…` : characters
}
