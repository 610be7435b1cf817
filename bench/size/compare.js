import * as all from 'http-failure'
import { atMost } from '../goal.js'
import { bundle } from './bundle.js'

const failureClasses = Object.values(all).filter(({ prototype }) => prototype instanceof all.Failure)

const bundles = [
  { label: 'all exports of `http-failure`', source: "export * from 'http-failure'" },
  {
    label: '`{ NotFound, CatchingFailure }`',
    source: "export { NotFound, CatchingFailure } from 'http-failure'",
  },
  { label: '`{ HttpStatus }`', source: "export { HttpStatus } from 'http-failure'", goal: atMost(3.5) },
  { label: '`{ NotFound }`', source: "export { NotFound } from 'http-failure'" },
  // Parts of the bundles above.
  { label: '`{ NotFound, FailureResponder }`', source: "export { NotFound, FailureResponder } from 'http-failure'" },
  {
    label: '`HttpStatus` and the failure classes',
    source: `export { HttpStatus, ${failureClasses.map(({ name }) => name)} } from 'http-failure'`,
  },
  { label: '`@hapi/boom`', source: "export { default } from '@hapi/boom'" },
  { label: '`http-errors`', source: "export { default } from 'http-errors'" },
  { label: '`http-status-codes`', source: "export * from 'http-status-codes'" },
]

/** Bundles the package and the peers and returns one row per bundle. Sizes do not depend on the machine. */
export async function compareSizes() {
  const rows = []
  for (const { label, source, goal } of bundles) {
    const { minified, gzipped } = await bundle(source)
    rows.push({
      label: `size, minified and gzipped: ${label}`,
      against: '',
      unit: 'KB',
      goal,
      value: gzipped / 1000,
      absolute: [`${minified} B minified`, `${gzipped} B gzipped`],
    })
  }
  return rows
}
