import { median, spread } from '../statistics.js'
import { comparisons, quick } from './routes.js'
import { underLoad } from './under-load.js'

/**
 * Measures each comparison by itself, and gives a row for it. With all servers of a platform in one round, what lies
 * between two turns, and what else is running, made one of two equal ones a sixth faster than the other.
 */
export async function compareServers({ onlyQuick = false, ...effort }) {
  const rows = []
  for (const comparison of comparisons) {
    const { subject, peer, again } = comparison.servers
    if (onlyQuick && !isQuick(comparison.servers)) continue
    const measured = await underLoad([subject, peer, again].filter(Boolean), effort)
    rows.push({ ...rowOf(comparison, measured), platform: subject.split('/')[0] })
  }
  return rows
}

/** The least that tells whether a failing route keeps up. */
function isQuick({ subject, peer }) {
  return quick.includes(subject) && quick.includes(peer)
}

function rowOf({ what, against, goal, servers: { subject, peer, again } }, measured) {
  const ratios = (name, of) => measured[name].map((round, index) => of(round) / of(measured[peer][index]))
  const values = ratios(subject, ({ rate }) => rate)
  return {
    what,
    against,
    unit: 'ratio',
    goal,
    value: median(values),
    spread: spread(values),
    control: again && median(ratios(again, ({ rate }) => rate)),
    absolute: [subject, peer].map((name) => `${Math.round(median(measured[name].map(({ rate }) => rate)))} req/s`),
    // What a request costs the server, in the same sense as the rate: more is better.
    byWork: 1 / median(ratios(subject, ({ work }) => work)),
    servers: { subject, peer },
  }
}
