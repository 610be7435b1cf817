import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unreleasedIn } from './changelog.js'
import { faultsOf, packed, type Tarball } from './tarball.js'

/** What has to hold before a release, in the words of the report. */
export interface Check {
  readonly name: string
  /** What is wrong; nothing if all is well. */
  readonly faults: readonly string[]
}

/** What git, the version and the changelog say, which takes no time. */
export function quickChecks(folder: string, version: string): Check[] {
  const git = (...given: string[]) => execFileSync('git', given, { cwd: folder, encoding: 'utf8' }).trim()
  const changes = git('status', '--porcelain')
  const branch = git('rev-parse', '--abbrev-ref', 'HEAD')
  const section = unreleasedIn(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'))
  return [
    check('The tree is clean', changes !== '' && `There are changes that are not committed:\n${changes}`),
    check('The branch is main', branch !== 'main' && `The branch is ${branch}`),
    check('The version is one', !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) && `${version} is no version`),
    check(`There is no tag ${tagOf(version)} yet`, git('tag', '--list', tagOf(version)) !== '' && 'It is there'),
    check('The changelog has something to release', !section && 'Nothing is written under "Unreleased"'),
  ]
}

/** What is in the tarball. */
export function tarballCheck(folder: string): { readonly check: Check; readonly tarball: Tarball } {
  const tarball = packed(folder)
  const faults = faultsOf(tarball, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  return { check: { name: 'The tarball has what it should have, and nothing else', faults }, tarball }
}

export function tagOf(version: string): string {
  return `v${version}`
}

function check(name: string, fault: string | false): Check {
  return { name, faults: fault === false ? [] : [fault] }
}
