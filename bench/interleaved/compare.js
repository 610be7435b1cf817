import { fileURLToPath } from 'node:url'
import { median, spread } from '../statistics.js'
import { runInOwnProcess } from './child-process.js'

const PROCESS = fileURLToPath(new URL('./process.js', import.meta.url))

/** Measures each comparison of a module in its own processes and returns one row per comparison. */
export async function compareAll(file, { processes, onlyGoals = false, ...effort }) {
  const { comparisons } = await import(file)
  const rows = []
  for (const [name, comparison] of Object.entries(comparisons)) {
    if (onlyGoals && comparison.goal === undefined) continue
    const results = []
    for (let count = 0; count < processes; count++) {
      results.push(await runInOwnProcess(PROCESS, { file: String(file), name, effort }))
    }
    rows.push(rowOf(comparison, results))
  }
  return rows
}

function rowOf({ label, against, goal, unit = 'ratio', calls = 1 }, results) {
  const compare = unit === 'ratio' ? (one, other) => one / other : (one, other) => (one - other) / calls
  const valuesOf = (name, other) =>
    results.flatMap((times) => times[name].map((time, round) => compare(time, times[other][round])))
  const values = valuesOf('subject', 'peer')
  return {
    label,
    against,
    unit,
    goal,
    value: median(values),
    spread: spread(values),
    control: median(valuesOf('again', 'peer')),
    absolute: ['subject', 'peer'].map(
      (name) => `${nanoseconds(median(results.flatMap((times) => times[name])) / calls)}`,
    ),
  }
}

function nanoseconds(value) {
  return value < 1000 ? `${value.toFixed(value < 10 ? 1 : 0)} ns` : `${(value / 1000).toFixed(2)} µs`
}
