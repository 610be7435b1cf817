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

  /** Runs a script and returns the events that Sentry receives. */
  async function eventsOf(script: string, ...options: string[]): Promise<any[]> {
    envelopes.splice(0)
    await outputOf(script, options, {
      SENTRY_DSN: `http://key@127.0.0.1:${(sentry.address() as AddressInfo).port}/1`,
    })
    // The header of an envelope is followed by its items, each with its own header.
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
      // Each event is sent in its own request, so that the order varies.
      const received = await eventsOf('sentry-child.ts', 'visit')
      events = received.sort((one, other) => pathOf(one).localeCompare(pathOf(other)))
    })

    it('sends one event per server failure, and none for client failures', () => {
      expect(events.map(pathOf)).to.deep.equal(['/books/disk', '/books/disk', '/books/upstream', '/books/upstream'])
    })

    it('sends the thrown error with all its causes', () => {
      const thrown = events.map(({ exception }) =>
        exception.values.map(({ type, value }: any) => `${type}: ${value}`).reverse(),
      )
      const disk = ['TypeError: cannot read the shelf', 'Error: disk full', 'Error: no quota']
      const upstream = ['BadGateway: Bad Gateway', 'Error: printer offline']
      expect(thrown).to.deep.equal([disk, disk, upstream, upstream])
    })

    it('does not send the header fields, query or body of a request', () => {
      for (const event of events) expect(Object.keys(event.request).sort()).to.deep.equal(['method', 'url'])
      expect(JSON.stringify(events)).not.to.include('-secret')
    })
  })

  it('drops a captured client failure, but sends an uncaught one', async () => {
    const events = await eventsOf('sentry-child.ts', 'capture')
    const sent = events.map(({ exception: { values } }) => `${values.at(-1).type}: ${values.at(-1).value}`)
    expect(sent).to.have.members(['BadGateway: captured', 'NotFound: uncaught'])
  })
})
