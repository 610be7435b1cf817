/**
 * Finds the first syntax error in a JSON text: the offset of the first invalid character, the length of the text if it
 * ends too early, or `undefined` if it is valid. RFC 8259, 2 to 7
 *
 * The error messages of engines give the position in different ways, or not at all. Not recursive, so that any depth of
 * nesting works.
 */
export function jsonErrorOffset(text: string): number | undefined {
  const closers: string[] = []
  let expected: Expected = 'value'
  let at = afterSpace(text, 0)
  while (at < text.length) {
    const character = text.charAt(at)
    let token = { end: at + 1, whole: true }
    if (character === closers.at(-1) && CLOSABLE.includes(expected)) {
      closers.pop()
      expected = closers.length === 0 ? 'end' : 'separator'
    } else if (character === ',' && expected === 'separator') {
      expected = closers.at(-1) === '}' ? 'name' : 'value'
    } else if (character === ':' && expected === 'colon') {
      expected = 'value'
    } else if (character === '{' && VALUE.includes(expected)) {
      closers.push('}')
      expected = 'name or end'
    } else if (character === '[' && VALUE.includes(expected)) {
      closers.push(']')
      expected = 'value or end'
    } else if (character === '"' && NAME.includes(expected)) {
      token = stringAt(text, at)
      expected = 'colon'
    } else if (VALUE.includes(expected)) {
      token = character === '"' ? stringAt(text, at) : numberOrLiteralAt(text, at)
      expected = closers.length === 0 ? 'end' : 'separator'
    } else {
      return at
    }
    if (!token.whole) return token.end
    at = afterSpace(text, token.end)
  }
  return expected === 'end' ? undefined : text.length
}

type Expected = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'separator' | 'end'

const VALUE: readonly Expected[] = ['value', 'value or end']
const NAME: readonly Expected[] = ['name', 'name or end']
const CLOSABLE: readonly Expected[] = ['value or end', 'name or end', 'separator']

/** A token, or the beginning of one: its end, and whether it is complete. */
interface Token {
  readonly end: number
  readonly whole: boolean
}

function afterSpace(text: string, at: number): number {
  let end = at
  while (SPACE.has(text.charAt(end))) end += 1
  return end
}

function stringAt(text: string, at: number): Token {
  let end = at + 1
  let escaped: string
  do {
    end += matchAt(UNESCAPED, text, end).length
    escaped = matchAt(ESCAPE, text, end)
    end += escaped.length
  } while (WHOLE_ESCAPE.test(escaped))
  return escaped === '' && text.charAt(end) === '"' ? { end: end + 1, whole: true } : { end, whole: false }
}

function numberOrLiteralAt(text: string, at: number): Token {
  const number = matchAt(NUMBER, text, at)
  if (number !== '') return { end: at + number.length, whole: /\d$/.test(number) }
  const literal = matchAt(LITERAL, text, at)
  return { end: at + literal.length, whole: ['true', 'false', 'null'].includes(literal) }
}

const SPACE: ReadonlySet<string> = new Set('\t\n\r ')

// Each pattern matches as much as can start a token, possibly nothing.

const UNESCAPED = /[ !#-[\]-\uffff]*/y
const ESCAPE = /(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{0,4})?)?/y
const WHOLE_ESCAPE = /^\\(?:[^u]|u.{4})$/
const NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.(?:\d+(?:[eE][+-]?\d*)?)?|[eE][+-]?\d*)?)?/y
const LITERAL = /(?:t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)?/y

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] as string
}
