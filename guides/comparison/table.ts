import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Peer } from './peer.js'
import { peers } from './peers.js'
import { questions } from './questions.js'

const BEGIN = '<!-- The comparison: npm run comparison writes it. -->'
const END = '<!-- The end of the comparison. -->'

/** The README with the comparison as it comes out with the versions that are installed. */
export async function readmeWithComparison(): Promise<string> {
  const [before, rest = ''] = readFileSync('README.md', 'utf8').split(BEGIN)
  const [, after] = rest.split(END)
  return `${before}${BEGIN}\n\n${await comparison()}\n\n${END}${after}`
}

async function comparison(): Promise<string> {
  const head = ['', ...peers.map(titleOf)]
  const rows: string[][] = []
  for (const { words, cellOf } of questions) {
    const cells: string[] = []
    for (const peer of peers) cells.push(await quietly(() => cellOf(peer)))
    rows.push([words, ...cells])
  }
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [head, head.map(() => '---'), ...rows].map(line).join('\n')
}

/** Some peers tell the console what was thrown at them. */
async function quietly<Result>(act: () => Promise<Result> | Result): Promise<Result> {
  const { error } = console
  console.error = () => undefined
  try {
    return await act()
  } finally {
    console.error = error
  }
}

function titleOf({ name, package: module }: Peer, index: number): string {
  return index === 0 ? name : `${name} ${versionOf(module)}`
}

function versionOf(module: string): string {
  return JSON.parse(readFileSync(join('node_modules', module, 'package.json'), 'utf8')).version
}
