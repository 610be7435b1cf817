import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from './command.js'
import { runtimes } from './runtimes.js'
import { tableOf, withTable } from './table.js'

// npm run test:runtimes: runs the essential specs of the core against the packed tarball in all listed runtimes.
// With `--write`, it updates the table in the README.

const here = import.meta.dirname
const root = join(here, '..', '..')
const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
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

/** Creates a project with http-failure installed and the checks. */
async function projectWithChecks() {
  await run('npm', ['pack', '--pack-destination', workshop], root)
  const tarball = (await readdir(workshop)).find((name) => name.endsWith('.tgz'))
  const project = await projectOf('checks', join(workshop, tarball), `hono@${devDependencies.hono}`)
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

/** Runs the checks. The result of an unavailable runtime has the reason; a run that does not complete has failed. */
async function resultOf({ name, packages, command, run: runChecks }, project, server) {
  console.log(`\n${name} ${packages[0] ?? ''}`)
  let path
  try {
    path = packages.length === 0 ? existing(command) : await installed(command, packages)
  } catch ({ message }) {
    console.log(`not run: ${message}`)
    return { name, version: packages[0]?.split('@')[1], passed: 0, failed: 0, reason: message.split('\n')[0] }
  }
  try {
    const { version, lines } = await runChecks(path, project, server)
    console.log(lines.trim())
    return { name, version, ...countsOf(lines) }
  } catch ({ message }) {
    console.log(message)
    return { name, version: packages[0]?.split('@')[1], passed: 0, failed: 1 }
  }
}

function existing(command) {
  if (existsSync(command)) return command
  throw new Error(`${command} does not exist`)
}

/** Installs the first package that is available and whose command starts, and returns the path of the command. */
async function installed(command, [name, ...others]) {
  try {
    const path = join(await projectOf(name, name), 'node_modules', '.bin', command)
    await run(path, ['--version'], workshop)
    return path
  } catch ({ message }) {
    if (others.length === 0) throw new Error(`${name} cannot be installed here\n${message}`)
    console.log(`${message}\n${name} cannot be installed here, trying ${others[0]}`)
    return installed(command, others)
  }
}

/** Counts the checks in TAP output. Checks without a result have failed. */
function countsOf(lines) {
  const passed = lines.match(/^ok /gm)?.length ?? 0
  const planned = Number(/^1\.\.(\d+)$/m.exec(lines)?.[1] ?? Number.NaN)
  if (Number.isNaN(planned)) throw new Error('the checks did not complete')
  return { passed, failed: planned - passed }
}

async function writeTable(table) {
  const guide = join(root, 'guides/runtimes.md')
  await writeFile(guide, withTable(await readFile(guide, 'utf8'), table))
}

/** Prints the totals like Mocha. A run without checks has failed. */
function conclude(results) {
  const sum = (count) => results.reduce((total, result) => total + result[count], 0)
  const [passed, failed] = [sum('passed'), sum('failed')]
  console.log(`  ${passed} passing`)
  if (failed > 0) console.log(`  ${failed} failing`)
  if (failed > 0 || passed === 0) process.exitCode = 1
}
