import { Readable } from 'node:stream'
import { expect } from 'chai'
import { type Failure, failureFromResponse, NotFound, type ReceivedResponse } from '../../src/index.js'
import { closeServers, listen } from '../listen.js'

// Responses of HTTP clients other than fetch. The guide "The client" runs real ones.

const PROBLEM = { type: 'urn:lost', title: 'Lost', status: 404, detail: 'Über', shelf: 7 }
const JSON_TEXT = JSON.stringify(PROBLEM)
const BARE = { type: 'about:blank', title: 'Not Found', status: 404 }

function restoredFrom(data: unknown, others: Partial<ReceivedResponse> = {}): Promise<Failure> {
  return failureFromResponse({ status: 404, headers: {}, data, ...others })
}

async function problemFrom(data: unknown, others?: Partial<ReceivedResponse>): Promise<object> {
  return (await restoredFrom(data, others)).toProblem()
}

describe('failureFromResponse with a response that a client has read', () => {
  after(closeServers)

  const bytes = Buffer.from(JSON_TEXT)
  const contents: Record<string, () => unknown> = {
    'parsed JSON': () => PROBLEM,
    text: () => JSON_TEXT,
    'a Buffer': () => bytes,
    'an ArrayBuffer': () => new Uint8Array(bytes).buffer,
    'a Blob': () => new Blob([JSON_TEXT]),
    'a stream of the web': () => new Blob([JSON_TEXT]).stream(),
    'a stream of Node': () => Readable.from([bytes.subarray(0, 20), bytes.subarray(20)]),
  }
  for (const [name, content] of Object.entries(contents)) {
    it(`restores the members from ${name}`, async () => {
      expect(await problemFrom(content())).to.deep.equal(PROBLEM)
      expect(await problemFrom(content(), { headers: { 'content-type': 'text/html' } })).to.deep.equal(BARE)
    })
  }

  for (const data of [undefined, null, '', 'Lost.', 7, [], { shelf: 7 }, new Uint8Array([0xff])]) {
    it(`restores the status if the data is ${JSON.stringify(data)}`, async () => {
      const failure = await restoredFrom(data)
      expect(failure).to.be.instanceOf(NotFound)
      expect(failure.toProblem()).to.include(BARE)
    })
  }

  it('reads text and streams up to the limit', async () => {
    for (const content of [contents['text'], contents['a stream of Node']]) {
      const response = { status: 404, headers: {}, data: content?.() }
      expect((await failureFromResponse(response, { limit: 20 })).toProblem()).to.deep.equal(BARE)
    }
  })

  it('closes a stream that it does not read, and survives one that fails', async () => {
    const unread = Readable.from([bytes])
    await restoredFrom(unread, { headers: { 'Content-Type': 'text/html' } })
    await new Promise((resolve) => setImmediate(resolve))
    expect(unread.destroyed).to.equal(true)
    const failing = new Readable({ read: () => failing.destroy(new Error('The disk is broken.')) })
    expect(await problemFrom(failing)).to.deep.equal(BARE)
  })

  it('restores the members from a stream of strings, and from the body of superagent', async () => {
    expect(await problemFrom(Readable.from([JSON_TEXT]).setEncoding('utf8'))).to.deep.equal(PROBLEM)
    expect(await problemFrom(undefined, { body: PROBLEM })).to.deep.equal(PROBLEM)
  })

  it('survives a stream that emits an error when it is destroyed', async () => {
    const undici = require('undici')
    const origin = await listen((_, response) => {
      response.writeHead(502, { 'Content-Type': 'text/html' }).write('<html>')
    })
    const { statusCode: status, headers, body: data } = await undici.request(origin)
    expect((await failureFromResponse({ status, headers, data })).status).to.equal(502)
    await new Promise((resolve) => setTimeout(resolve, 20))
  })

  it('keeps secrets in the URL of the response out of the type', async () => {
    for (const type of ['/oos', '#oos', '?oos']) {
      const url = 'https://user:pass@stock.example/a?api_key=secret#x'
      expect((await restoredFrom({ type, status: 404 }, { url })).type).to.match(
        /^https:\/\/stock\.example\/(?:a?[?#])?oos$/,
      )
    }
  })

  it('accepts header fields as Headers, as entries and as a record with several values', async () => {
    const record = {
      'X-Shelf': '7',
      'Retry-After': 60,
      'x-served-by': ['a', 'b'],
      'Set-Cookie': ['a=1'],
      'bad name': 'x',
    }
    for (const headers of [
      record,
      new Map(Object.entries(record)),
      new Headers({ 'x-shelf': '7', 'x-served-by': 'a, b' }),
    ]) {
      const { headers: restored } = await restoredFrom(PROBLEM, { headers })
      expect(restored).to.include({ 'x-shelf': '7', 'x-served-by': 'a, b' })
      expect(restored).not.to.have.any.keys('set-cookie', 'bad name')
    }
    expect(await restoredFrom({}, { status: 503, headers: record })).to.include({ retryAfter: 60 })
  })

  it('resolves a relative type against the URL of the response, wherever a client keeps it', async () => {
    const url = 'https://books.example/books/1'
    const relative = { ...PROBLEM, type: '/problems/lost' }
    for (const others of [
      { url },
      { request: { res: { responseUrl: url } } },
      { request: { responseURL: url } },
      { request: new Request(url) },
    ]) {
      expect(await restoredFrom(relative, others)).to.include({ type: 'https://books.example/problems/lost' })
    }
    expect(await restoredFrom(relative)).to.include({ type: '/problems/lost' })
  })

  it('rejects anything that is not a response', async () => {
    for (const [value, received] of Object.entries({
      undefined: 'undefined',
      '"a"': '"a"',
      '{"status":404}': '{"status":404}',
    })) {
      const response = value === 'undefined' ? undefined : JSON.parse(value)
      const error = await failureFromResponse(response).catch((rejection: unknown) => rejection)
      expect(error).to.be.instanceOf(TypeError)
      expect(error).to.have.property(
        'message',
        `failureFromResponse: the response must be a Response, or have a status, headers and data, received ${received}`,
      )
    }
    const error = await restoredFrom({}, { status: 200 }).catch((rejection: unknown) => rejection)
    expect(error).to.be.instanceOf(RangeError)
  })

  it('restores the failure from a response of node-fetch, whose body is a stream of Node', async () => {
    const origin = await listen((_, response) => {
      response.writeHead(404, { 'Content-Type': 'application/problem+json' }).end(JSON_TEXT)
    })
    const { headers, body } = await fetch(origin)
    const response = { status: 404, headers, url: origin, bodyUsed: false, body: Readable.fromWeb(body as never) }
    expect((await failureFromResponse(response as never)).toProblem()).to.deep.equal(PROBLEM)
  })
})
