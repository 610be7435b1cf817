import { fileURLToPath } from 'node:url'
import { alone } from '../interleaved/alone.js'
import { median } from '../statistics.js'
import { curves } from './curves.js'

const PROCESS = fileURLToPath(new URL('./process.js', import.meta.url))

/** Measures the points of the curves, several times in turn: the nanoseconds of one call. */
export async function measureCurves({ processes, onlyFlat = false, ...effort }) {
  const measured = []
  for (const [name, { what, unit, points, flat = false }] of Object.entries(curves)) {
    if (onlyFlat && !flat) continue
    const times = points.map(() => [])
    for (let count = 0; count < processes; count++) {
      for (const [index, point] of points.entries()) {
        times[index].push(...(await alone(PROCESS, { name, point, effort })))
      }
    }
    const costs = times.map(median)
    measured.push({ what, unit, flat, points: points.map((point, index) => ({ point, nanoseconds: costs[index] })) })
  }
  return measured
}
