import { readFileSync, writeFileSync } from 'node:fs'
import { readmeWithComparison } from './comparison/table.js'

// Runs each peer and writes what comes out into the README: `npm run comparison`. With `--check`, it only says whether
// the README has it already.

async function main([option]: readonly string[]): Promise<void> {
  const readme = await readmeWithComparison()
  if (option !== '--check') return writeFileSync('README.md', readme)
  if (readme === readFileSync('README.md', 'utf8')) return
  console.error('The comparison in the README is not what comes out: npm run comparison writes it anew')
  process.exitCode = 1
}

void main(process.argv.slice(2))
