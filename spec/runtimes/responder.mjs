import { BadGateway, FailureResponder, NotFound, Unauthorized, withTraceId } from 'http-failure'
import { byAccept, html, problemJson, text } from 'http-failure/representations'
import { check, same } from './check.mjs'

const silent = { onFailure: () => undefined }
const url = 'https://bookshop.example/books/1?secret'
const requestFor = (headers = {}, method = 'GET') => new Request(url, { method, headers })

check('FailureResponder: sends a 500 without details for any value that is not a failure', async () => {
  for (const thrown of [new Error('secret'), 'secret', undefined, null, { status: 404 }]) {
    const response = new FailureResponder(silent).toResponse(thrown, requestFor())
    same(response.status, 500)
    same(await response.json(), { type: 'about:blank', title: 'Internal Server Error', status: 500 })
  }
})

check('FailureResponder: toReply() returns plain data', () => {
  const { status, headers, body } = new FailureResponder(silent).toReply(new NotFound())
  same([status, headers['Content-Type'], JSON.parse(body).title], [404, 'application/problem+json', 'Not Found'])
})

check('FailureResponder: applies translate, typeBase, describe and extend', async () => {
  class NoRow extends NotFound {
    get type() {
      return 'no-row'
    }
  }
  const responder = new FailureResponder({
    ...silent,
    typeBase: 'https://bookshop.example/problems/',
    translate: (error) => (error instanceof RangeError ? new NoRow({ cause: error }) : undefined),
    describe: (_failure, { languages: [language] }) => ({ title: 'Nicht gefunden', language }),
    extend: (_failure, { method, path, header }) => ({ method, path, agent: header('X-Agent') }),
  })
  const response = responder.toResponse(new RangeError(), requestFor({ 'Accept-Language': 'de', 'X-Agent': 'spec' }))
  same(response.headers.get('Content-Language'), 'de')
  same(await response.json(), {
    type: 'https://bookshop.example/problems/no-row',
    title: 'Nicht gefunden',
    status: 404,
    method: 'GET',
    path: '/books/1',
    agent: 'spec',
  })
})

check('FailureResponder: withTraceId reads the traceparent header', async () => {
  const headers = { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }
  const response = new FailureResponder({ ...silent, extend: withTraceId }).toResponse(
    new NotFound(),
    requestFor(headers),
  )
  same((await response.json()).traceId, '4bf92f3577b34da6a3ce929d0e0e4736')
})

check('FailureResponder: challenge and cacheControl set header fields that a failure does not set', () => {
  const responder = new FailureResponder({ ...silent, challenge: 'Bearer', cacheControl: () => 'max-age=60' })
  const { headers } = responder.toReply(new Unauthorized({ challenge: [] }))
  same([headers['WWW-Authenticate'], headers['Cache-Control']], ['Bearer', 'max-age=60'])
})

check('FailureResponder: calls onFailure once, with method and path of the request', () => {
  const calls = []
  const onFailure = (failure, { method, path }) => calls.push([failure.status, method, path])
  new FailureResponder({ onFailure }).toResponse(new NotFound(), requestFor({}, 'DELETE'))
  same(calls, [[404, 'DELETE', '/books/1']])
})

check('FailureResponder: ignores hooks that throw, and calls onWarning', () => {
  const warnings = []
  const fail = () => {
    throw new Error('a bug')
  }
  const onWarning = ({ name }) => warnings.push(name)
  const responder = new FailureResponder({ extend: fail, describe: fail, onFailure: fail, onWarning })
  same(responder.toResponse(new NotFound()).status, 404)
  same([...new Set(warnings)], ['FailureWarning'])
})

check('FailureResponder: logs server failures, and only those, to console.error by default', () => {
  const { error } = console
  const logged = []
  try {
    console.error = (...args) => logged.push(args)
    new FailureResponder().toResponse(new BadGateway('the stock service does not respond'), requestFor())
    new FailureResponder().toResponse(new NotFound(), requestFor())
  } finally {
    console.error = error
  }
  same(logged.length, 1)
})

check('FailureResponder: omits the content for HEAD', async () => {
  const response = new FailureResponder(silent).toResponse(new NotFound(), requestFor({}, 'HEAD'))
  same([response.status, await response.text()], [404, ''])
})

check('byAccept: sends the accepted representation, by default the first one', async () => {
  const responder = new FailureResponder({ ...silent, represent: byAccept(problemJson, html, text) })
  for (const [accept, mediaType] of [
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html; charset=utf-8'],
    ['text/plain', 'text/plain; charset=utf-8'],
    ['application/json', 'application/problem+json'],
    ['image/png', 'application/problem+json'],
    ['*/*', 'application/problem+json'],
    [';;;', 'application/problem+json'],
  ]) {
    const response = responder.toResponse(new NotFound('<b>'), requestFor({ Accept: accept }))
    same([accept, response.headers.get('Content-Type')], [accept, mediaType])
    same(response.headers.get('Vary'), 'Accept')
    if (accept.startsWith('text/html')) same((await response.text()).includes('&lt;b&gt;'), true)
  }
})
