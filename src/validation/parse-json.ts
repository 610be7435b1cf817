import { BadRequest } from '../failure/client-failures.js'
import { jsonErrorOffset } from './json-error-offset.js'

/**
 * Parses the content of a request as JSON.
 *
 * @throws BadRequest with the position of the error
 */
export function parseJson(text: string): unknown {
  if (/^[\t\n\r ]*$/.test(text)) throw new BadRequest('The body is empty, but JSON is required.')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadRequest(syntaxErrorIn(text), { cause: error })
  }
}

/** The messages of engines differ and quote the content, so they are not used. */
function syntaxErrorIn(text: string): string {
  const offset = jsonErrorOffset(text)
  // Some engines parse recursively and fail on valid JSON.
  if (offset === undefined) return 'The body is nested too deeply.'
  if (offset === text.length) return 'The body is not valid JSON: unexpected end.'
  return `The body is not valid JSON: syntax error at line ${lineAt(offset, text)}, column ${columnAt(offset, text)}.`
}

function lineAt(offset: number, text: string): number {
  return text.slice(0, offset).split('\n').length
}

function columnAt(offset: number, text: string): number {
  return offset - text.lastIndexOf('\n', offset - 1)
}
