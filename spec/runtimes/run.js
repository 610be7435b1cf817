import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from './command.js'
import { runtimes } from './runtimes.js'
import { tableOf, withTable } from './table.js'

// npm run test:runtimes: the essence of the specs of the core, over the packed tarball, in every runtime that we name.
// With `--write`, the table in the README says what was run.

const here = import.meta.dirname
const root = join(here, '..', '..')
const workshop = await mkdtemp(join(await realpath(tmpdir()), 'http-failure-'))

try {
  const results = await resultsOfAll()
  const table = tableOf(results)
  console.log(`\n${table}\n`)
  if (process.argv.includes('--write')) await writeTable(table)
  conclude(results)
} finally {
  await rm(workshop, { recursive: true, force: true, maxRetries: 3 })
}

async function resultsOfAll() {
  const project = await projectWithChecks()
  const { serve } = await import(pathToFileURL(join(project, 'server.mjs')).href)
  const server = await serve()
  const results = []
  try {
    for (const runtime of runtimes) results.push(await resultOf(runtime, project, server))
  } finally {
    await server.close()
  }
  return results
}

/** A project with http-failure installed, and the checks in it. */
async function projectWithChecks() {
  await run('npm', ['pack', '--pack-destination', workshop], root)
  const tarball = (await readdir(workshop)).find((name) => name.endsWith('.tgz'))
  const project = await projectOf('checks', join(workshop, tarball))
  for (const name of await readdir(here)) {
    if (name.endsWith('.mjs')) await copyFile(join(here, name), join(project, name))
  }
  return project
}

async function projectOf(name, ...packages) {
  const project = join(workshop, name)
  await mkdir(project)
  await writeFile(join(project, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }))
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], project)
  return project
}

/** What came of the checks. A runtime that is not to be had is named with the reason; one that breaks off has failed. */
async function resultOf({ name, packages, command, run: runChecks }, project, server) {
  console.log(`\n${name} ${packages[0] ?? ''}`)
  let path
  try {
    path = packages.length === 0 ? there(command) : await installed(command, packages)
  } catch ({ message }) {
    console.log(`not run: ${message}`)
    return { name, version: packages[0]?.split('@')[1], passed: 0, failed: 0, reason: message.split('\n')[0] }
  }
  try {
    const { version, lines } = await runChecks(path, project, server)
    console.log(lines.trim())
    return { name, version, ...counted(lines) }
  } catch ({ message }) {
    console.log(message)
    return { name, version: packages[0]?.split('@')[1], passed: 0, failed: 1 }
  }
}

function there(command) {
  if (existsSync(command)) return command
  throw new Error(`there is nothing at ${command}`)
}

/** The path of a command of the first package that can be installed, and started, here. */
async function installed(command, [name, ...others]) {
  try {
    const path = join(await projectOf(name, name), 'node_modules', '.bin', command)
    await run(path, ['--version'], workshop)
    return path
  } catch ({ message }) {
    if (others.length === 0) throw new Error(`${name} cannot be installed here\n${message}`)
    console.log(`${message}\n${name} cannot be installed here; ${others[0]} is tried`)
    return installed(command, others)
  }
}

/** Counts lines of TAP; those that were announced and did not come have failed. */
function counted(lines) {
  const passed = lines.match(/^ok /gm)?.length ?? 0
  const announced = Number(/^1\.\.(\d+)$/m.exec(lines)?.[1] ?? Number.NaN)
  if (Number.isNaN(announced)) throw new Error('the checks came to no end')
  return { passed, failed: announced - passed }
}

async function writeTable(table) {
  const readme = join(root, 'README.md')
  await writeFile(readme, withTable(await readFile(readme, 'utf8'), table))
}

/** Says how many checks have passed, as Mocha does. A run in which nothing was run has failed. */
function conclude(results) {
  const sum = (count) => results.reduce((total, result) => total + result[count], 0)
  const [passed, failed] = [sum('passed'), sum('failed')]
  console.log(`  ${passed} passing`)
  if (failed > 0) console.log(`  ${failed} failing`)
  if (failed > 0 || passed === 0) process.exitCode = 1
}
