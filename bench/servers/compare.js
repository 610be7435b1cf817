import { median, spread } from '../statistics.js'
import { quick } from './routes.js'
import { underLoad } from './under-load.js'

/**
 * Measures the comparisons one after the other and returns one row per comparison. With all servers of a platform in one
 * round, the time between two turns and the other running servers made one of two identical servers a sixth faster.
 */
export async function compareServers(comparisons, { onlyQuick = false, ...effort }) {
  const rows = []
  for (const comparison of comparisons) {
    const { subject, peer, again } = comparison.servers
    if (onlyQuick && !isQuick(comparison.servers)) continue
    const measured = await underLoad([subject, peer, again].filter(Boolean), effort)
    rows.push({ ...rowOf(comparison, measured), platform: subject.split('/')[0] })
  }
  return rows
}

/** Whether a quick run includes a comparison. */
function isQuick({ subject, peer }) {
  return quick.includes(subject) && quick.includes(peer)
}

function rowOf({ label, against, goal, servers: { subject, peer, again } }, measured) {
  const ratios = (name, of) => measured[name].map((round, index) => of(round) / of(measured[peer][index]))
  const values = ratios(subject, ({ rate }) => rate)
  return {
    label,
    against,
    unit: 'ratio',
    goal,
    value: median(values),
    spread: spread(values),
    control: again && median(ratios(again, ({ rate }) => rate)),
    absolute: [subject, peer].map((name) => `${Math.round(median(measured[name].map(({ rate }) => rate)))} req/s`),
    // The inverse of the processor time per request, so that higher is better, as for the rate.
    byWork: 1 / median(ratios(subject, ({ work }) => work)),
    servers: { subject, peer },
  }
}
