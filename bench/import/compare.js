import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atMost } from '../goal.js'
import { median, spread } from '../statistics.js'

// The wall time of a process that imports one package and exits. The package is installed in a temporary project, because
// Node treats `node_modules` differently from the sources of a project.

const files = {
  'empty.mjs': '',
  'empty.cjs': '',
  'core.mjs': "import 'http-failure'",
  'core.cjs': "require('http-failure')",
  // The files that Jest and older bundlers load.
  'core-commonjs.cjs': "require('./node_modules/http-failure/dist/cjs/index.js')",
  'http-errors.mjs': "import 'http-errors'",
  'http-errors.cjs': "require('http-errors')",
}

const installed = {
  'http-failure': ['package.json', 'dist'],
  'http-errors': ['.'],
  depd: ['.'],
  inherits: ['.'],
  setprototypeof: ['.'],
  statuses: ['.'],
  toidentifier: ['.'],
}

const comparisons = [
  {
    label: '`import` of `http-failure`',
    subject: 'core.mjs',
    against: 'an empty script',
    peer: 'empty.mjs',
    goal: atMost(1.1),
  },
  {
    label: '`import` of `http-failure`',
    subject: 'core.mjs',
    against: '`http-errors`',
    peer: 'http-errors.mjs',
    goal: atMost(1),
  },
  {
    label: '`require()` of `http-failure`',
    subject: 'core.cjs',
    against: 'an empty script',
    peer: 'empty.cjs',
    goal: atMost(1.1),
  },
  {
    label: '`require()` of `http-failure`',
    subject: 'core.cjs',
    against: '`http-errors`',
    peer: 'http-errors.cjs',
    goal: atMost(1),
  },
  {
    label: '`require()` of the CommonJS build',
    subject: 'core-commonjs.cjs',
    against: 'an empty script',
    peer: 'empty.cjs',
    goal: atMost(1.1),
  },
  { label: '`require()` of `http-errors`', subject: 'http-errors.cjs', against: 'an empty script', peer: 'empty.cjs' },
]

/** Starts the processes alternately and returns one row per comparison. */
export function compareImports({ rounds }) {
  const project = mkdtempSync(join(tmpdir(), 'http-failure-bench-'))
  try {
    install(project)
    const times = timesOf(Object.keys(files), project, rounds)
    return comparisons.map((comparison) => rowOf(comparison, times))
  } finally {
    rmSync(project, { recursive: true })
  }
}

function install(project) {
  for (const [name, parts] of Object.entries(installed)) {
    const from = name === 'http-failure' ? '.' : join('node_modules', name)
    const to = join(project, 'node_modules', name)
    mkdirSync(to, { recursive: true })
    for (const part of parts) cpSync(join(from, part), join(to, part), { recursive: true })
  }
  for (const [name, source] of Object.entries(files)) writeFileSync(join(project, name), source)
}

function timesOf(names, directory, rounds) {
  const times = Object.fromEntries(names.map((name) => [name, []]))
  for (const name of names) timeToRun(name, directory) // fills the file cache of the system
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) times[name].push(timeToRun(name, directory))
  }
  return times
}

function timeToRun(name, directory) {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, [name], { cwd: directory, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name} exited with ${status}: ${stderr}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

function rowOf({ label, against, goal, subject, peer }, times) {
  const ratios = times[subject].map((time, round) => time / times[peer][round])
  return {
    label,
    against,
    unit: 'ratio',
    goal,
    value: median(ratios),
    spread: spread(ratios),
    absolute: [subject, peer].map((name) => `${median(times[name]).toFixed(1)} ms`),
  }
}
