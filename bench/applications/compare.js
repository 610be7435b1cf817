import { stderr } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startProcess } from '../interleaved/child-process.js'
import { PATH } from '../servers/books.js'
import { median, spread } from '../statistics.js'
import { comparisons } from './routes.js'
import { hasWrk, load } from './wrk.js'

const SERVER = fileURLToPath(new URL('../servers/server.js', import.meta.url))

/**
 * Measures the cost of a failing request in an application: the processor time of its server (user and system), divided by
 * the number of requests from `wrk`. It is steadier than the number of requests per second, which the client limits.
 *
 * @param effort - `starts`: how often each server is started anew, in turns; `seconds`: the time under load; `warmUp`: the
 *   seconds under load before that
 */
export async function compareApplications({ starts, seconds, warmUp }) {
  if (!hasWrk()) {
    stderr.write('applications: skipped, since wrk is not installed\n')
    return []
  }
  const rows = []
  for (const comparison of comparisons) {
    const times = { subject: [], peer: [] }
    for (let start = 0; start < starts; start++) {
      const turn = start % 2 === 0 ? ['subject', 'peer'] : ['peer', 'subject']
      for (const name of turn) times[name].push(await timePerRequest(comparison[name], comparison, { seconds, warmUp }))
    }
    rows.push(rowOf(comparison, times))
  }
  return rows
}

/** The microseconds of processor time per request, of a server that is started for this purpose. */
async function timePerRequest(server, { path = PATH, status }, { seconds, warmUp }) {
  const process = startProcess(SERVER)
  try {
    const { port } = await process.request({ server })
    const url = `http://127.0.0.1:${port}${path}`
    const response = await fetch(url)
    if (response.status !== status) throw new Error(`${server} responded with ${response.status} to ${path}`)
    await load(url, warmUp)
    await setTimeout(100)
    const before = await process.request({})
    const requests = await load(url, seconds)
    const after = await process.request({})
    return (after.microseconds - before.microseconds) / requests
  } finally {
    process.end()
  }
}

function rowOf({ label, against, goal }, { subject, peer }) {
  const ratios = subject.map((time, index) => time / peer[index])
  return {
    label,
    against,
    unit: 'ratio',
    goal,
    value: median(subject) / median(peer),
    spread: spread(ratios),
    absolute: [subject, peer].map((times) => `${median(times).toFixed(1)} µs`),
  }
}
