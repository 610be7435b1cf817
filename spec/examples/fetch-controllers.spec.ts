import { once } from 'node:events'
import { request as nodeRequest, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect } from 'chai'
import { Books, createServer, OutOfStock } from '../../examples/fetch-controllers.js'

describe('examples/fetch-controllers', () => {
  let server: Server
  let port: number
  const logged: unknown[][] = []
  const { error } = console

  beforeEach(async () => {
    logged.splice(0)
    console.error = (_format: string, ...args: unknown[]) => void logged.push(args)
    server = createServer().listen(0)
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  })

  afterEach(async () => {
    console.error = error
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })

  const call = (method: string, path: string, init: RequestInit = {}) =>
    fetch(`http://localhost:${port}${path}`, { method, ...init })
  const order = (body: string, type = 'application/json') =>
    call('POST', '/orders', { body, headers: { 'Content-Type': type } })

  it('lists all books and returns a single one', async () => {
    expect(await (await call('GET', '/books')).json()).to.have.property('9780131103627', 3)
    expect(await (await call('GET', '/books/9780131103627')).json()).to.deep.equal({ isbn: '9780131103627', copies: 3 })
  })

  it('sends 404 for an unknown book', async () => {
    expect(await problemOf(await call('GET', '/books/9780306406157'), 404)).to.deep.equal({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is no book 9780306406157.',
    })
  })

  it('sells the last copy to one of two concurrent customers', async () => {
    const responses = await Promise.all([order('{"isbn":"9780141439518"}'), order('{"isbn":"9780141439518"}')])
    const [sold, rejected] = responses.sort((one, other) => one.status - other.status) as [Response, Response]
    expect(sold.status).to.equal(201)
    expect(await problemOf(rejected, 409)).to.deep.equal({
      type: 'https://bookshop.example/problems/out-of-stock',
      title: 'Out of stock',
      status: 409,
      detail: 'No copy of 9780141439518 is left.',
      isbn: '9780141439518',
    })
    expect(new OutOfStock('9780141439518').toProblem()).to.have.property('isbn', '9780141439518')
  })

  it('rejects orders that are malformed, too large, not JSON or invalid', async () => {
    await problemOf(await order('{'), 400)
    await problemOf(await order(''), 400)
    await problemOf(await order('"'.repeat(20_000)), 413)
    expect((await order('isbn', 'text/plain')).headers.get('Accept')).to.equal('application/json')
    const pointers = { '{}': '#/isbn', '{"isbn":1}': '#/isbn', '[]': '#', null: '#', '1': '#' }
    for (const [body, pointer] of Object.entries(pointers)) {
      const errors = (await problemOf(await order(body), 422)).errors as object[]
      expect(errors, body).to.have.lengthOf(1)
      expect(errors[0], body).to.include({ pointer })
    }
  })

  it('sends 413 for a body of several megabytes and keeps running', async () => {
    const response = await order('"'.repeat(5_000_000))
    expect(await problemOf(response, 413)).to.have.property('detail', 'The body exceeds the limit of 10000 bytes.')
    expect((await call('GET', '/books')).status).to.equal(200)
  })

  it('sends HTML to browsers, from the controllers and from the server', async () => {
    const details = { '/nothing': 'There is nothing at /nothing.', '/books/1': 'There is no book 1.' }
    for (const [path, detail] of Object.entries(details)) {
      const response = await call('GET', path, { headers: { Accept: 'text/html,*/*;q=0.8' } })
      expect(response.headers.get('Content-Type')).to.equal('text/html; charset=utf-8')
      expect(await response.text()).to.contain(detail)
    }
  })

  it('lists the offers for a valid token only, otherwise sends 401', async () => {
    for (const headers of [{}, { Authorization: 'Bearer bread-lamp' }] as Record<string, string>[]) {
      const response = await call('GET', '/members/offers', { headers })
      expect(response.headers.get('WWW-Authenticate')).to.equal('Bearer realm="members"')
      await problemOf(response, 401)
    }
    const headers = { Authorization: 'Bearer reading-lamp' }
    expect((await call('GET', '/members/offers', { headers })).status).to.equal(200)
  })

  it('sends a 500 without details for a bug, and logs it once', async () => {
    expect(await problemOf(await call('GET', '/reports/sales'), 500)).to.deep.equal({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
    })
    expect(logged).to.have.lengthOf(1)
    const [summary, causes] = logged[0] as [string, string]
    expect(summary).to.equal('GET /reports/sales 500')
    expect(causes).to.include('correct-horse')
  })

  it('sends 404 for an unknown path', async () => {
    expect(await problemOf(await call('GET', '/'), 404)).to.have.property('detail', 'There is nothing at /.')
  })

  it('sends 405 with Allow when the path exists under other methods', async () => {
    for (const [path, allow] of [['/books', 'GET, HEAD'] as const, ['/orders', 'POST'] as const]) {
      const response = await call('DELETE', path)
      expect(response.headers.get('Allow')).to.equal(allow)
      await problemOf(response, 405)
    }
  })

  it('responds to HEAD like GET, without content', async () => {
    for (const path of ['/books', '/books/1', '/reports/sales', '/nothing']) {
      const [headResponse, getResponse] = [await call('HEAD', path), await call('GET', path)]
      expect(headResponse.status).to.equal(getResponse.status)
      expect(headResponse.headers.get('Content-Length')).to.equal(String((await getResponse.arrayBuffer()).byteLength))
      expect(await headResponse.text()).to.equal('')
    }
  })

  it('sends 400 for methods and URLs that a Fetch Request does not support', async () => {
    expect(await statusOf('TRACE', '/books')).to.equal(400)
    expect(await statusOf('GET', '//')).to.equal(400)
    expect(await statusOf('GET', 'http://[/books')).to.equal(400)
  })

  it('keeps running when a client disconnects', async () => {
    const incomplete =
      'POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"is'
    for (const head of [incomplete, 'GET /books HTTP/1.1\r\nHost: x\r\n\r\n']) {
      const socket = connect(port)
      await once(socket, 'connect')
      socket.write(head, () => socket.resetAndDestroy())
      await once(socket, 'close')
    }
    expect((await call('GET', '/books')).status).to.equal(200)
    expect(logged).to.deep.equal([])
  })

  it('returns a Response to direct callers of a controller', async () => {
    await problemOf(await new Books().show(new Request('http://localhost/books/1'), '1'), 404)
  })

  /** For requests that `fetch` cannot send. */
  async function statusOf(method: string, path: string): Promise<number | undefined> {
    const [response] = await once(nodeRequest({ port, method, path }).end(), 'response')
    response.resume()
    return response.statusCode
  }
})

async function problemOf(response: Response, status: number): Promise<Record<string, unknown>> {
  expect(response.status).to.equal(status)
  expect(response.headers.get('Content-Type')).to.equal('application/problem+json')
  return (await response.json()) as Record<string, unknown>
}
