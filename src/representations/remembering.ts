/** So many results are remembered, for texts no longer than this: the texts come from clients, who may send anything. */
const MOST = 100
const MAX_LENGTH = 256

/** The same function, which works out but once what it is asked again and again. */
export function remembering<Result>(work: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>()
  return (text) => {
    const result = known.get(text) ?? work(text)
    if (text.length > MAX_LENGTH) return result
    if (known.size === MOST) known.clear()
    known.set(text, result)
    return result
  }
}
