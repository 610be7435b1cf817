import { expect } from 'chai'
import { request } from '../nestjs/request.js'
import { FailureLog, routes } from './bookshop.js'
import { type Running, servers } from './servers.js'

/** The fields that servers add on their own. */
const OF_SERVER = ['connection', 'date', 'keep-alive', 'x-powered-by']

interface Received {
  readonly status: number
  readonly fields: Readonly<Record<string, readonly string[]>>
  readonly body: string
}

async function received(
  origin: string,
  path: string,
  init: { method?: string; headers?: Record<string, string> },
): Promise<Received> {
  const response = await request(`${origin}${path}`, init)
  const names = response.names().filter((name) => !OF_SERVER.includes(name))
  // Headers of Fetch join the lines of a list, except for Set-Cookie.
  const linesOf = (name: string) => (name === 'set-cookie' ? response.lines(name) : [response.lines(name).join(', ')])
  const fields = Object.fromEntries([...new Set(names)].sort().map((name) => [name, linesOf(name)]))
  return { status: response.status, fields, body: response.body }
}

/** The requests of the table: method, path and header fields. */
const requests: readonly (readonly [method: string, path: string, headers?: Record<string, string>])[] = [
  ...Object.keys(routes)
    .filter((path) => path !== '/books')
    .map((path) => ['GET', path] as const),
  ...['/not-found', '/later', '/members', '/error', '/of-success', '/kept', '/latin', '/unknown'].map(
    (path) => ['HEAD', path] as const,
  ),
  ['GET', '/unknown'],
  ['GET', '/unknown?token=swordfish'],
  ['GET', '/not-found?token=swordfish'],
  ['DELETE', '/unknown'],
  ['GET', '/not-found', { Accept: 'text/html' }],
  ['GET', '/error', { Accept: 'text/plain' }],
  ['GET', '/out-of-stock', { 'Accept-Language': 'de' }],
  ['HEAD', '/out-of-stock', { Accept: 'text/html', 'Accept-Language': 'de' }],
]

/** Nest writes a detail of its own for an unknown path: `Cannot GET /unknown`. */
function withoutDetail({ status, fields, body }: Received, method: string): Received {
  const detail = `,"detail":"Cannot ${method} /unknown"`
  const length = String(Number(fields['content-length']?.[0]) - detail.length)
  return { status, fields: { ...fields, 'content-length': [length] }, body: body.replace(detail, '') }
}

describe('The adapters', function () {
  this.timeout(60_000)

  const logs = Object.fromEntries(Object.keys(servers).map((name) => [name, new FailureLog()]))
  const running = new Map<string, Running>()

  before(async () => {
    for (const [name, start] of Object.entries(servers)) {
      running.set(name, await start((logs[name] as FailureLog).policy))
    }
  })

  after(() => Promise.all([...running.values()].map((server) => server.close())))

  for (const [method, path, headers = {}] of requests) {
    it(`send equal responses to ${[method, path, ...Object.values(headers)].join(' ')}`, async () => {
      const origin = (name: string) => running.get(name)?.origin ?? ''
      const expected = await received(origin('Node'), path, { method, headers })
      expect(expected.status).to.be.at.least(400)
      expect(JSON.stringify(expected)).not.to.contain('swordfish')
      for (const name of [...running.keys()].slice(1)) {
        const response = await received(origin(name), path, { method, headers })
        const isOfNest = name.startsWith('Nest') && path.startsWith('/unknown')
        expect(isOfNest ? withoutDetail(response, method) : response, name).to.deep.equal(expected)
      }
    })
  }

  it('send HEAD with the Content-Length of GET', async () => {
    for (const [name, { origin }] of running) {
      for (const path of ['/not-found', '/of-success', '/latin']) {
        const [get, head] = [await request(`${origin}${path}`), await request(`${origin}${path}`, { method: 'HEAD' })]
        expect(head.body).to.equal('')
        expect(head.field('content-length'), `${name} ${path}`).to.equal(String(Buffer.byteLength(get.body)))
      }
    }
  })

  it('call onFailure once for each response', () => {
    const [expected = [], ...others] = Object.values(logs).map(({ entries }) => entries)
    expect(expected.length).to.be.greaterThan(requests.length)
    for (const entries of others) expect(entries).to.deep.equal(expected)
  })

  it('send 400 for a body that is not JSON, and 413 for one that is too large', async () => {
    for (const [name, { origin }] of running) {
      if (name === 'Node') continue
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
      const invalid = await request(`${origin}/orders`, { ...init, body: '{"isbn": swordfish}' })
      expect([name, invalid.status]).to.deep.equal([name, 400])
      expect(invalid.body, name).not.to.contain('swordfish')
      expect(invalid.field('content-type'), name).to.equal('application/problem+json')
      if (/^(Express|Fastify|Koa)/.test(name)) {
        const large = await request(`${origin}/orders`, { ...init, body: JSON.stringify('x'.repeat(2000)) })
        expect([name, large.status]).to.deep.equal([name, 413])
      }
    }
  })

  it('send 400 for a path that cannot be decoded, or do not decode it', async () => {
    for (const [name, { origin }] of running) {
      const { status, body } = await request(`${origin}/books%zz`)
      expect(status, name).to.be.oneOf([400, 404])
      expect(JSON.parse(body), name).to.include({ status })
    }
  })
})
