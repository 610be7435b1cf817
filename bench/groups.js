import { measureCurves } from './curves/measure.js'
import { compareImports } from './import/compare.js'
import { compareAll } from './interleaved/compare.js'
import { compareServers } from './servers/compare.js'
import { compareSizes } from './size/compare.js'

// The groups of the suite, by the names that `npm run bench -- create servers` takes. `rows` are compared with a peer,
// `curves` with themselves.

const whole = {
  small: { processes: 3, warmUp: 500, rounds: 25, milliseconds: 10 },
  // Of two equal servers, one is now and then a fifth faster until it is started anew.
  servers: { starts: 10, rounds: 2, seconds: 0.3, warmUp: 1 },
  import: { rounds: 40 },
  curves: { processes: 3, warmUp: 300, rounds: 9, milliseconds: 8 },
}

/** Enough to see whether something has gone wrong, within a minute; what is there for the record is left out. */
const quick = {
  small: { processes: 1, warmUp: 150, rounds: 5, milliseconds: 4, onlyGoals: true },
  servers: { starts: 1, rounds: 3, seconds: 0.3, warmUp: 0.3, onlyQuick: true },
  import: { rounds: 4 },
  curves: { processes: 1, warmUp: 100, rounds: 4, milliseconds: 4, onlyFlat: true },
}

export function groups({ isQuick }) {
  const effort = isQuick ? quick : whole
  const small = (name) => ({
    rows: () => compareAll(new URL(`./comparisons/${name}.js`, import.meta.url), effort.small),
  })
  return {
    create: small('create'),
    reply: small('reply'),
    decorate: small('decorate'),
    servers: { rows: () => compareServers(effort.servers) },
    import: { rows: () => compareImports(effort.import) },
    size: { rows: compareSizes },
    curves: { curves: () => measureCurves(effort.curves) },
  }
}
