/** What text and quoted attribute values must not hold as it is. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Makes a text a text in HTML, between tags as well as in a quoted attribute. */
export function escapeHtml(text: string): string {
  return withoutControls(text).replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
}

/**
 * Replaces what is no character to be read, except for tabs and line breaks: control characters, which a terminal would
 * obey, marks that turn the direction of the text around, and halves of surrogate pairs, which UTF-8 cannot hold.
 */
export function withoutControls(text: string): string {
  return text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}
