import { isReached } from '../goal.js'

/** Rows as the cells of a table, goals included. */
export function cellsOf({ what, against, unit, value, goal, control, byWork }) {
  return [
    against === '' ? what : `${what}, against ${against}`,
    withUnit(value, unit),
    goal === undefined
      ? ''
      : `${goal.sign} ${goal.value}${unit === 'ns more' ? ' ns more' : unit === 'KB' ? ' KB' : ''}`,
    goal === undefined ? '' : isReached(goal, value, digitsOf(unit)) ? 'yes' : 'no',
    control === undefined ? '' : withUnit(control, unit),
    byWork === undefined ? '' : withUnit(byWork, unit),
  ]
}

export const COLUMNS = ['what', 'ratio', 'to reach', 'reached?', 'control', 'by work']

/** What the last columns say. */
export const LEGEND = [
  'control: what was measured of two equal ones, which is the noise.',
  'by work: the ratio of what servers answered in a second of processor time; no matter how fast the client is.',
]

export function withUnit(value, unit) {
  const figure = value.toFixed(digitsOf(unit))
  return unit === 'ratio' ? figure : `${figure} ${unit}`
}

function digitsOf(unit) {
  return { ratio: 2, 'ns more': 0, KB: 1 }[unit]
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

/** A table for a document. */
export function markdownOf(columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')
}
