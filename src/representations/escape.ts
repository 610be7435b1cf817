/** The characters that must be escaped in text and in quoted attribute values. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes a string for HTML text and quoted attribute values. */
export function escapeHtml(value: string): string {
  return withoutControls(value).replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
}

/**
 * Replaces characters that must not reach a terminal or a page: control characters except for tabs and line breaks,
 * bidirectional formatting characters, and lone surrogates, which UTF-8 cannot encode.
 */
export function withoutControls(value: string): string {
  return value.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}
