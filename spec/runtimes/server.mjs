import { createServer } from 'node:http'
import { FailureResponder, NotFound, TooManyRequests } from 'http-failure'
import { OutOfStock } from './domain.mjs'

// The server to which the clients in all runtimes send requests.

const failures = {
  '/out-of-stock': () => new OutOfStock('1'),
  '/missing': () => new NotFound('There is no such book.'),
  '/busy': () => new TooManyRequests({ retryAfter: 60 }),
  '/bug': () => new TypeError('secret'),
}

const responder = new FailureResponder({ onFailure: () => undefined })

/** Starts the server. Add entries to its `files` by path to serve them to browsers. */
export async function serve() {
  const files = {}
  const server = createServer((request, response) => {
    const file = files[request.url]
    if (file !== undefined) return response.writeHead(200, { 'Content-Type': file.type }).end(file.text)
    if (request.url === '/proxy') return response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Oops</h1>')
    const { status, headers, body } = responder.toReply(failures[request.url]?.() ?? new NotFound(), request)
    response.writeHead(status, headers).end(body)
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const close = () => {
    server.closeAllConnections()
    return new Promise((closed) => server.close(closed))
  }
  return { url: `http://127.0.0.1:${server.address().port}`, files, close }
}
