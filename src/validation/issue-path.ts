import { isObject } from '../problem/foreign-values.js'

/**
 * The member names on the path of an issue, outermost first. A segment is a property key, or an object with a `key`.
 *
 * They end at the first segment that has no name in JSON, such as a symbol or an item of a `Set`.
 */
export function* namesOn(path: unknown): Iterable<string> {
  try {
    if (!Array.isArray(path)) return
    for (const segment of path) {
      const name = nameOf(segment)
      if (name === undefined) return
      yield name
    }
  } catch {
    // Getters of an issue may throw.
  }
}

function nameOf(segment: unknown): string | undefined {
  const key = isObject(segment) && 'key' in segment ? segment.key : segment
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined
}
