/** The depth of nesting of a JSON text, measured without recursion. */
export function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [bracket] of text.replace(STRINGS, '').matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    if (depth > deepest) deepest = depth
  }
  return deepest
}

/** Brackets within strings don't count. RFC 8259, 7 */
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"/gs
