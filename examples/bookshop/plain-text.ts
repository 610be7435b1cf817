/** Whether a text has something to read, and none of the control characters that PostgreSQL or a terminal would choke on. */
export function isPlainText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength && /^[^\p{Cc}\p{Cs}]*$/u.test(value) && /\S/.test(value)
}
