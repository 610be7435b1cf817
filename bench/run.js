import { stderr } from 'node:process'
import { parseArgs } from 'node:util'
import { groups } from './groups.js'
import { curveTables, summaries } from './report/curves.js'
import { keepResults } from './report/results.js'
import { COLUMNS, cellsOf, LEGEND, tableOf } from './report/table.js'

// npm run bench                      the whole suite, which writes bench/RESULTS.md, bench/results.json and the chart
// npm run bench -- --quick           within a minute, for a first look
// npm run bench -- create servers    some groups
// node bench/show.js                 what the last whole run has kept, written down again
//
// The package is imported as its users do, from dist/ and by its name.

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const known = groups({ isQuick: values.quick })
const names = positionals.length > 0 ? positionals : Object.keys(known)
for (const name of names) {
  if (known[name] === undefined) throw new Error(`There is no group ${name}, but ${Object.keys(known).join(', ')}`)
}

const rows = []
const curves = []
for (const name of names) {
  stderr.write(`${name} …\n`)
  rows.push(...((await known[name].rows?.()) ?? []).map((row) => ({ group: name, ...row })))
  curves.push(...((await known[name].curves?.()) ?? []))
}

if (rows.length > 0) console.log(`\n${tableOf(COLUMNS, rows.map(cellsOf))}\n${LEGEND.join('\n')}`)
if (curves.length > 0) console.log(`\n${curveTables(curves, tableOf)}\n\n${summaries(curves).join('\n')}`)
if (!values.quick && positionals.length === 0) keepResults({ rows, curves })
