/**
 * Serialises a document to JSON and cannot fail.
 *
 * What JSON has no place for is shown as a string where it has a text of its own, and left out where it has none:
 *
 * | value | in the document |
 * |---|---|
 * | `bigint`, `NaN`, `Infinity` | a string |
 * | `symbol`, function, `undefined` | left out; `null` in an array |
 * | `Date`, `URL`, whatever has a `toJSON` | what `toJSON` returns, made plain in turn |
 * | `Map` | an object, its keys as strings |
 * | `Set`, typed array | an array |
 * | `Error` | left out, for its message was written for a log; a `Failure` is its problem document |
 * | reference to an ancestor | left out |
 * | getter, `toJSON` or proxy that throws | left out |
 * | nested deeper than 100 levels | left out |
 */
export function toJson(document: object): string {
  // Nearly every document is flat, and then needs no copy.
  return JSON.stringify(isFlat(document) ? document : plainObject(document, [document]))
}

const MAX_DEPTH = 100

function isFlat(document: object): boolean {
  return Object.values(document).every((value) => typeof value === 'string' || Number.isFinite(value))
}

/** A copy of a value that `JSON.stringify` takes as it is; `undefined` where there is none. */
function plain(value: unknown, ancestors: readonly object[]): unknown {
  if (typeof value === 'object') return value === null ? null : plainOrNothing(value, ancestors)
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined
}

/** Whatever is asked of an object may throw, if it is a proxy or has getters. */
function plainOrNothing(value: object, ancestors: readonly object[]): unknown {
  if (ancestors.length > MAX_DEPTH || ancestors.includes(value)) return undefined
  try {
    return plainContent(value, [...ancestors, value])
  } catch {
    return undefined
  }
}

function plainContent(value: object, within: readonly object[]): unknown {
  if (Array.isArray(value)) return plainItems(value, within)
  if (value instanceof Set || isTypedArray(value)) return plainItems([...value], within)
  if (value instanceof Map) return plainObject(Object.fromEntries(withTextKeys(value)), within)
  if (value instanceof Error && !('toProblem' in value)) return undefined
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), within)
  return isBoxed(value) ? plain(value.valueOf(), within) : plainObject(value, within)
}

function plainItems(items: readonly unknown[], within: readonly object[]): unknown[] {
  // By index, since the holes of a sparse array count as well.
  return Array.from(items, (item) => plain(item, within) ?? null)
}

function plainObject(value: object, within: readonly object[]): object {
  const members = {}
  for (const name of Object.keys(value)) {
    // Defined rather than assigned, so that `__proto__` is a name like any other.
    Object.defineProperty(members, name, { value: plainMember(value, name, within), enumerable: true })
  }
  return members
}

function plainMember(value: object, name: string, within: readonly object[]): unknown {
  try {
    return plain(Reflect.get(value, name), within)
  } catch {
    return undefined
  }
}

function* withTextKeys(map: ReadonlyMap<unknown, unknown>): Iterable<[string, unknown]> {
  for (const [key, value] of map) yield [String(key), value]
}

function isTypedArray(value: object): value is Uint8Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}

function isBoxed(value: object): boolean {
  return value instanceof Number || value instanceof String || value instanceof Boolean
}
