/**
 * Serialises a value to JSON and cannot fail: what JSON has no place for is left out or shown as a string.
 *
 * Ordinary values take the way of `JSON.stringify`. Where that throws, the value is walked: a `bigint` becomes
 * a string, what refers back to one of its own ancestors is left out, and so is whatever throws when it is read.
 */
export function toJson(value: object): string {
  try {
    return JSON.stringify(value)
  } catch {
    return JSON.stringify(plain(value, []))
  }
}

/** How deep a value may be nested; what lies below is left out, so that no document overflows the stack. */
const MAX_DEPTH = 100

/** A copy of a value that `JSON.stringify` can take, `undefined` where there is none. */
function plain(value: unknown, ancestors: readonly object[]): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (ancestors.includes(value) || ancestors.length === MAX_DEPTH) return undefined
  try {
    const within = [...ancestors, value]
    if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), within)
    if (Array.isArray(value)) return value.map((item) => plain(item, within))
    return plainMembers(value, within)
  } catch {
    return undefined
  }
}

function plainMembers(value: object, within: readonly object[]): object {
  const members = {}
  for (const name of Object.keys(value)) {
    Object.defineProperty(members, name, { value: memberOf(value, name, within), enumerable: true })
  }
  return members
}

function memberOf(value: object, name: string, within: readonly object[]): unknown {
  try {
    return plain(Reflect.get(value, name), within)
  } catch {
    return undefined
  }
}
