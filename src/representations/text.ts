import type { Representation } from '../responder/representation.js'
import { withoutControls } from './escape.js'
import { plainProblem } from './plain-problem.js'

/**
 * The problem as plain text, for terminals: status and title, the detail, and a line for each further member.
 *
 * Control characters are replaced, lest a value steer the terminal, and a line break in a value is written `\n`.
 *
 * @example const responder = new FailureResponder({ represent: byAccept(problemJson, text) })
 */
export const text: Representation = {
  mediaType: 'text/plain',
  render(problem) {
    const { status, title, detail, type, instance, extensions } = plainProblem(problem)
    const members = [['type', type] as const, ['instance', instance] as const, ...extensions]
    const lines = members.filter(([, value]) => value !== undefined).map(([name, value]) => lineOf(name, value))
    const paragraphs = [inOneLine(`${status} ${title}`), detail && inLines(detail), lines.join('\n')]
    return `${paragraphs.filter(Boolean).join('\n\n')}\n`
  },
}

function lineOf(name: string, value: unknown): string {
  return `${inOneLine(name)}: ${inOneLine(typeof value === 'string' ? value : JSON.stringify(value))}`
}

/** A carriage return alone would let the next line write over this one. */
function inLines(words: string): string {
  return withoutControls(words.replace(/\r\n?/g, '\n'))
}

function inOneLine(words: string): string {
  return withoutControls(words.replace(/\r\n?|[\n\u2028\u2029]/g, '\\n'))
}
