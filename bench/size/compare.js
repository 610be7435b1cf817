import * as all from 'http-failure'
import { atMost } from '../goal.js'
import { bundle } from './bundle.js'

const classesOfFailures = Object.values(all).filter(({ prototype }) => prototype instanceof all.Failure)

const bundles = [
  { what: 'the whole default entry', source: "export * from 'http-failure'", goal: atMost(9.5) },
  {
    what: '`{ NotFound, CatchingFailure }`',
    source: "export { NotFound, CatchingFailure } from 'http-failure'",
    goal: atMost(7),
  },
  { what: '`{ HttpStatus }`', source: "export { HttpStatus } from 'http-failure'", goal: atMost(3.5) },
  { what: '`{ NotFound }`', source: "export { NotFound } from 'http-failure'" },
  // What the goals above are made of.
  { what: '`{ NotFound, FailureResponder }`', source: "export { NotFound, FailureResponder } from 'http-failure'" },
  {
    what: '`HttpStatus` and the classes of failures',
    source: `export { HttpStatus, ${classesOfFailures.map(({ name }) => name)} } from 'http-failure'`,
  },
  { what: '`@hapi/boom`', source: "export { default } from '@hapi/boom'" },
  { what: '`http-errors`', source: "export { default } from 'http-errors'" },
  { what: '`http-status-codes`', source: "export * from 'http-status-codes'" },
]

/** Bundles the package, and the peers, and gives a row for each: kilobytes, which do not depend on the machine. */
export async function compareSizes() {
  const rows = []
  for (const { what, source, goal } of bundles) {
    const { minified, gzipped } = await bundle(source)
    rows.push({
      what: `size, minified and gzipped: ${what}`,
      against: '',
      unit: 'KB',
      goal,
      value: gzipped / 1000,
      absolute: [`${minified} B minified`, `${gzipped} B gzipped`],
    })
  }
  return rows
}
