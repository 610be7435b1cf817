/** Evaluates a JSON Pointer in a URI fragment, as defined in RFC 6901, sections 4 and 6. */
export function valueAt(pointer: string, document: unknown): unknown {
  if (!pointer.startsWith('#')) throw new Error(`A pointer must start with #, received ${pointer}`)
  const [root, ...tokens] = decodeURIComponent(pointer.slice(1)).split('/')
  if (root !== '') throw new Error(`A pointer must be # or start with #/, received ${pointer}`)
  return tokens
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((value: any, token) => {
      if (typeof value !== 'object' || !Object.hasOwn(value, token))
        throw new Error(`The document has no value at ${pointer}`)
      return value[token]
    }, document)
}
