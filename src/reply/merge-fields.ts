import type { HeaderFields } from './reply.js'

/** Joins records of header fields, whose names compare without case; later ones win. RFC 9110, 5.1 */
export function mergeFields(...records: readonly HeaderFields[]): HeaderFields {
  const names = new Map<string, string>()
  const merged: Record<string, string | readonly string[]> = {}
  for (const record of records) {
    for (const name of Object.keys(record)) {
      const previous = names.get(name.toLowerCase())
      if (previous !== undefined) delete merged[previous]
      names.set(name.toLowerCase(), name)
      merged[name] = record[name] as string | readonly string[]
    }
  }
  return merged
}
