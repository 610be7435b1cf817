import { stderr } from 'node:process'
import { parseArgs } from 'node:util'
import { groups } from './groups.js'
import { curveTables, summaries } from './report/curves.js'
import { saveResults } from './report/results.js'
import { COLUMNS, cellsOf, NOTES, tableOf } from './report/table.js'

// npm run bench                      runs the whole suite, writes bench/RESULTS.md, bench/results.json and the chart
// npm run bench -- --quick           takes a minute, for a first look
// npm run bench -- create servers    runs the given groups; with --write, replaces their results in the files
// node bench/show.js                 regenerates bench/RESULTS.md and the chart from bench/results.json
//
// Imports the package by its name, from dist/, as its users do.

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const known = groups({ isQuick: values.quick })
const names = positionals.length > 0 ? positionals : Object.keys(known)
for (const name of names) {
  if (known[name] === undefined)
    throw new Error(`Unknown group "${name}"; expected one of ${Object.keys(known).join(', ')}`)
}

const rows = []
const curves = []
for (const name of names) {
  stderr.write(`${name} …\n`)
  rows.push(...((await known[name].rows?.()) ?? []).map((row) => ({ group: name, ...row })))
  curves.push(...((await known[name].curves?.()) ?? []).map((curve) => ({ group: name, ...curve })))
}

if (rows.length > 0) console.log(`\n${tableOf(COLUMNS, rows.map(cellsOf))}\n\n${NOTES.join('\n')}`)
if (curves.length > 0) console.log(`\n${curveTables(curves, tableOf)}\n\n${summaries(curves).join('\n')}`)
if (!values.quick && (positionals.length === 0 || values.write)) saveResults({ names, rows, curves })
