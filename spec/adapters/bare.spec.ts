import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { InternalServerError, NotFound, TooManyRequests } from '../../src/index.js'
import { rowsIn } from '../readme/snippets.js'
import { bareServers, type StartBare } from './bare-servers.js'

/** The response of a server without an adapter to a thrown Failure, as a row of the table. */
async function measured(start: StartBare): Promise<string[]> {
  const notFound = await responseTo(start, new NotFound('There is no book 1.'))
  const limited = await responseTo(start, new TooManyRequests({ retryAfter: 60 }))
  const failed = await responseTo(start, new InternalServerError('swordfish'))
  return [
    notFound.status === 404 && limited.status === 429 ? 'kept' : `${notFound.status}`,
    limited.headers.get('retry-after') === '60' ? 'kept' : 'lost',
    notFound.headers.get('content-type')?.replace('application/problem+json', '`application/problem+json`') ?? 'none',
    notFound.body.includes('There is no book 1.') ? 'sent' : 'lost',
    failed.body.includes('swordfish') ? '**sent**' : 'withheld',
  ]
}

async function responseTo(start: StartBare, error: Error) {
  const server = await start(error)
  try {
    const response = await fetch(server.origin)
    return { status: response.status, headers: response.headers, body: await response.text() }
  } finally {
    await server.close()
  }
}

describe('A Failure without an adapter', () => {
  const rows = new Map(
    rowsIn(readFileSync('guides/other-frameworks.md', 'utf8')).map(([name, ...cells]) => [name, cells]),
  )

  for (const [name, start] of Object.entries(bareServers)) {
    it(`is sent by ${name} as the guide says`, async () => {
      expect(rows.get(name)).to.deep.equal(await measured(start))
    })
  }
})
