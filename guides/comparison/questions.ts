import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { errorsIn } from '../../spec/readme/snippets.js'
import { NotFound } from '../../src/index.js'
import { DETAIL, type Peer, SECRET } from './peer.js'

/** What is asked of each peer: it is run, and its answer is the cell of the table. */
export interface Question {
  readonly words: string
  cellOf(peer: Peer): Promise<string> | string
}

const YES = 'yes'
const NO = 'no'
/** The peer has nothing to do with it. */
const NOTHING = '–'

export const questions: readonly Question[] = [
  {
    words: 'A 404 with a detail is sent as `application/problem+json`',
    cellOf: (peer) =>
      answered(
        peer,
        async (answer) => (await answer('a 404 with a detail', 'application/json')).type === 'application/problem+json',
      ),
  },
  {
    words: '… with the detail as its `detail`',
    cellOf: (peer) =>
      answered(
        peer,
        async (answer) =>
          documentIn((await answer('a 404 with a detail', 'application/json')).body)['detail'] === DETAIL,
      ),
  },
  {
    words: 'A browser that asks for HTML gets a page, a program JSON',
    cellOf: (peer) =>
      answered(peer, async (answer) => {
        const page = await answer('a 404 with a detail', 'text/html')
        const json = await answer('a 404 with a detail', 'application/json')
        return page.type === 'text/html' && json.type.endsWith('json')
      }),
  },
  {
    words: 'The message of its own 500 stays on the server',
    cellOf: (peer) =>
      answered(peer, async (answer) => !(await answer('a 500 with a message', '*/*')).body.includes(SECRET)),
  },
  {
    words: 'The message of an error that it does not know stays there as well',
    cellOf: (peer) =>
      answered(peer, async (answer) => !(await answer('an error that it does not know', '*/*')).body.includes(SECRET)),
  },
  {
    words: 'A 405 without `Allow` does not compile',
    cellOf: ({ methodNotAllowed }) =>
      methodNotAllowed === undefined ? NOTHING : errorsIn([methodNotAllowed]).length > 0 ? YES : NO,
  },
  {
    words: 'A client gets the class of the error back from a response[^restore]',
    cellOf: async ({ answer, restore }) => {
      if (answer === undefined) return NOTHING
      if (restore === undefined) return NO
      return (await restore(await answer('a 404 with a detail', '*/*'))) instanceof NotFound ? YES : NO
    },
  },
  {
    words: `Codes of the registry (${registered().length}) that it has a name for`,
    cellOf: ({ codes }) => {
      if (codes === undefined) return NOTHING
      const known = new Set(codes())
      return String(registered().filter((code) => known.has(code)).length)
    },
  },
  {
    words: '… and says what they mean, in a sentence',
    cellOf: ({ codes, description }) => (codes === undefined ? NOTHING : description?.(404) === undefined ? NO : YES),
  },
  { words: 'A bundle that makes one 404, minified and gzipped', cellOf: sizeOf },
]

interface Answer {
  readonly type: string
  readonly body: string
}

type Ask = (...asked: Parameters<NonNullable<Peer['answer']>>) => Promise<Answer>

async function answered(peer: Peer, holds: (answer: Ask) => Promise<boolean>): Promise<string> {
  const { answer } = peer
  if (answer === undefined) return NOTHING
  const ask: Ask = async (...asked) => {
    const response = await answer(...asked)
    const type = (response.headers.get('Content-Type') ?? '').replace(/;.*/, '')
    return { type, body: await response.text() }
  }
  return (await holds(ask)) ? YES : NO
}

function documentIn(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body)
  } catch {
    return {}
  }
}

/** The codes in the registry of IANA that mean something. */
function registered(): number[] {
  const codes: { code: number; registryStatus: string }[] = JSON.parse(
    readFileSync('spec/fixtures/http-status-registry.json', 'utf8'),
  )
  return codes.filter(({ registryStatus }) => registryStatus !== 'unused').map(({ code }) => code)
}

async function sizeOf({ bundled }: Peer): Promise<string> {
  if (bundled === undefined) return NOTHING
  const { outputFiles } = await build({
    stdin: { contents: bundled, resolveDir: process.cwd() },
    alias: { 'http-failure': './src/index.ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
  })
  const kilobytes = gzipSync(outputFiles[0]?.contents ?? '').length / 1024
  return kilobytes < 1 ? 'under 1 KB' : `${Math.round(kilobytes)} KB`
}
