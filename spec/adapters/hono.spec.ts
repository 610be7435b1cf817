import { expect } from 'chai'
import { Hono } from 'hono'
import { basicAuth } from 'hono/basic-auth'
import { bearerAuth } from 'hono/bearer-auth'
import { hc } from 'hono/client'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { jwt } from 'hono/jwt'
import { validator } from 'hono/validator'
import { failures, notFound, onError, problem } from '../../src/hono/index.js'
import { Conflict, type Failure, FailureResponder, NotFound, Unauthorized } from '../../src/index.js'

describe('http-failure/hono', () => {
  let reported: Failure[] = []
  const policy = { onFailure: (failure: Failure) => void reported.push(failure) }

  afterEach(() => {
    reported = []
  })

  it('returns the application, and calls onFailure once for each response', async () => {
    const app = new Hono()
    expect(failures(app, policy) === app).to.equal(true)
    app.get('/books/:isbn', () => {
      throw new NotFound('There is no such book.')
    })
    const response = await app.request('/books/1')
    expect(response.status).to.equal(404)
    expect(await response.json()).to.include({ detail: 'There is no such book.' })
    expect(reported).to.have.length(1)
  })

  for (const [title, thrown] of [
    ['a string', 'swordfish'],
    ['undefined', undefined],
    ['null', null],
    ['an object', { status: 404 }],
  ] as const) {
    it(`sends 500 for ${title}, which never reaches onError`, async () => {
      const app = failures(new Hono(), policy)
      app.get('/', () => {
        throw thrown
      })
      const response = await app.request('/')
      expect(response.status).to.equal(500)
      expect(await response.json()).to.deep.equal({ type: 'about:blank', title: 'Internal Server Error', status: 500 })
    })
  }

  it('handles errors with onError() and unknown paths with notFound() separately', async () => {
    const app = new Hono()
    app.onError(onError(new FailureResponder(policy)))
    app.notFound(notFound(policy))
    app.get('/', () => {
      throw new Conflict()
    })
    expect((await app.request('/')).status).to.equal(409)
    expect(await (await app.request('/unknown?token=swordfish')).text()).not.to.contain('swordfish')
  })

  describe('an HTTPException', () => {
    const respond = (error: HTTPException) => {
      const app = failures(new Hono(), policy)
      app.get('/', () => {
        throw error
      })
      return app.request('/')
    }

    it('keeps its status, its message, and the header fields of its response', async () => {
      const res = new Response('refused', { status: 403, headers: { 'X-Shelf': '7', 'Content-Language': 'en' } })
      const response = await respond(new HTTPException(403, { message: 'Members only.', res }))
      expect(response.status).to.equal(403)
      expect(response.headers.get('x-shelf')).to.equal('7')
      expect(await response.json()).to.include({ title: 'Forbidden', detail: 'Members only.' })
    })

    it('has no detail without a message', async () => {
      expect(await (await respond(new HTTPException(403))).json()).not.to.have.property('detail')
    })

    it('is sent as it is with a status below 400', async () => {
      const res = new Response(null, { status: 302, headers: { Location: '/login' } })
      const response = await respond(new HTTPException(302 as never, { res }))
      expect([response.status, response.headers.get('location')]).to.deep.equal([302, '/login'])
      expect(reported).to.deep.equal([])
    })
  })

  for (const [name, middleware, challenge] of [
    ['basicAuth', basicAuth({ username: 'a', password: 'b' }), /^Basic realm="/],
    ['bearerAuth', bearerAuth({ token: 'abc' }), /^Bearer realm="/],
    ['jwt', jwt({ secret: 'abc', alg: 'HS256' }), /^Bearer realm="/],
  ] as const) {
    it(`sends the challenge of ${name}()`, async () => {
      const app = failures(new Hono(), policy)
      app.use('/members/*', middleware)
      app.get('/members/1', ({ json }) => json({}))
      const response = await app.request('/members/1')
      expect(response.status).to.equal(401)
      expect(response.headers.get('www-authenticate')).to.match(challenge)
      expect(response.headers.get('content-type')).to.equal('application/problem+json')
      expect(reported.map(({ status }) => status)).to.deep.equal([401])
    })
  }

  describe('a body that is not JSON', () => {
    const app = failures(new Hono(), policy)
    app.post('/orders', async (c) => c.json(await c.req.json()))
    app.post('/text', async ({ req, text }) => {
      await req.text()
      JSON.parse('a configuration')
      return text('')
    })
    app.post('/raw', async ({ req, text }) => {
      await req.raw.json()
      return text('')
    })
    app.post(
      '/validated',
      validator('json', (value) => value),
      ({ json }) => json({}),
    )
    const post = (path: string, body: string) =>
      app.request(path, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })

    it('is a 400 with the position of the error', async () => {
      const response = await post('/orders', '{"isbn": swordfish}')
      expect(response.status).to.equal(400)
      expect(await response.json()).to.include({
        detail: 'The body is not valid JSON: syntax error at line 1, column 10.',
      })
      expect((await post('/orders', '')).status).to.equal(400)
      expect((await post('/orders', '{}')).status).to.equal(200)
      expect((await post('/validated', '{')).status).to.equal(400)
    })

    it('is not assumed for an error of another text', async () => {
      for (const body of ['{}', 'text']) expect((await post('/text', body)).status).to.equal(500)
      expect((await post('/raw', '{')).status).to.equal(500)
    })
  })

  describe('the header fields of the context', () => {
    it('are kept, except those of the success', async () => {
      const app = failures(new Hono(), policy)
      app.use(cors({ origin: 'https://shop.example', credentials: true }))
      app.use(async (c, next) => {
        await next()
        c.res.headers.set('X-Late', '1')
      })
      app.get('/before', (c) => {
        c.header('X-Request-Id', '7')
        c.header('ETag', '"1"')
        c.header('Set-Cookie', 'a=1')
        throw new NotFound({ headers: { Vary: 'Prefer', 'Set-Cookie': 'b=2' } })
      })
      const { headers } = await app.request('/before', { headers: { Origin: 'https://shop.example' } })
      expect(headers.get('x-request-id')).to.equal('7')
      expect(headers.get('x-late')).to.equal('1')
      expect(headers.get('access-control-allow-origin')).to.equal('https://shop.example')
      expect(headers.get('etag')).to.equal(null)
      expect(headers.get('vary')).to.equal('Prefer, Origin')
      expect(headers.getSetCookie()).to.deep.equal(['a=1', 'b=2'])
    })

    it('of a response that is replaced are not those of its content, which is cancelled', async () => {
      let isCancelled = false
      const body = new ReadableStream({
        cancel: () => {
          isCancelled = true
        },
      })
      const app = failures(new Hono(), policy)
      app.use(async (_, next) => {
        await next()
        throw new Conflict()
      })
      app.get('/', () => new Response(body, { headers: { 'Content-Type': 'text/csv', 'Content-Length': '7' } }))
      const response = await app.request('/')
      expect(response.status).to.equal(409)
      expect(response.headers.get('content-type')).to.equal('application/problem+json')
      expect(response.headers.has('content-length')).to.equal(false)
      expect(isCancelled).to.equal(true)
    })

    it('are kept for an unknown path', async () => {
      const app = failures(new Hono(), policy)
      app.use(async (c, next) => {
        c.header('X-Request-Id', '7')
        c.header('Vary', 'Origin')
        await next()
      })
      const { headers } = await app.request('/unknown')
      expect([headers.get('x-request-id'), headers.get('vary')]).to.deep.equal(['7', 'Origin'])
    })
  })

  it('sends 500 when a responder, or an error, throws', async () => {
    class Broken extends FailureResponder {
      override toReply(): never {
        throw new Error('The responder is broken.')
      }
    }
    const unreadable = Object.defineProperty(new Error('fail'), 'status', {
      get() {
        throw new Error('The accessor is broken.')
      },
    })
    const odd = Object.assign(new Error('fail'), { status: 302, getResponse: () => 'no response' })
    const { error } = console
    console.error = () => undefined
    try {
      for (const [responder, thrown] of [
        [new Broken(), new NotFound()],
        [new FailureResponder(policy), unreadable],
        [new FailureResponder(policy), odd],
      ] as const) {
        const app = new Hono()
        app.onError(onError(responder))
        app.get('/', () => {
          throw thrown
        })
        expect(await (await app.request('/')).json()).to.include({ status: 500 })
      }
    } finally {
      console.error = error
    }
  })

  it('covers the routes of an application that was added with route()', async () => {
    const books = new Hono().get('/:isbn', () => {
      throw new NotFound()
    })
    const app = failures(new Hono(), { ...policy, extend: (_, { path }) => ({ path }) })
    app.route('/books', books)
    expect(await (await app.request('/books/1')).json()).to.include({ path: '/books/1' })
  })

  it('sends HEAD with the Content-Length of GET', async () => {
    const app = failures(new Hono(), policy)
    const response = await app.request('/unknown', { method: 'HEAD' })
    expect([response.headers.get('content-length'), await response.text()]).to.deep.equal(['55', ''])
  })

  it('gives typed clients the status and the problem details of a returned failure', async () => {
    const app = failures(new Hono(), { ...policy, extend: () => ({ shop: 'books' }) })
    const routes = app.get('/books/:isbn', (c) => {
      if (c.req.param('isbn') === '1') return c.json({ isbn: '1' }, 200)
      if (c.req.param('isbn') === '2') return problem(c, new Unauthorized({ challenge: 'Bearer' }))
      return problem(c, new NotFound('There is no such book.'))
    })
    const client = hc<typeof routes>('http://localhost', { fetch: app.request as never })
    const response = await client.books[':isbn'].$get({ param: { isbn: '3' } })
    const status: 200 | 401 | 404 = response.status
    expect(status).to.equal(404)
    if (response.status !== 404) throw new Error('The type does not include the status.')
    const { title, detail, shop }: { title: string; detail?: string; shop?: unknown } = await response.json()
    expect([title, detail, shop]).to.deep.equal(['Not Found', 'There is no such book.', 'books'])
    expect(reported).to.have.length(1)
  })

  it('uses no policy for problem() without failures()', async () => {
    const app = new Hono().get('/', (c) => problem(c, new Conflict()))
    expect((await app.request('/')).status).to.equal(409)
  })
})
