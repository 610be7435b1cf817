import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unreleasedIn } from './changelog.js'
import { faultsOf, packed, type Tarball } from './tarball.js'

/** A condition of a release, as the report prints it. */
export interface Check {
  readonly name: string
  /** One sentence per fault; empty if the check passed. */
  readonly faults: readonly string[]
}

/** The checks of the repository, the version and the changelog, which are fast. */
export function quickChecks(folder: string, version: string): Check[] {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim()
  const changes = git('status', '--porcelain')
  const branch = git('rev-parse', '--abbrev-ref', 'HEAD')
  const unreleased = unreleasedIn(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'))
  const { repository } = manifestIn(folder)
  return [
    check('The tree is clean', changes !== '' && `Uncommitted changes:\n${changes}`),
    check('The branch is main', branch !== 'main' && `The branch is ${branch}`),
    check('The version is valid', !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) && `"${version}" is not a version`),
    check(`There is no tag ${tagOf(version)} yet`, git('tag', '--list', tagOf(version)) !== '' && 'The tag exists'),
    // npmjs.com resolves the relative links of the README against it.
    check('package.json has the repository', repository === undefined && '"repository" is missing'),
    check('The changelog has something to release', !unreleased && 'The "Unreleased" section is empty or missing'),
  ]
}

/** Packs the package and checks the files in the tarball. */
export function tarballCheck(folder: string): { readonly check: Check; readonly tarball: Tarball } {
  const tarball = packed(folder)
  const faults = faultsOf(tarball, manifestIn(folder))
  return { check: { name: 'The tarball contains exactly the expected files', faults }, tarball }
}

function manifestIn(folder: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

export function tagOf(version: string): string {
  return `v${version}`
}

function check(name: string, fault: string | false): Check {
  return { name, faults: fault === false ? [] : [fault] }
}
