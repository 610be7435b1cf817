import { measureInTurn } from '../interleaved/rounds.js'
import { curves } from './curves.js'

// Measures one point of a curve in its own process.

process.once('message', async ({ name, point, effort }) => {
  const { subject, depth } = curves[name].prepare(point)
  const { subject: times } = await measureInTurn({ subject }, { ...effort, depth })
  process.send(times)
})
