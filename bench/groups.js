import { compareApplications } from './applications/compare.js'
import { countCalls } from './calls/compare.js'
import { measureCurves } from './curves/measure.js'
import { compareImports } from './import/compare.js'
import { compareAll } from './interleaved/compare.js'
import { compareServers } from './servers/compare.js'
import { adapterComparisons, comparisons } from './servers/routes.js'
import { compareSizes } from './size/compare.js'

// The groups of the suite, by the names that `npm run bench -- create servers` accepts. `rows` are compared with a peer,
// `curves` show how a cost grows.

const full = {
  functions: { processes: 3, warmUp: 500, rounds: 25, milliseconds: 10 },
  // One of two identical servers is occasionally a fifth faster until it is restarted.
  servers: { starts: 10, rounds: 2, seconds: 0.3, warmUp: 1 },
  applications: { starts: 7, seconds: 2, warmUp: 1 },
  import: { rounds: 40 },
  curves: { processes: 3, warmUp: 300, rounds: 9, milliseconds: 8 },
}

/** Finds large regressions within a minute. Skips most of the benchmarks without a goal. */
const quick = {
  functions: { processes: 1, warmUp: 150, rounds: 5, milliseconds: 4, onlyGoals: true },
  servers: { starts: 1, rounds: 3, seconds: 0.3, warmUp: 0.3, onlyQuick: true },
  applications: { starts: 1, seconds: 1, warmUp: 1 },
  import: { rounds: 4 },
  curves: { processes: 1, warmUp: 100, rounds: 4, milliseconds: 4, onlyFlat: true },
}

export function groups({ isQuick }) {
  const effort = isQuick ? quick : full
  const functions = (name) => ({
    rows: () => compareAll(new URL(`./comparisons/${name}.js`, import.meta.url), effort.functions),
  })
  return {
    create: functions('create'),
    reply: functions('reply'),
    decorate: functions('decorate'),
    servers: { rows: () => compareServers(comparisons, effort.servers) },
    adapters: { rows: () => compareServers(adapterComparisons, effort.servers) },
    applications: { rows: () => compareApplications(effort.applications) },
    import: { rows: () => compareImports(effort.import) },
    size: { rows: compareSizes },
    calls: { rows: countCalls },
    curves: { curves: () => measureCurves(effort.curves) },
  }
}
