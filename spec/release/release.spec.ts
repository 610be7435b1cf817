import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { releasedChangelog, unreleasedIn } from '../../scripts/release/changelog.js'
import { faultsOf } from '../../scripts/release/tarball.js'
import { release } from '../../scripts/release.js'

// Runs `npm run release -- --dry-run` in a temporary repository, with a stub for its tests. Nothing is ever published.

const MANIFEST = {
  name: 'a-package',
  version: '0.1.0',
  repository: 'https://bookshop.example/a-package.git',
  main: './dist/index.js',
  files: ['dist', 'src', 'CHANGELOG.md'],
}
const CHANGELOG = '# Changelog\n\n## Unreleased\n\n### Added\n\n- Everything.\n\n## 0.0.1 – 2026-01-01\n\n- Nothing.\n'

describe('npm run release -- --dry-run', function () {
  this.timeout(60_000)

  let folder: string
  const { env } = process

  // When the specs run in a git hook, the variables of git would lead each git command to the repository of the hook.
  // Child processes must not be included in the coverage.
  before(() => {
    process.env = Object.fromEntries(Object.entries(env).filter(([name]) => !/^GIT_|^NODE_V8_COVERAGE$/.test(name)))
  })
  after(() => {
    process.env = env
  })

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-'))
    write('package.json', JSON.stringify(MANIFEST))
    write('CHANGELOG.md', CHANGELOG)
    for (const path of ['README.md', 'LICENSE', 'dist/index.js', 'src/index.ts', 'spec/index.spec.ts'])
      write(path, '\n')
    git('init', '--quiet', '--initial-branch=main')
    commit()
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('prints the files of the tarball, the tag and the changelog section, and writes nothing', () => {
    const [done, output] = dryRun()
    expect(done).to.equal(true)
    expect(output).to.match(/✔ The tests pass/)
    expect(output).to.match(/\d+ {2}dist\/index\.js/)
    expect(output).to.not.contain('spec/')
    expect(output).to.contain('v0.1.0\n\n### Added\n\n- Everything.\n')
    expect(output).to.match(/Nothing was written, tagged or published\.$/)
    expect(git('status', '--porcelain') + git('tag')).to.equal('')
    expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).to.equal(CHANGELOG)
  })

  it('accepts a version other than the one in package.json', () => {
    expect(dryRun({ version: '1.0.0-rc.1' })[1]).to.contain('\nv1.0.0-rc.1\n')
  })

  const invalidStates: Record<string, [prepare: () => unknown, expected: RegExp]> = {
    'uncommitted changes': [() => write('src/new.ts', ''), /✘ The tree is clean\n.*\n\?\? src\/new\.ts/],
    'another branch': [
      () => git('switch', '--quiet', '--create', 'other'),
      /✘ The branch is main\n {4}The branch is other/,
    ],
    'a version that is already tagged': [() => git('tag', 'v0.1.0'), /✘ There is no tag v0\.1\.0 yet/],
    'a manifest without a repository': [
      () => commit('package.json', JSON.stringify({ ...MANIFEST, repository: undefined })),
      /✘ package\.json has the repository\n {4}"repository" is missing/,
    ],
    'an empty changelog': [
      () => commit('CHANGELOG.md', releasedChangelog(CHANGELOG, '0.1.0', new Date())),
      /✘ The changelog has something to release/,
    ],
    'a tarball without the entry of the package': [
      () => commit('package.json', JSON.stringify({ ...MANIFEST, main: './dist/other.js' })),
      /Missing: dist\/other\.js/,
    ],
    'a tarball with specs': [
      () => commit('package.json', JSON.stringify({ ...MANIFEST, files: [...MANIFEST.files, 'spec'] })),
      /Unexpected: spec\/index\.spec\.ts/,
    ],
  }
  for (const [label, [prepare, expected]] of Object.entries(invalidStates)) {
    it(`rejects ${label}`, () => {
      prepare()
      const [done, output] = dryRun()
      expect(done).to.equal(false)
      expect(output).to.match(expected)
    })
  }

  it('rejects an invalid version', () => {
    expect(dryRun({ version: 'next' })[1]).to.match(/"next" is not a version/)
  })

  it('stops before packing if the tests fail', () => {
    const [done, output] = dryRun({
      runTests() {
        throw new Error('1 failing')
      },
    })
    expect(done).to.equal(false)
    expect(output).to.match(/✘ The tests pass\n {4}1 failing$/)
  })

  function dryRun(options: { version?: string; runTests?(): void } = {}): [done: boolean, output: string] {
    const lines: string[] = []
    const print = (line: string) => void lines.push(line)
    const done = release({ folder, publishes: false, runTests: () => undefined, print, ...options })
    return [done, lines.join('\n')]
  }

  function write(path: string, content: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }

  function commit(path?: string, content = ''): void {
    if (path !== undefined) write(path, content)
    git('add', '--all')
    git('-c', 'user.name=spec', '-c', 'user.email=spec@example', 'commit', '--quiet', '--message', 'Change')
  }

  function git(...args: string[]): string {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  }
})

describe('The changelog of a release', () => {
  it('has the unreleased entries under the version and date, below an empty section', () => {
    const released = releasedChangelog(CHANGELOG, '0.1.0', new Date('2026-11-22T12:00:00Z'))
    expect(released).to.contain('## Unreleased\n\n## 0.1.0 – 2026-11-22\n\n### Added\n')
    expect(unreleasedIn(released)).to.equal('')
  })

  it('has an unreleased section in this repository, possibly empty', () => {
    expect(unreleasedIn(readFileSync('CHANGELOG.md', 'utf8'))).to.be.a('string')
  })
})

describe('The tarball of a release', () => {
  const files = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'].map((path) => ({ path, size: 1 }))

  it('must contain every file that package.json refers to', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
    const faults = faultsOf({ filename: 'x.tgz', size: 1, files }, manifest)
    expect(faults).to.include.members([
      'Missing: dist/esm/nestjs/index.d.ts',
      'Missing: dist/cjs/representations/index.js',
    ])
  })

  it('may contain pages, their pictures and examples, but no tools', () => {
    const paths = ['guides/nestjs.md', 'guides/page.png', 'bench/chart.svg', 'examples/client.ts', 'CONTRIBUTING.md']
    const tools = ['guides/comparison.ts', 'bench/run.js', 'scripts/release.ts', 'src/.DS_Store']
    const faults = faultsOf(
      { filename: 'x.tgz', size: 1, files: [...files, ...[...paths, ...tools].map((path) => ({ path, size: 1 }))] },
      {},
    )
    expect(faults).to.deep.equal(tools.map((path) => `Unexpected: ${path}`))
  })

  it('must not exceed one megabyte', () => {
    expect(faultsOf({ filename: 'x.tgz', size: 1_000_001, files }, {})).to.have.lengthOf(1)
  })
})
