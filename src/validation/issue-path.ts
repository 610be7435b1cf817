import { isObject } from '../problem/foreign-values.js'

/**
 * The names of the members on the path of an issue, from the outside in: property keys, or segments that have a `key`.
 *
 * They end where JSON has no name for what comes next, such as a symbol, or the item of a `Set`: what is left then
 * names the nearest member around it.
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
    // A schema is somebody else's, and so are the getters of its issues.
  }
}

function nameOf(segment: unknown): string | undefined {
  const key = isObject(segment) && 'key' in segment ? segment.key : segment
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined
}
