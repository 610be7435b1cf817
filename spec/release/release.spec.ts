import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { releasedChangelog, unreleasedIn } from '../../scripts/release/changelog.js'
import { faultsOf } from '../../scripts/release/tarball.js'
import { release } from '../../scripts/release.js'

// `npm run release -- --dry-run`, in a repository of its own. The tests there are a function of this spec. What
// publishes is never run.

const MANIFEST = {
  name: 'a-package',
  version: '0.1.0',
  main: './dist/index.js',
  files: ['dist', 'src', 'CHANGELOG.md'],
}
const CHANGELOG = '# Changelog\n\n## Unreleased\n\n### Added\n\n- Everything.\n\n## 0.0.1 – 2026-01-01\n\n- Nothing.\n'

describe('npm run release -- --dry-run', function () {
  this.timeout(60_000)

  let folder: string
  const { env } = process

  // In a hook of git, its variables lead every git that is started to the repository of the hook. The coverage of another
  // process is not ours.
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

  it('lists and checks the tarball, shows the tag and the section, and writes nothing', () => {
    const [done, said] = dryRun()
    expect(done).to.equal(true)
    expect(said).to.match(/✔ The tests pass/)
    expect(said).to.match(/\d+ {2}dist\/index\.js/)
    expect(said).to.not.contain('spec/')
    expect(said).to.contain('v0.1.0\n\n### Added\n\n- Everything.\n')
    expect(said).to.match(/Nothing was written, tagged or published\.$/)
    expect(git('status', '--porcelain') + git('tag')).to.equal('')
    expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).to.equal(CHANGELOG)
  })

  it('takes another version than that of the manifest', () => {
    expect(dryRun({ version: '1.0.0-rc.1' })[1]).to.contain('\nv1.0.0-rc.1\n')
  })

  const refusals: Record<string, [spoil: () => unknown, said: RegExp]> = {
    'what is not committed': [() => write('src/new.ts', ''), /✘ The tree is clean\n.*\n\?\? src\/new\.ts/],
    'another branch': [
      () => git('switch', '--quiet', '--create', 'other'),
      /✘ The branch is main\n {4}The branch is other/,
    ],
    'a version that is tagged': [() => git('tag', 'v0.1.0'), /✘ There is no tag v0\.1\.0 yet/],
    'an empty changelog': [
      () => commit('CHANGELOG.md', releasedChangelog(CHANGELOG, '0.1.0', new Date())),
      /✘ The changelog has something to release/,
    ],
    'a tarball without its entry': [
      () => commit('package.json', JSON.stringify({ ...MANIFEST, main: './dist/other.js' })),
      /It lacks dist\/other\.js/,
    ],
    'a tarball with what is ours': [
      () => commit('package.json', JSON.stringify({ ...MANIFEST, files: [...MANIFEST.files, 'spec'] })),
      /It should not have spec\/index\.spec\.ts/,
    ],
  }
  for (const [what, [spoil, expected]] of Object.entries(refusals)) {
    it(`refuses ${what}`, () => {
      spoil()
      const [done, said] = dryRun()
      expect(done).to.equal(false)
      expect(said).to.match(expected)
    })
  }

  it('refuses what is no version', () => {
    expect(dryRun({ version: 'next' })[1]).to.match(/next is no version/)
  })

  it('refuses what the tests refuse, and packs nothing', () => {
    const [done, said] = dryRun({
      runTests() {
        throw new Error('1 failing')
      },
    })
    expect(done).to.equal(false)
    expect(said).to.match(/✘ The tests pass\n {4}1 failing$/)
  })

  function dryRun(options: { version?: string; runTests?(): void } = {}): [done: boolean, said: string] {
    const said: string[] = []
    const print = (line: string) => void said.push(line)
    const done = release({ folder, forGood: false, runTests: () => undefined, print, ...options })
    return [done, said.join('\n')]
  }

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  function commit(path?: string, text = ''): void {
    if (path !== undefined) write(path, text)
    git('add', '--all')
    git('-c', 'user.name=spec', '-c', 'user.email=spec@example', 'commit', '--quiet', '--message', 'Change')
  }

  function git(...given: string[]): string {
    return execFileSync('git', given, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  }
})

describe('The changelog of a release', () => {
  it('has the section under the version and the day, and an empty one above it', () => {
    const released = releasedChangelog(CHANGELOG, '0.1.0', new Date('2026-11-22T12:00:00Z'))
    expect(released).to.contain('## Unreleased\n\n## 0.1.0 – 2026-11-22\n\n### Added\n')
    expect(unreleasedIn(released)).to.equal('')
  })

  it('is ready in this repository, or has been released', () => {
    expect(unreleasedIn(readFileSync('CHANGELOG.md', 'utf8'))).to.be.a('string')
  })
})

describe('The tarball of a release', () => {
  const files = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'].map((path) => ({ path, size: 1 }))

  it('has every file that the manifest leads to', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
    const faults = faultsOf({ filename: 'x.tgz', size: 1, files }, manifest)
    expect(faults).to.include.members([
      'It lacks dist/esm/nestjs/index.d.ts',
      'It lacks dist/cjs/representations/index.js',
    ])
  })

  it('is not larger than a megabyte', () => {
    expect(faultsOf({ filename: 'x.tgz', size: 1_000_001, files }, {})).to.have.lengthOf(1)
  })
})
