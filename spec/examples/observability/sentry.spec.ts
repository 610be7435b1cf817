import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect } from 'chai'
import { linesOf, outputOf } from './child.js'

describe('examples/observability/sentry.ts', function () {
  this.timeout(60_000)

  let sentry: Server
  const envelopes: string[] = []

  before(async () => {
    sentry = createServer(async (request, response) => {
      envelopes.push(await text(request))
      response.end('{}')
    }).listen(0, '127.0.0.1')
    await once(sentry, 'listening')
  })

  after(() => sentry.close())

  /** The events that arrive at Sentry when a script runs. */
  async function eventsOf(script: string, ...options: string[]): Promise<any[]> {
    envelopes.splice(0)
    await outputOf(script, options, {
      SENTRY_DSN: `http://key@127.0.0.1:${(sentry.address() as AddressInfo).port}/1`,
    })
    // The items of an envelope follow its header, each with a header of its own.
    return envelopes.flatMap((envelope) =>
      linesOf(envelope)
        .slice(1)
        .flatMap((header, index, lines) => (header.type === 'event' ? [lines[index + 1]] : [])),
    )
  }

  describe('for requests on Express and Fastify', () => {
    let events: any[]

    before(async () => {
      events = await eventsOf('sentry-child.ts', 'visit')
    })

    it('sends one event for each server failure, and none for a client failure', () => {
      const urls = events.map(({ request }) => new URL(request.url).pathname)
      expect(urls).to.deep.equal(['/books/disk', '/books/upstream', '/books/disk', '/books/upstream'])
    })

    it('sends what was thrown, with all its causes', () => {
      const [disk, upstream] = events.map(({ exception }) =>
        exception.values.map(({ type, value }: any) => `${type}: ${value}`).reverse(),
      )
      expect(disk).to.deep.equal(['TypeError: cannot read the shelf', 'Error: disk full', 'Error: no quota'])
      expect(upstream).to.deep.equal(['BadGateway: Bad Gateway', 'Error: the printer says no'])
    })

    it('sends neither header fields nor the query nor the body of a request', () => {
      for (const event of events) expect(Object.keys(event.request).sort()).to.deep.equal(['method', 'url'])
      expect(JSON.stringify(events)).not.to.include('-secret')
    })
  })

  it('sends a client failure that nobody caught, but none that somebody captured', async () => {
    const events = await eventsOf('sentry-child.ts', 'capture')
    const sent = events.map(({ exception: { values } }) => `${values.at(-1).type}: ${values.at(-1).value}`)
    expect(sent).to.have.members(['BadGateway: captured', 'NotFound: nobody caught it'])
  })
})
