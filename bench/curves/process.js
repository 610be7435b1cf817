import { inRounds } from '../interleaved/rounds.js'
import { curves } from './curves.js'

// One point of a curve in a process of its own.

process.once('message', async ({ name, point, effort }) => {
  const { subject, frames } = curves[name].prepare(point)
  const { subject: times } = await inRounds({ subject }, { ...effort, frames })
  process.send(times)
})
