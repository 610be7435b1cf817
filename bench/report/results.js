import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { chartOf } from '../chart.js'
import { curveTables, summaries } from './curves.js'
import { COLUMNS, cellsOf, LEGEND, markdownOf, withUnit } from './table.js'

const PEERS = [
  '@nestjs/core',
  '@nestjs/platform-express',
  '@nestjs/platform-fastify',
  'nest-problem-details-filter',
  'http-errors',
  '@hapi/boom',
  'hono',
  '@hono/node-server',
  'h3',
  'http-status-codes',
  'autocannon',
  'esbuild',
]

/** Keeps what the whole suite has measured: for readers, for the chart, and the chart itself. */
export function keepResults({ rows, curves }) {
  const results = { ...circumstances(), rows, curves }
  writeFileSync(new URL('../results.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`)
  show(results)
}

/** Writes down results that were kept: whoever changes the words, or the chart, need not measure again. */
export function show(results) {
  writeFileSync(new URL('../RESULTS.md', import.meta.url), documentOf(results))
  writeFileSync(new URL('../chart.svg', import.meta.url), chartOf(results))
}

function circumstances() {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const processors = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    processor: `${processors[0].model.trim()}, ${processors.length} cores`,
    peers: Object.fromEntries(PEERS.map((name) => [name, devDependencies[name]])),
  }
}

function documentOf({ date, node, processor, peers, rows, curves }) {
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`)
  return `# Results

\`npm run bench\` wrote this on ${date}, with Node ${node} on ${processor}.
${versions.join(', ')}.

Every row was measured side by side with its peer, in turns; the figure is the median of the ratios of neighbours.
Of times, sizes and nanoseconds less is better, of servers (requests per second) more.

${LEGEND.map((line) => `- ${line}`).join('\n')}

${markdownOf(COLUMNS, rows.map(cellsOf))}

## In detail

The middle half of the ratios, and the medians on this machine for orientation.

${markdownOf(['what', 'middle half', 'ours', 'the peer’s'], rows.map(detailsOf))}

## Curves

${summaries(curves).join('\n')}

${curveTables(curves, markdownOf)}
`
}

function detailsOf(row) {
  const { unit, spread, absolute } = row
  const middle = spread === undefined ? '' : spread.map((value) => withUnit(value, unit)).join(' to ')
  return [cellsOf(row)[0], middle, ...absolute]
}
