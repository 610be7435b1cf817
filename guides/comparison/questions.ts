import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { errorsIn } from '../../spec/readme/snippets.js'
import { NotFound } from '../../src/index.js'
import { DETAIL, type Peer, SECRET, type Thrown } from './peer.js'

/** A row of the table. Each cell is the result of running the peer. */
export interface Question {
  readonly title: string
  /** Whether the README shows the row, too. */
  readonly inReadme?: boolean
  cellOf(peer: Peer): Promise<string> | string
}

const YES = 'yes'
const NO = 'no'
/** The peer does not have the feature that the row is about. */
const NOT_APPLICABLE = '–'

export const questions: readonly Question[] = [
  {
    title: 'Sends a 404 as `application/problem+json`',
    inReadme: true,
    cellOf: (peer) =>
      whether(peer, async (respond) => {
        const { type } = await respond('a 404 with a detail', 'application/json')
        return type === 'application/problem+json'
      }),
  },
  {
    title: '… with the message as its `detail`',
    cellOf: (peer) =>
      whether(peer, async (respond) => {
        const { body } = await respond('a 404 with a detail', 'application/json')
        return membersOf(body)['detail'] === DETAIL
      }),
  },
  {
    title: 'Sends a page to browsers, JSON to programs',
    cellOf: (peer) =>
      whether(peer, async (respond) => {
        const page = await respond('a 404 with a detail', 'text/html')
        const json = await respond('a 404 with a detail', 'application/json')
        return page.type === 'text/html' && json.type.endsWith('json')
      }),
  },
  {
    title: 'Withholds the message of its own 500',
    cellOf: (peer) =>
      whether(peer, async (respond) => !(await respond('a 500 with a message', '*/*')).body.includes(SECRET)),
  },
  {
    title: 'Withholds the message of an unknown error',
    cellOf: (peer) =>
      whether(peer, async (respond) => !(await respond('an unknown error', '*/*')).body.includes(SECRET)),
  },
  {
    title: 'Rejects a 405 without `Allow` at compile time',
    inReadme: true,
    cellOf: ({ methodNotAllowed }) =>
      methodNotAllowed === undefined ? NOT_APPLICABLE : errorsIn([methodNotAllowed]).length > 0 ? YES : NO,
  },
  {
    title: 'Restores the error class from a response',
    inReadme: true,
    cellOf: async ({ respond, restore }) => {
      if (respond === undefined) return NOT_APPLICABLE
      if (restore === undefined) return NO
      return (await restore(await respond('a 404 with a detail', '*/*'))) instanceof NotFound ? YES : NO
    },
  },
  {
    title: `Named status codes, of ${registered().length} in the registry`,
    cellOf: ({ codes }) => {
      if (codes === undefined) return NOT_APPLICABLE
      const known = new Set(codes())
      return String(registered().filter((code) => known.has(code)).length)
    },
  },
  {
    title: '… with a description',
    cellOf: ({ codes, description }) =>
      codes === undefined ? NOT_APPLICABLE : description?.(404) === undefined ? NO : YES,
  },
  { title: 'Bundle that creates one 404, minified and gzipped', cellOf: sizeOf },
]

type Respond = (thrown: Thrown, accept: string) => Promise<{ readonly type: string; readonly body: string }>

async function whether({ respond }: Peer, holds: (respond: Respond) => Promise<boolean>): Promise<string> {
  if (respond === undefined) return NOT_APPLICABLE
  const typeAndBody: Respond = async (thrown, accept) => {
    const response = await respond(thrown, accept)
    const type = (response.headers.get('Content-Type') ?? '').replace(/;.*/, '')
    return { type, body: await response.text() }
  }
  return (await holds(typeAndBody)) ? YES : NO
}

function membersOf(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body)
  } catch {
    return {}
  }
}

/** The codes in the IANA registry, except those marked as unused. */
function registered(): number[] {
  const codes: { code: number; registryStatus: string }[] = JSON.parse(
    readFileSync('spec/fixtures/http-status-registry.json', 'utf8'),
  )
  return codes.filter(({ registryStatus }) => registryStatus !== 'unused').map(({ code }) => code)
}

async function sizeOf({ bundled }: Peer): Promise<string> {
  if (bundled === undefined) return NOT_APPLICABLE
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
