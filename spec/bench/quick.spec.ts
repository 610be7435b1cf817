import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'

// Only checks that the benchmarks run, since timings cannot be tested.

describe('npm run bench -- --quick', function () {
  this.timeout(180_000)

  const { NODE_V8_COVERAGE: _, TS_NODE_PROJECT: __, ...env } = process.env
  const run = (...command: readonly [string, ...string[]]) =>
    execFileSync(command[0], command.slice(1), { env, encoding: 'utf8', stdio: 'pipe' })

  it('prints one table and does not change RESULTS.md', () => {
    const before = readFileSync('bench/RESULTS.md', 'utf8')
    const output = run('npm', 'run', 'bench', '--', '--quick', 'size')
    expect(output).to.match(/^benchmark +result +goal +reached\?/m)
    expect(output).to.match(/^size, minified and gzipped: `\{ HttpStatus \}` +\d\.\d KB +≤ 3\.5 KB +(yes|no)$/m)
    expect(readFileSync('bench/RESULTS.md', 'utf8')).to.equal(before)
  })

  it('rejects an unknown group', () => {
    expect(() => run('node', 'bench/run.js', 'unheard-of')).to.throw('Unknown group "unheard-of"; expected one of')
  })
})
