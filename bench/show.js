import { readFileSync } from 'node:fs'
import { show } from './report/results.js'

// node bench/show.js: writes bench/RESULTS.md and bench/chart.svg again, of the numbers that the last run has kept.

show(JSON.parse(readFileSync(new URL('./results.json', import.meta.url), 'utf8')))
