import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { releasedChangelog, unreleasedIn } from './release/changelog.js'
import { type Check, quickChecks, tagOf, tarballCheck } from './release/checks.js'

// Releases the package.
//
//     npm run release -- --dry-run          all but publishing: nothing is written, committed, tagged or sent
//     npm run release -- 0.2.0 --dry-run    the same for another version than that of package.json
//     npm run release -- 0.2.0 --yes        for good

/** What a release can be told; a spec runs one in a folder of its own, with tests of its own. */
export interface ReleaseOptions {
  readonly folder: string
  /** Default: that of package.json. */
  readonly version?: string | undefined
  /** Whether to write, commit, tag and publish when every check holds. */
  readonly forGood: boolean
  /** Throws when the tests fail. */
  runTests(): void
  print(line: string): void
}

/** Whether the release could be made, or was made. */
export function release({ folder, version: given, forGood, runTests, print }: ReleaseOptions): boolean {
  const version = given ?? versionIn(folder)
  const report = ({ name, faults }: Check) => {
    print(`${faults.length === 0 ? '✔' : '✘'} ${name}`)
    for (const fault of faults) print(`    ${fault}`)
    return faults.length === 0
  }

  const quick = quickChecks(folder, version).map(report)
  if (quick.includes(false)) return false
  if (!report({ name: 'The tests pass', faults: faultsOfTests(runTests) })) return false
  const { check, tarball } = tarballCheck(folder)
  for (const { path, size } of tarball.files) print(`    ${String(size).padStart(8)}  ${path}`)
  print(`    ${String(tarball.size).padStart(8)}  ${tarball.filename}, packed`)
  if (!report(check)) return false

  print(`\n${tagOf(version)}\n\n${unreleasedIn(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'))}\n`)
  if (forGood) publish(folder, version, print)
  else print('Nothing was written, tagged or published.')
  return true
}

function faultsOfTests(runTests: () => void): string[] {
  try {
    runTests()
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function publish(folder: string, version: string, print: (line: string) => void): void {
  const run = (command: string, ...given: string[]) => execFileSync(command, given, { cwd: folder, stdio: 'inherit' })
  const changelog = join(folder, 'CHANGELOG.md')
  writeFileSync(changelog, releasedChangelog(readFileSync(changelog, 'utf8'), version, new Date()))
  run('npm', 'version', version, '--no-git-tag-version', '--allow-same-version')
  run('git', 'commit', '--all', '--message', `Release ${version}`)
  run('git', 'tag', '--annotate', tagOf(version), '--message', `Release ${version}`)
  run('npm', 'publish')
  print(`Published. What is left: git push origin main ${tagOf(version)}`)
}

function versionIn(folder: string): string {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
}

function main(given: readonly string[]): void {
  const [version, ...others] = given.filter((word) => !word.startsWith('--'))
  const [option, ...more] = given.filter((word) => word.startsWith('--'))
  if (others.length > 0 || more.length > 0 || (option !== '--dry-run' && option !== '--yes')) {
    console.error('npm run release -- [version] --dry-run, or --yes in its place to release for good')
    process.exitCode = 1
    return
  }
  const done = release({
    folder: process.cwd(),
    version,
    forGood: option === '--yes',
    runTests() {
      for (const script of ['test', 'docs']) execFileSync('npm', ['run', script], { stdio: 'inherit' })
    },
    print: (line) => console.log(line),
  })
  if (!done) process.exitCode = 1
}

if (process.argv[1]?.endsWith('scripts/release.ts')) main(process.argv.slice(2))
