import { hasSingleValue } from './header-fields.js'
import type { HeaderFields } from './reply.js'

/** Merges header fields by case-insensitive name; later fields take precedence. RFC 9110, 5.1 */
export function mergeFields(...records: readonly HeaderFields[]): HeaderFields {
  // Usually at most one record has any fields.
  const [only = {}, ...others] = records.filter((record) => Object.keys(record).length > 0)
  return others.length === 0 ? only : joined(records)
}

function joined(records: readonly HeaderFields[]): HeaderFields {
  const fields = new Map<string, readonly [string, string | string[]]>()
  for (const record of records) {
    for (const [name, value] of Object.entries(record)) {
      const key = name.toLowerCase()
      fields.delete(key) // or the field would keep its earlier position
      fields.set(key, [name, value])
    }
  }
  return Object.fromEntries(fields.values())
}

/** Adds fields to others. A list is continued; of fields with a single value, the added one is kept. RFC 9110, 5.3 */
export function withFields(fields: HeaderFields, added: HeaderFields): HeaderFields {
  if (Object.keys(fields).length === 0) return added
  const combined = Object.keys(added).map((name): [string, string | string[]] => {
    const existing = hasSingleValue(name) ? undefined : fieldOf(fields, name)
    return [name, existing === undefined ? (added[name] as string) : continued(name, existing, added[name] as string)]
  })
  return mergeFields(fields, Object.fromEntries(combined))
}

/** Challenges and links get a line each, since clients misread lists of them. */
function continued(name: string, existing: string | string[], added: string | string[]): string | string[] {
  const values = [...new Set([existing, added].flat())]
  if (values.length === 1) return values[0] as string
  return IN_SEPARATE_LINES.has(name) ? values : values.filter((value) => value !== '').join(', ')
}

const IN_SEPARATE_LINES: ReadonlySet<string> = new Set(['WWW-Authenticate', 'Proxy-Authenticate', 'Link'])

/** Whether a field is present. Names are case-insensitive. */
export function hasField(fields: HeaderFields, name: string): boolean {
  return fieldOf(fields, name) !== undefined
}

/** Adds names to Vary, which the failure may already have set. RFC 9110, 12.5.5 */
export function withVary(fields: HeaderFields, names: readonly string[]): HeaderFields {
  if (names.length === 0) return fields
  return mergeFields(fields, { Vary: varyOf([fieldOf(fields, 'Vary') ?? [], names].flat()) })
}

/** One Vary value from several, each name once; `*` includes every name. RFC 9110, 12.5.5 */
export function varyOf(values: readonly string[]): string {
  const names = new Map<string, string>()
  for (const name of values.flatMap((value) => value.split(','))) {
    const key = name.trim().toLowerCase()
    if (key !== '' && !names.has(key)) names.set(key, name.trim())
  }
  return names.has('*') ? '*' : [...names.values()].join(', ')
}

/** The value of a field. Names are case-insensitive. */
export function fieldOf(fields: HeaderFields, name: string): string | string[] | undefined {
  const sought = name.toLowerCase()
  const found = Object.keys(fields).find((known) => known.toLowerCase() === sought)
  return found === undefined ? undefined : fields[found]
}
