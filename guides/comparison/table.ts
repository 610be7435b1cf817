import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Peer } from './peer.js'
import { peers } from './peers.js'
import { type Question, questions } from './questions.js'

const BEGIN = '<!-- The comparison: npm run comparison writes it. -->'
const END = '<!-- The end of the comparison. -->'

/** The pages that contain the comparison, with the results of the installed versions. */
export async function pagesWithComparison(): Promise<ReadonlyMap<string, string>> {
  const rows = new Map<Question, readonly string[]>()
  for (const question of questions) rows.set(question, await cellsOf(question))
  const selected = questions.filter(({ inReadme }) => inReadme)
  return new Map([
    ['guides/comparison.md', pageWith('guides/comparison.md', tableOf(questions, rows))],
    ['README.md', pageWith('README.md', tableOf(selected, rows))],
  ])
}

function pageWith(path: string, table: string): string {
  const [before, rest] = readFileSync(path, 'utf8').split(BEGIN)
  const [, after] = rest?.split(END) ?? []
  if (after === undefined) throw new Error(`${path} must contain the markers ${BEGIN} and ${END}`)
  return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`
}

function tableOf(selected: readonly Question[], rows: ReadonlyMap<Question, readonly string[]>): string {
  const head = ['', ...peers.map(titleOf)]
  const body = selected.map((question) => [question.title, ...(rows.get(question) ?? [])])
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

async function cellsOf({ cellOf }: Question): Promise<readonly string[]> {
  const cells: string[] = []
  for (const peer of peers) cells.push(await quietly(() => cellOf(peer)))
  return cells
}

/** Silences `console.error`, because some peers print the thrown error. */
async function quietly<Result>(run: () => Promise<Result> | Result): Promise<Result> {
  const { error } = console
  console.error = () => undefined
  try {
    return await run()
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
