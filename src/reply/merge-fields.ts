import type { HeaderFields } from './reply.js'

/** Joins records of header fields, whose names compare without case; later ones win. RFC 9110, 5.1 */
export function mergeFields(...records: readonly HeaderFields[]): HeaderFields {
  // Nearly always there is one at most that has any, and nothing to join.
  const [only = {}, ...others] = records.filter((record) => Object.keys(record).length > 0)
  return others.length === 0 ? only : joined(records)
}

function joined(records: readonly HeaderFields[]): HeaderFields {
  const fields = new Map<string, readonly [string, string | readonly string[]]>()
  for (const record of records) {
    for (const [name, value] of Object.entries(record)) {
      const key = name.toLowerCase()
      fields.delete(key) // or it would keep its place
      fields.set(key, [name, value])
    }
  }
  return Object.fromEntries(fields.values())
}

/** Whether a field is there, whatever the case of its name. */
export function hasField(fields: HeaderFields, name: string): boolean {
  return fieldOf(fields, name) !== undefined
}

/** Appends to Vary, in which a failure may have names of its own already. RFC 9110, 12.5.5 */
export function withVary(fields: HeaderFields, names: readonly string[]): HeaderFields {
  if (names.length === 0) return fields
  return mergeFields(fields, { Vary: varyOf([fieldOf(fields, 'Vary') ?? [], names].flat()) })
}

/** One value of Vary out of several, each name once; `*` says it all. RFC 9110, 12.5.5 */
export function varyOf(values: readonly string[]): string {
  const names = new Map<string, string>()
  for (const name of values.flatMap((value) => value.split(','))) {
    const key = name.trim().toLowerCase()
    if (key !== '' && !names.has(key)) names.set(key, name.trim())
  }
  return names.has('*') ? '*' : [...names.values()].join(', ')
}

/** The value of a field, whatever the case of its name. */
export function fieldOf(fields: HeaderFields, name: string): string | readonly string[] | undefined {
  const sought = name.toLowerCase()
  const found = Object.keys(fields).find((known) => known.toLowerCase() === sought)
  return found === undefined ? undefined : fields[found]
}
