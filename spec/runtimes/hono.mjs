import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { Conflict, NotFound } from 'http-failure'
import { failures } from 'http-failure/hono'
import { check, same } from './check.mjs'

const appThat = (handler) => {
  const app = failures(new Hono(), { onFailure: () => undefined })
  app.all('/books/:isbn', handler)
  return app
}

const throwing = (thrown) =>
  appThat(() => {
    throw thrown
  })

check('Hono: sends failures, its own exceptions and unknown errors', async () => {
  const res = new Response(null, { headers: { 'WWW-Authenticate': 'Bearer' } })
  for (const [thrown, status] of [
    [new NotFound('There is no book 1.'), 404],
    [new HTTPException(401, { res }), 401],
    [new Error('secret'), 500],
    ['secret', 500],
  ]) {
    const response = await throwing(thrown).request('/books/1')
    same([response.status, response.headers.get('Content-Type')], [status, 'application/problem+json'])
    same(response.headers.get('WWW-Authenticate'), status === 401 ? 'Bearer' : null)
    same((await response.json()).status, status)
  }
})

check('Hono: sends 404 for an unknown path, and 400 for a body that is not JSON', async () => {
  const app = appThat(async (context) => context.json(await context.req.json()))
  same((await app.request('/unknown')).status, 404)
  same((await app.request('/books/1', { method: 'POST', body: '{' })).status, 400)
})

check('Hono: keeps header fields of the context, except those of the success', async () => {
  const app = appThat((context) => {
    context.header('X-Request-Id', '7')
    context.header('ETag', '"1"')
    throw new Conflict()
  })
  const { headers } = await app.request('/books/1')
  same([headers.get('X-Request-Id'), headers.get('ETag')], ['7', null])
})
