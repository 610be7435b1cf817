import { readFileSync, writeFileSync } from 'node:fs'
import { pagesWithComparison } from './comparison/table.js'

// Runs each peer and writes the results into guides/comparison.md and the README: `npm run comparison`. With `--check`, it
// fails if a page is out of date.

async function main([option]: readonly string[]): Promise<void> {
  for (const [path, page] of await pagesWithComparison()) {
    if (page === readFileSync(path, 'utf8')) continue
    if (option !== '--check') {
      writeFileSync(path, page)
      continue
    }
    console.error(`The comparison in ${path} is out of date; run: npm run comparison`)
    process.exitCode = 1
  }
}

void main(process.argv.slice(2))
