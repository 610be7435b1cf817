/** What a value is, for a message that says what was met. */
export function kindOf(value: unknown): string {
  if (typeof value === 'string') return `\`${value}\``
  if (typeof value === 'number') return String(value)
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : typeof value
}
