import { problemJson, type Representation } from '../src/representations/index.js'

/** Problem details as XML (RFC 9457, appendix B). */
export const problemXml: Representation = {
  mediaType: 'application/problem+xml',
  alsoFor: ['application/xml'],
  render(problem, context) {
    // Rendering as JSON first converts extension members of any type to plain data.
    const { type, title, detail, status, instance, ...extensions } = JSON.parse(problemJson.render(problem, context))
    return `<?xml version="1.0" encoding="UTF-8"?>
<problem xmlns="urn:ietf:rfc:7807">${content({ type, title, detail, status, instance, ...extensions })}</problem>\n`
  },
}

/** An object becomes an element per member, and an array becomes `i` elements. */
function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element('i', item)).join('')
  if (typeof value !== 'object' || value === null) return escaped(String(value ?? ''))
  return Object.entries(value)
    .filter(([name, member]) => member !== undefined && /^[a-z_][\w.-]*$/i.test(name))
    .map(([name, member]) => element(name, member))
    .join('')
}

function element(name: string, value: unknown): string {
  return `<${name}>${content(value)}</${name}>`
}

function escaped(text: string): string {
  return text
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>]/g, (character) => `&#${character.codePointAt(0)};`)
}
