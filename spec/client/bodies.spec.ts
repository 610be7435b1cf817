import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { Conflict, failureFromResponse, type ProblemType } from '../../src/index.js'

// Bodies other than valid problem details. A failure is returned in any case.

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

describe('failureFromResponse', () => {
  const json = JSON.stringify(PROBLEM)

  for (const type of [
    'application/problem+json',
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/vnd.books.v2+json;x=y',
    'text/json',
    'image/x+json',
    'model/gltf+json; charset=utf-8',
    undefined,
  ]) {
    it(`parses a body of type ${type ?? '(none)'}`, async () => {
      expect(await problemOf(json, type)).to.deep.equal(PROBLEM)
    })
  }

  for (const type of ['text/html', 'text/plain', 'application/xml', 'application/jsonp', 'application/json5', '']) {
    it(`ignores a body of type ${type || '(empty)'}`, async () => {
      expect(await problemOf(json, type)).to.deep.equal(BARE)
    })
  }

  it('accepts a byte order mark', async () => {
    expect(await problemOf(`\ufeff${json}`, 'application/json')).to.deep.equal(PROBLEM)
  })

  it('decodes characters that are split between chunks', async () => {
    const bytes = new TextEncoder().encode(json)
    const chunks = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await problemOf(chunks, 'application/json')).to.deep.equal(PROBLEM)
  })

  it('replaces invalid UTF-8 with U+FFFD', async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('{"title":"'), 0xff, ...new TextEncoder().encode('"}')])
    expect(await problemOf(bytes, 'application/json')).to.deep.equal({ ...BARE, title: '\ufffd' })
  })

  for (const body of [null, '', ' ', '{"title":"Tak', 'null', '7', '"x"', '[{}]', '<html>', '{"title":"x"}}']) {
    it(`ignores a body that is not a JSON object: ${JSON.stringify(body)}`, async () => {
      expect(await problemOf(body, 'application/json')).to.deep.equal(BARE)
    })
  }

  it('ignores a body that exceeds "limit" by one byte', async () => {
    const length = new TextEncoder().encode(json).length
    expect(await problemOf(json, 'application/json', length)).to.deep.equal(PROBLEM)
    expect(await problemOf(json, 'application/json', length - 1)).to.deep.equal(BARE)
  })

  it('reads up to 1 MiB by default', async () => {
    const sized = (size: number) => JSON.stringify({ title: 'x'.repeat(size - '{"title":""}'.length) })
    expect((await problemOf(sized(1_048_576), 'application/json')).title).to.match(/^x+$/)
    expect(await problemOf(sized(1_048_577), 'application/json')).to.deep.equal(BARE)
  })

  it('ignores a body that has already been read', async () => {
    const response = Response.json(PROBLEM, { status: 409 })
    await response.text()
    expect((await failureFromResponse(response)).toProblem()).to.deep.equal(BARE)
  })

  it('ignores a body that is locked by a reader', async () => {
    for (const type of ['application/json', 'text/html']) {
      const response = new Response(json, { status: 409, headers: { 'Content-Type': type } })
      response.body?.getReader()
      expect((await failureFromResponse(response)).toProblem()).to.deep.equal(BARE)
    }
  })

  it('consumes the body; passing a clone keeps the original readable', async () => {
    for (const type of ['application/json', 'text/html']) {
      const response = new Response(json, { status: 409, headers: { 'Content-Type': type } })
      await failureFromResponse(response.clone())
      expect(await response.clone().text()).to.equal(json)
      await failureFromResponse(response)
      expect(response.bodyUsed).to.equal(true)
    }
  })

  it('ignores a stream that fails', async () => {
    const failing = new ReadableStream({
      pull(controller) {
        controller.error(new Error('boom'))
      },
    })
    expect(await problemOf(failing, 'application/json')).to.deep.equal(BARE)
  })

  it('ignores a stream whose chunks are not bytes', async () => {
    const symbols = new ReadableStream({
      start(controller) {
        controller.enqueue(Symbol('x'))
        controller.close()
      },
    })
    expect(await problemOf(symbols, 'application/json')).to.deep.equal(BARE)
  })

  for (const type of ['application/json', 'text/html']) {
    it(`cancels the rest of the stream, even if cancel() rejects (${type})`, async () => {
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

describe('failureFromResponse with a response from a server', () => {
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

  it('restores the headers when the connection closes in the middle of the body', async () => {
    const failure = await failureOf((_, response) => {
      response.writeHead(409, head).write('{"title":"Tak')
      setTimeout(() => response.destroy(), 50)
    })
    expect(failure.toProblem()).to.deep.equal(BARE)
    expect(failure.headers['x-shelf']).to.equal('3')
  })

  it('stops reading an endless body at "limit" and closes the connection', async () => {
    let closed: Promise<unknown> = Promise.reject(new Error('The server received no request'))
    closed.catch(() => {})
    const failure = await failureOf(
      (_, response) => {
        response.writeHead(409, head)
        const interval = setInterval(() => response.write('x'.repeat(1000)), 1)
        closed = once(response, 'close').then(() => clearInterval(interval))
      },
      {},
      10_000,
    )
    expect(failure.toProblem()).to.deep.equal(BARE)
    await closed
  })

  it('restores the headers when the request is aborted during a stalled body', async () => {
    const controller = new AbortController()
    const abortSoon = () => setTimeout(() => controller.abort(), 50)
    const failure = await failureOf(
      (_, response) => response.writeHead(409, head).write('{'),
      { signal: controller.signal },
      undefined,
      abortSoon,
    )
    expect(failure.toProblem()).to.deep.equal(BARE)
    expect(failure.headers['x-shelf']).to.equal('3')
  })

  it('accepts the response to a HEAD request', async () => {
    const failure = await failureOf((_, response) => response.writeHead(409, head).end(), { method: 'HEAD' })
    expect(failure.toProblem()).to.deep.equal(BARE)
  })

  it('resolves the type of a class against the URL of the response', async () => {
    class Taken extends Conflict {
      static override readonly problem: ProblemType = { type: '/problems/taken' }
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
