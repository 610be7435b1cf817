import { readFileSync } from 'node:fs'
import { writeReport } from './report/results.js'

// node bench/show.js: regenerates bench/RESULTS.md and bench/chart.svg from the stored results of the last full run.

writeReport(JSON.parse(readFileSync(new URL('./results.json', import.meta.url), 'utf8')))
