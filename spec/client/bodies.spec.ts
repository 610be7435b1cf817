import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { Conflict, failureFromResponse } from '../../src/index.js'

// What a body may be like, other than a problem document. The failure is there all the same.

const PROBLEM = { type: 'urn:x', title: 'Taken', status: 409, detail: 'Über', shelf: 7 }
const BARE = { type: 'about:blank', title: 'Conflict', status: 409 }

async function problemOf(body: BodyInit, contentType?: string, limit?: number) {
  const response = new Response(body, { status: 409 })
  response.headers.delete('content-type')
  if (contentType !== undefined) response.headers.set('Content-Type', contentType)
  const failure = await failureFromResponse(response, { limit })
  expect(failure).to.be.instanceOf(Conflict)
  return failure.toProblem()
}

type BodyInit = ConstructorParameters<typeof Response>[0]

describe('failureFromResponse reads a body', () => {
  const json = JSON.stringify(PROBLEM)

  for (const type of [
    'application/problem+json',
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/vnd.books.v2+json;x=y',
    undefined,
  ]) {
    it(`of the type ${type}`, async () => {
      expect(await problemOf(json, type)).to.deep.equal(PROBLEM)
    })
  }

  for (const type of [
    'text/html',
    'text/plain',
    'application/xml',
    'application/jsonp',
    'application/json5',
    'image/x+json',
    '',
  ]) {
    it(`but not of the type ${type || 'that is empty'}`, async () => {
      expect(await problemOf(json, type)).to.deep.equal(BARE)
    })
  }

  it('with a byte order mark', async () => {
    expect(await problemOf(`\ufeff${json}`, 'application/json')).to.deep.equal(PROBLEM)
  })

  it('that comes in pieces, in mid-character', async () => {
    const bytes = new TextEncoder().encode(json)
    const pieces = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await problemOf(pieces, 'application/json')).to.deep.equal(PROBLEM)
  })

  it('that is not quite UTF-8', async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('{"title":"'), 0xff, ...new TextEncoder().encode('"}')])
    expect(await problemOf(bytes, 'application/json')).to.deep.equal({ ...BARE, title: '\ufffd' })
  })

  for (const body of [null, '', ' ', '{"title":"Tak', 'null', '7', '"x"', '[{}]', '<html>', '{"title":"x"}}']) {
    it(`that says nothing: ${JSON.stringify(body)}`, async () => {
      expect(await problemOf(body, 'application/json')).to.deep.equal(BARE)
    })
  }

  it('up to its limit, and not one byte further', async () => {
    const length = new TextEncoder().encode(json).length
    expect(await problemOf(json, 'application/json', length)).to.deep.equal(PROBLEM)
    expect(await problemOf(json, 'application/json', length - 1)).to.deep.equal(BARE)
  })

  it('up to 1 MiB by default', async () => {
    const sized = (size: number) => JSON.stringify({ title: 'x'.repeat(size - '{"title":""}'.length) })
    expect((await problemOf(sized(1_048_576), 'application/json')).title).to.match(/^x+$/)
    expect(await problemOf(sized(1_048_577), 'application/json')).to.deep.equal(BARE)
  })

  it('unless it was read before', async () => {
    const response = Response.json(PROBLEM, { status: 409 })
    await response.text()
    expect((await failureFromResponse(response)).toProblem()).to.deep.equal(BARE)
  })

  it('unless somebody else is reading it', async () => {
    for (const type of ['application/json', 'text/html']) {
      const response = new Response(json, { status: 409, headers: { 'Content-Type': type } })
      response.body?.getReader()
      expect((await failureFromResponse(response)).toProblem()).to.deep.equal(BARE)
    }
  })

  it('and uses it up; a clone is for whoever wants to read it as well', async () => {
    for (const type of ['application/json', 'text/html']) {
      const response = new Response(json, { status: 409, headers: { 'Content-Type': type } })
      await failureFromResponse(response.clone())
      expect(await response.clone().text()).to.equal(json)
      await failureFromResponse(response)
      expect(response.bodyUsed).to.equal(true)
    }
  })

  it('that breaks', async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error('boom'))
      },
    })
    expect(await problemOf(broken, 'application/json')).to.deep.equal(BARE)
  })

  it('that is no bytes', async () => {
    const strange = new ReadableStream({
      start(controller) {
        controller.enqueue(Symbol('x'))
        controller.close()
      },
    })
    expect(await problemOf(strange, 'application/json')).to.deep.equal(BARE)
  })

  for (const type of ['application/json', 'text/html']) {
    it(`and cancels the rest, whatever comes of it (${type})`, async () => {
      let cancelled = 0
      const endless = () =>
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(1000)),
          cancel: async () => {
            cancelled++
            throw new Error('boom')
          },
        })
      expect(await problemOf(endless(), type, 5000)).to.deep.equal(BARE)
      expect(cancelled).to.equal(1)
    })
  }
})

describe('failureFromResponse answers by a server', () => {
  const head = { 'Content-Type': 'application/problem+json', 'X-Shelf': '3' }
  let server: Server

  async function failureOf(listener: RequestListener, init?: RequestInit, limit?: number, onResponse?: () => void) {
    server = createServer(listener).listen(0)
    await once(server, 'listening')
    const response = await fetch(`http://localhost:${(server.address() as AddressInfo).port}/orders`, init)
    onResponse?.()
    return failureFromResponse(response, { limit })
  }

  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  it('that breaks off in mid-body', async () => {
    const failure = await failureOf((_, response) => {
      response.writeHead(409, head).write('{"title":"Tak')
      setTimeout(() => response.destroy(), 50)
    })
    expect(failure.toProblem()).to.deep.equal(BARE)
    expect(failure.headers['x-shelf']).to.equal('3')
  })

  it('that never stops talking', async () => {
    let closed: Promise<unknown> = Promise.reject(new Error('never asked'))
    closed.catch(() => {})
    const failure = await failureOf(
      (_, response) => {
        response.writeHead(409, head)
        const talk = setInterval(() => response.write('x'.repeat(1000)), 1)
        closed = once(response, 'close').then(() => clearInterval(talk))
      },
      {},
      10_000,
    )
    expect(failure.toProblem()).to.deep.equal(BARE)
    await closed
  })

  it('that falls silent, until the request is aborted', async () => {
    const patience = new AbortController()
    const abortSoon = () => setTimeout(() => patience.abort(), 50)
    const failure = await failureOf(
      (_, response) => response.writeHead(409, head).write('{'),
      { signal: patience.signal },
      undefined,
      abortSoon,
    )
    expect(failure.toProblem()).to.deep.equal(BARE)
    expect(failure.headers['x-shelf']).to.equal('3')
  })

  it('to a HEAD request', async () => {
    const failure = await failureOf((_, response) => response.writeHead(409, head).end(), { method: 'HEAD' })
    expect(failure.toProblem()).to.deep.equal(BARE)
  })

  it('whose types are relative to the URL of the answer', async () => {
    class Taken extends Conflict {
      override get type() {
        return '/problems/taken'
      }
    }
    server = createServer((request, response) => {
      const type = `http://${request.headers.host}/problems/taken`
      response.writeHead(409, head).end(JSON.stringify({ type }))
    }).listen(0)
    await once(server, 'listening')
    const response = await fetch(`http://localhost:${(server.address() as AddressInfo).port}/orders/7`)
    expect(await failureFromResponse(response, { classes: [Taken] })).to.be.instanceOf(Taken)
  })
})
