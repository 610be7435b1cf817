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
    const pathOf = ({ request }: any) => new URL(request.url).pathname

    before(async () => {
      // Each is a request of its own, so that they arrive in any order.
      const arrived = await eventsOf('sentry-child.ts', 'visit')
      events = arrived.sort((one, other) => pathOf(one).localeCompare(pathOf(other)))
    })

    it('sends one event for each server failure, and none for a client failure', () => {
      expect(events.map(pathOf)).to.deep.equal(['/books/disk', '/books/disk', '/books/upstream', '/books/upstream'])
    })

    it('sends what was thrown, with all its causes', () => {
      const thrown = events.map(({ exception }) =>
        exception.values.map(({ type, value }: any) => `${type}: ${value}`).reverse(),
      )
      const disk = ['TypeError: cannot read the shelf', 'Error: disk full', 'Error: no quota']
      const upstream = ['BadGateway: Bad Gateway', 'Error: the printer says no']
      expect(thrown).to.deep.equal([disk, disk, upstream, upstream])
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
