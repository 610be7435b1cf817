/** Evaluates a JSON Pointer in a URI fragment, straight after RFC 6901, sections 4 and 6. */
export function valueAt(pointer: string, document: unknown): unknown {
  if (!pointer.startsWith('#')) throw new Error(`${pointer} is no fragment`)
  const [root, ...tokens] = decodeURIComponent(pointer.slice(1)).split('/')
  if (root !== '') throw new Error(`${pointer} does not begin with a slash`)
  return tokens
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((value: any, token) => {
      if (typeof value !== 'object' || !Object.hasOwn(value, token)) throw new Error(`${pointer} leads nowhere`)
      return value[token]
    }, document)
}
