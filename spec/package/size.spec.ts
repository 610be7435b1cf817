import { resolve } from 'node:path'
import { expect } from 'chai'
import { buildOnce } from './build-once.js'

// The size of bundles, minified and gzipped. If a change needs more, raise the budget here and give the reason.

const budget = [
  { name: 'the whole default entry', source: "export * from 'http-failure'", bytes: 30_700 },
  {
    // Includes all classes, since errors of platforms can have any status, and the format of the log.
    name: '{ NotFound, CatchingFailure }',
    source: "export { NotFound, CatchingFailure } from 'http-failure'",
    bytes: 21_500,
  },
  { name: '{ HttpStatus }', source: "export { HttpStatus } from 'http-failure'", bytes: 3500 },
  { name: '{ NotFound }', source: "export { NotFound } from 'http-failure'", bytes: 9200 },
]

describe('The size of a bundle', function () {
  this.timeout(180_000)

  before(buildOnce)

  for (const { name, source, bytes } of budget) {
    it(`is at most ${bytes / 1000} KB for ${name}`, async () => {
      expect(await gzippedSize(source)).to.be.at.most(bytes)
    })
  }
})

/** The size as measured by the benchmarks, which compare it with other libraries. */
async function gzippedSize(source: string): Promise<number> {
  const { bundle } = await import(resolve('bench/size/bundle.js'))
  return (await bundle(source)).gzipped
}
