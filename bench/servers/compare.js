import { median, spread } from '../statistics.js'
import { comparisons, quick } from './routes.js'
import { underLoad } from './under-load.js'

/** Measures the servers, one framework after the other, and gives a row for each comparison. */
export async function compareServers({ onlyQuick = false, ...effort }) {
  const wanted = comparisons.filter(({ servers }) => !onlyQuick || isQuick(servers))
  const rows = []
  for (const platform of new Set(wanted.map(platformOf))) {
    const ofPlatform = wanted.filter((comparison) => platformOf(comparison) === platform)
    const names = new Set(ofPlatform.flatMap(({ servers }) => Object.values(servers)).filter(Boolean))
    const measured = await underLoad([...names], effort)
    rows.push(...ofPlatform.map((comparison) => ({ ...rowOf(comparison, measured), platform })))
  }
  return rows
}

/** The least that tells whether a failing route keeps up. */
function isQuick({ subject, peer }) {
  return quick.includes(subject) && quick.includes(peer)
}

function platformOf({ servers }) {
  return servers.subject.split('/')[0]
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
