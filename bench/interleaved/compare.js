import { fileURLToPath } from 'node:url'
import { median, spread } from '../statistics.js'
import { alone } from './alone.js'

const PROCESS = fileURLToPath(new URL('./process.js', import.meta.url))

/** Measures the comparisons of a file, each in processes of its own, and gives a row for each. */
export async function compareAll(file, { processes, onlyGoals = false, ...effort }) {
  const { comparisons } = await import(file)
  const rows = []
  for (const [name, comparison] of Object.entries(comparisons)) {
    if (onlyGoals && comparison.goal === undefined) continue
    const results = []
    for (let count = 0; count < processes; count++) {
      results.push(await alone(PROCESS, { file: String(file), name, effort }))
    }
    rows.push(rowOf(comparison, results))
  }
  return rows
}

function rowOf({ what, against, goal, unit = 'ratio', calls = 1 }, results) {
  const compare = unit === 'ratio' ? (one, other) => one / other : (one, other) => (one - other) / calls
  const inTurn = (name, other) =>
    results.flatMap((times) => times[name].map((time, round) => compare(time, times[other][round])))
  const values = inTurn('subject', 'peer')
  return {
    what,
    against,
    unit,
    goal,
    value: median(values),
    spread: spread(values),
    control: median(inTurn('again', 'peer')),
    absolute: ['subject', 'peer'].map(
      (name) => `${nanoseconds(median(results.flatMap((times) => times[name])) / calls)}`,
    ),
  }
}

function nanoseconds(value) {
  return value < 1000 ? `${value.toFixed(value < 10 ? 1 : 0)} ns` : `${(value / 1000).toFixed(2)} µs`
}
