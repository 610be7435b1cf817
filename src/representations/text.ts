import type { Representation } from '../responder/representation.js'
import { displayedProblem, short } from './displayed-problem.js'
import { withoutControls } from './escape.js'

/**
 * Problem details as plain text for terminals: status and title, the detail, and a line for each other member.
 *
 * Control characters are replaced, so that a value cannot control the terminal. A line break in a value becomes `\n`.
 *
 * @example const responder = new FailureResponder({ represent: byAccept(problemJson, text) })
 */
export const text: Representation = {
  mediaType: 'text/plain',
  render(problem) {
    const { status, title, detail, type, instance, extensions } = displayedProblem(problem)
    const members = [['type', type] as const, ['instance', instance] as const, ...extensions]
    const lines = members.filter(([, value]) => value !== undefined).map(([name, value]) => lineOf(name, value))
    const paragraphs = [inOneLine(`${status} ${title}`), detail && inLines(detail), lines.join('\n')]
    return `${paragraphs.filter(Boolean).join('\n\n')}\n`
  },
}

function lineOf(name: string, value: unknown): string {
  return `${inOneLine(name)}: ${inOneLine(typeof value === 'string' ? value : short(JSON.stringify(value)))}`
}

/** A lone carriage return would let the next line overwrite this one. */
function inLines(words: string): string {
  return withoutControls(words.replace(/\r\n?/g, '\n'))
}

function inOneLine(words: string): string {
  return withoutControls(words.replace(/\r\n?|[\n\u2028\u2029]/g, '\\n'))
}
