import { BadRequest } from '../failure/client-failures.js'
import { whereJsonBreaks } from './where-json-breaks.js'

/**
 * Parses the content of a request as JSON; `__proto__` is a name like any other in it.
 *
 * @throws BadRequest that says where the mistake is
 */
export function parseJson(text: string): unknown {
  if (/^[\t\n\r ]*$/.test(text)) throw new BadRequest('The content is empty, and JSON is expected.')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadRequest(mistakeIn(text), { cause: error })
  }
}

/** In words of our own: each engine has others, and they quote the content. */
function mistakeIn(text: string): string {
  const offset = whereJsonBreaks(text)
  // Some engines parse by recursion.
  if (offset === undefined) return 'The content is nested too deeply.'
  if (offset === text.length) return 'The content is not JSON: it ends too early.'
  return `The content is not JSON: see line ${lineAt(offset, text)}, column ${columnAt(offset, text)}.`
}

function lineAt(offset: number, text: string): number {
  return text.slice(0, offset).split('\n').length
}

function columnAt(offset: number, text: string): number {
  return offset - text.lastIndexOf('\n', offset - 1)
}
