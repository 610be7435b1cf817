import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { releasedChangelog, unreleasedIn } from './release/changelog.js'
import { type Check, quickChecks, tagOf, tarballCheck } from './release/checks.js'

// Releases the package.
//
//     npm run release -- --dry-run          checks everything, but does not write, commit, tag or publish
//     npm run release -- 0.2.0 --dry-run    the same, with a version that replaces the one in package.json
//     npm run release -- 0.2.0 --yes        releases

/** The options of a release. The spec releases a temporary repository with stubbed tests. */
export interface ReleaseOptions {
  readonly folder: string
  /** Default: the version in package.json. */
  readonly version?: string | undefined
  /** Whether to write, commit, tag and publish when every check passes. */
  readonly publishes: boolean
  /** Throws when the tests fail. */
  runTests(): void
  print(line: string): void
}

/** Returns whether every check passed and, with `publishes`, the package was published. */
export function release({ folder, version: requestedVersion, publishes, runTests, print }: ReleaseOptions): boolean {
  const version = requestedVersion ?? versionIn(folder)
  const report = ({ name, faults }: Check) => {
    print(`${faults.length === 0 ? '✔' : '✘'} ${name}`)
    for (const fault of faults) print(`    ${fault}`)
    return faults.length === 0
  }

  const passed = quickChecks(folder, version).map(report)
  if (passed.includes(false)) return false
  if (!report({ name: 'The tests pass', faults: faultsOfTests(runTests) })) return false
  const { check, tarball } = tarballCheck(folder)
  for (const { path, size } of tarball.files) print(`    ${String(size).padStart(8)}  ${path}`)
  print(`    ${String(tarball.size).padStart(8)}  ${tarball.filename}, packed`)
  if (!report(check)) return false

  print(`\n${tagOf(version)}\n\n${unreleasedIn(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'))}\n`)
  if (publishes) publish(folder, version, print)
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
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, stdio: 'inherit' })
  const changelog = join(folder, 'CHANGELOG.md')
  writeFileSync(changelog, releasedChangelog(readFileSync(changelog, 'utf8'), version, new Date()))
  run('npm', 'version', version, '--no-git-tag-version', '--allow-same-version')
  run('git', 'commit', '--all', '--message', `Release ${version}`)
  run('git', 'tag', '--annotate', tagOf(version), '--message', `Release ${version}`)
  run('npm', 'publish')
  print(`Published. Now run: git push origin main ${tagOf(version)}`)
}

function versionIn(folder: string): string {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
}

function main(args: readonly string[]): void {
  const [version, ...otherVersions] = args.filter((arg) => !arg.startsWith('--'))
  const [option, ...otherOptions] = args.filter((arg) => arg.startsWith('--'))
  if (otherVersions.length > 0 || otherOptions.length > 0 || (option !== '--dry-run' && option !== '--yes')) {
    console.error('Usage: npm run release -- [version] --dry-run | --yes')
    process.exitCode = 1
    return
  }
  const succeeded = release({
    folder: process.cwd(),
    version,
    publishes: option === '--yes',
    runTests() {
      for (const script of ['test', 'docs']) execFileSync('npm', ['run', script], { stdio: 'inherit' })
    },
    print: (line) => console.log(line),
  })
  if (!succeeded) process.exitCode = 1
}

if (process.argv[1]?.endsWith('scripts/release.ts')) main(process.argv.slice(2))
