import { fileURLToPath } from 'node:url'
import { runInOwnProcess } from '../interleaved/child-process.js'
import { median } from '../statistics.js'
import { curves } from './curves.js'

const PROCESS = fileURLToPath(new URL('./process.js', import.meta.url))

/** Measures the points of each curve several times in turn and returns the nanoseconds per call. */
export async function measureCurves({ processes, onlyFlat = false, ...effort }) {
  const measured = []
  for (const [name, { label, unit, points, flat = false }] of Object.entries(curves)) {
    if (onlyFlat && !flat) continue
    const times = points.map(() => [])
    for (let count = 0; count < processes; count++) {
      for (const [index, point] of points.entries()) {
        times[index].push(...(await runInOwnProcess(PROCESS, { name, point, effort })))
      }
    }
    const costs = times.map(median)
    measured.push({ label, unit, flat, points: points.map((point, index) => ({ point, nanoseconds: costs[index] })) })
  }
  return measured
}
