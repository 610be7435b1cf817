import { isReached } from '../goal.js'

/** The cells of a row, in the order of `COLUMNS`. */
export function cellsOf({ label, against, unit, value, goal, control, byWork }) {
  return [
    against === '' ? label : `${label} vs. ${against}`,
    withUnit(value, unit),
    goal === undefined ? '' : `${goal.sign} ${goal.value}${unit === 'ratio' ? '' : ` ${unit}`}`,
    goal === undefined ? '' : isReached(goal, value, digitsOf(unit)) ? 'yes' : 'no',
    control === undefined ? '' : withUnit(control, unit),
    byWork === undefined ? '' : withUnit(byWork, unit),
  ]
}

export const COLUMNS = ['benchmark', 'result', 'goal', 'reached?', 'control', 'by CPU time']

/** Explain the labels and the last columns. */
export const NOTES = [
  "with stack trace: the default; without stack trace: `Failure.stackTraces = 'server'`.",
  'control: the peer measured against itself; its difference from 1.00 (or from 0 ns) is noise.',
  'by CPU time: the ratio of requests per second of server CPU time, which does not depend on the client.',
]

export function withUnit(value, unit) {
  const figure = value.toFixed(digitsOf(unit))
  if (unit === 'ratio') return figure
  // Nanoseconds are a difference from the peer.
  return unit === 'ns' && !figure.startsWith('-') ? `+${figure} ns` : `${figure} ${unit}`
}

function digitsOf(unit) {
  return { ratio: 2, ns: 0, KB: 1, calls: 0 }[unit]
}

/** A table for the console. */
export function tableOf(columns, rows) {
  const widths = columns.map((_, index) => Math.max(...[columns, ...rows].map((cells) => cells[index].length)))
  const line = (cells) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index]))
      .join('  ')
      .trimEnd()
  return [line(columns), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

/** A table in Markdown. */
export function markdownOf(columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')
}
