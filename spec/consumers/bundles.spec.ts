import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { Project } from './project.js'
import { ESBUILD, ROLLUP } from './versions.js'

// Checks which parts of the package are included in a bundle, and prints the sizes.

interface Expectation {
  readonly source: string
  /** Must not match the bundle: words that survive minification. */
  readonly without: RegExp
}

const FAILURE = /problem\+json|extends Error|no-store/
const REPRESENTATIONS = /<!doctype html>/i
const NEST = /@nestjs\/|__exceptionFilters__/

const bundles: Readonly<Record<string, Expectation>> = {
  '{ HttpStatus }': {
    source: `export { HttpStatus } from 'http-failure'`,
    without: new RegExp(`${FAILURE.source}|Symbol\\.metadata|${REPRESENTATIONS.source}`, 'i'),
  },
  '{ NotFound }': {
    source: `export { NotFound } from 'http-failure'`,
    without: new RegExp(`${REPRESENTATIONS.source}|${NEST.source}|traceparent`, 'i'),
  },
  '{ NotFound, CatchingFailure }': {
    source: `export { CatchingFailure, NotFound } from 'http-failure'`,
    without: REPRESENTATIONS,
  },
  '{ failureFromResponse }': {
    source: `export { failureFromResponse } from 'http-failure'`,
    without: new RegExp(`${REPRESENTATIONS.source}|${NEST.source}|traceparent`, 'i'),
  },
  everything: { source: `export * from 'http-failure'`, without: REPRESENTATIONS },
  'everything, with the representations': {
    source: `export * from 'http-failure'\nexport * as representations from 'http-failure/representations'`,
    without: /@nestjs\//,
  },
}

const BUNDLE = `
  import { build, transform } from 'esbuild'
  import { rollup } from 'rollup'
  import { nodeResolve } from '@rollup/plugin-node-resolve'
  import { writeFileSync } from 'node:fs'

  // Rollup does not support CommonJS without a plugin, and negotiator is CommonJS.
  const external = ['negotiator']
  const minified = { format: 'esm', minify: true, write: false }

  const byEsbuild = await build({ entryPoints: ['entry.js'], bundle: true, platform: 'neutral', external, ...minified })
  writeFileSync('esbuild.js', byEsbuild.outputFiles[0].text)

  const bundle = await rollup({ input: 'entry.js', plugins: [nodeResolve()], external })
  const { output: [chunk] } = await bundle.generate({ format: 'esm' })
  writeFileSync('rollup.js', (await transform(chunk.code, { minify: true, format: 'esm' })).code)`

describe('A bundle', () => {
  let project: Project
  const sizes: string[] = []

  before(() => {
    project = new Project('bundles', { dependencies: { ...ESBUILD, ...ROLLUP }, files: { 'bundle.js': BUNDLE } })
  })
  after(() => console.log(`\n    gzipped (minified), in bytes\n${sizes.join('\n')}\n`))

  for (const [name, { source, without }] of Object.entries(bundles)) {
    it(`of ${name} contains no unrelated code`, () => {
      project.write({ 'entry.js': source })
      project.node('bundle.js')
      for (const bundler of ['esbuild', 'rollup']) {
        const code = readFileSync(project.path(`${bundler}.js`), 'utf8')
        const size = gzipSync(code, { level: 9 }).length
        sizes.push(`      ${bundler.padEnd(8)} ${name.padEnd(38)} ${bytes(size)} (${bytes(code.length)})`)
        expect(code.match(without)?.[0], bundler).to.equal(undefined)
      }
    })
  }

  it('of a side-effect import is empty', () => {
    project.write({ 'entry.js': `import 'http-failure'` })
    project.node('bundle.js')
    for (const bundler of ['esbuild', 'rollup']) {
      expect(readFileSync(project.path(`${bundler}.js`), 'utf8').trim(), bundler).to.equal('')
    }
  })

  it('with @Extension() defines Symbol.metadata, which standard decorators require', () => {
    project.write({
      'entry.js': `
        import { Conflict, Extension } from 'http-failure'
        class OutOfStock extends Conflict {
          isbn = '1'
        }
        const metadata = {}
        Extension()(undefined, { kind: 'field', name: 'isbn', static: false, private: false, metadata })
        OutOfStock[Symbol.metadata] = metadata
        console.log(JSON.stringify(new OutOfStock('None is left.').toProblem()))`,
    })
    project.node('bundle.js')
    for (const bundler of ['esbuild', 'rollup']) {
      expect(JSON.parse(project.node(`${bundler}.js`)), bundler).to.have.property('isbn', '1')
    }
  })
})

const bytes = (number: number) => number.toLocaleString('en').padStart(6)
