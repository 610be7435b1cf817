import { createServer, type Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { expect } from 'chai'
import { createApp as createExpress } from '../../examples/express.js'
import { createApp as createFastify } from '../../examples/fastify.js'
import { createApp as createHono } from '../../examples/hono.js'
import { createApp as createKoa } from '../../examples/koa.js'
import { listening, type Running } from '../adapters/servers.js'

const starts: Readonly<Record<string, () => Promise<Running>>> = {
  express: () => listening(createServer(createExpress())),
  fastify: async () => {
    const app = await createFastify()
    return { origin: await app.listen({ port: 0 }), close: () => app.close() }
  },
  koa: () => listening(createServer(createKoa().callback())),
  hono: () => listening(createAdaptorServer({ fetch: createHono().fetch, overrideGlobalObjects: false }) as Server),
}

for (const [name, start] of Object.entries(starts)) {
  describe(`examples/${name}`, () => {
    let server: Running
    const logged: string[] = []
    const { error } = console

    before(async () => {
      console.error = (...given) => void logged.push(given.join(' '))
      server = await start()
    })

    after(async () => {
      console.error = error
      await server.close()
    })

    const call = (method: string, path: string, init: RequestInit = {}) =>
      fetch(`${server.origin}${path}`, { method, ...init })

    const order = (body: string) => call('POST', '/orders', { body, headers: { 'Content-Type': 'application/json' } })

    async function problemOf(response: Response, status: number): Promise<Record<string, unknown>> {
      expect(response.status).to.equal(status)
      expect(response.headers.get('content-type')).to.equal('application/problem+json')
      return (await response.json()) as Record<string, unknown>
    }

    it('lists all books, returns a single one, and takes an order', async () => {
      expect(await (await call('GET', '/books')).json()).to.have.property('9780441478125', 0)
      expect(await (await call('GET', '/books/9780441478125')).json()).to.deep.equal({
        isbn: '9780441478125',
        copies: 0,
      })
      expect((await order('{"isbn":"9780131103627"}')).status).to.equal(201)
    })

    it('sends 404 for an unknown book', async () => {
      expect(await problemOf(await call('GET', '/books/1'), 404)).to.include({ detail: 'There is no book 1.' })
    })

    it('sends 409 with the type of OutOfStock', async () => {
      expect(await problemOf(await order('{"isbn":"9780441478125"}'), 409)).to.deep.equal({
        type: 'https://bookshop.example/problems/out-of-stock',
        title: 'Out of stock',
        status: 409,
        detail: 'No copy of 9780441478125 is left.',
        isbn: '9780441478125',
      })
    })

    it('sends 400 for a body that is not JSON, and the errors of an invalid one', async () => {
      await problemOf(await order('{'), 400)
      const { errors } = await problemOf(await order('{}'), name === 'fastify' ? 400 : 422)
      expect(errors).to.have.length(1)
      expect((errors as object[])[0]).to.include({ pointer: '#/isbn' })
    })

    it('sends 401 with a challenge', async () => {
      const response = await call('GET', '/members/offers')
      expect(response.headers.get('www-authenticate')).to.equal('Bearer realm="members"')
      await problemOf(response, 401)
      const headers = { Authorization: 'Bearer reading-lamp' }
      expect((await call('GET', '/members/offers', { headers })).status).to.equal(200)
    })

    it('sends 500 without the message, which is logged', async () => {
      const problem = await problemOf(await call('GET', '/reports/sales'), 500)
      expect(JSON.stringify(problem)).not.to.contain('postgres')
      expect(logged.at(-1)).to.match(/^%s GET \/reports\/sales 500 .*postgres/s)
    })

    it('sends a page to a browser, and 404 for an unknown path', async () => {
      const page = await call('GET', '/unknown', { headers: { Accept: 'text/html' } })
      expect([page.status, page.headers.get('content-type')]).to.deep.equal([404, 'text/html; charset=utf-8'])
    })

    it('sends 405 where the router knows the path', async () => {
      const response = await call('DELETE', '/books')
      expect(response.status).to.equal(name === 'express' || name === 'koa' ? 405 : 404)
      if (response.status === 405) expect(response.headers.get('allow')).to.match(/^(GET, HEAD|HEAD, GET)$/)
    })
  })
}
