import { request as httpRequest } from 'node:http'
import { Readable } from 'node:stream'
import Router from '@koa/router'
import { expect } from 'chai'
import { type Failure, NotFound } from '../../src/index.js'
import { failures } from '../../src/koa/index.js'
import { cutOff, request } from '../nestjs/request.js'
import { listening, type Running } from './servers.js'

for (const name of ['koa', 'koa2']) {
  const Koa = require(name)

  describe(`http-failure/koa with ${name === 'koa' ? 'Koa 3' : 'Koa 2'}`, () => {
    let server: Running | undefined
    let reported: Failure[] = []

    afterEach(async () => {
      await server?.close()
      reported = []
    })

    /** Starts an application with one middleware, or several. */
    async function start(...middleware: ((context: any, next: () => Promise<unknown>) => unknown)[]): Promise<string> {
      return (await startWith(() => undefined, ...middleware)).origin
    }

    async function startWith(configure: (app: any) => void, ...middleware: Function[]): Promise<Running> {
      const app = new Koa()
      configure(app)
      app.use(failures({ onFailure: (failure) => void reported.push(failure) }))
      for (const each of middleware) app.use(each)
      server = await listening(app.callback())
      return server
    }

    it('sends the status and message of ctx.throw()', async () => {
      const origin = await start((context) => context.throw(403, 'Members only.'))
      expect((await request(origin)).json()).to.deep.equal({
        type: 'about:blank',
        title: 'Forbidden',
        status: 403,
        detail: 'Members only.',
      })
    })

    it('does not turn HEAD of a failing route into 204', async () => {
      const origin = await start(() => {
        throw new NotFound()
      })
      const response = await request(origin, { method: 'HEAD' })
      expect([response.status, response.field('content-length')]).to.deep.equal([404, '55'])
    })

    for (const status of [400, 403, 404, 405, 501, 503]) {
      it(`sends problem details for ${status} without a body`, async () => {
        const origin = await start((context) => {
          context.status = status
        })
        expect((await request(origin)).json()).to.include({ status })
        expect(reported.map((failure) => failure.status)).to.deep.equal([status])
      })
    }

    it('leaves other responses to Koa', async () => {
      const origin = await start((context) => {
        if (context.path === '/text') context.body = 'text'
        if (context.path === '/own') Object.assign(context, { status: 404, body: 'nothing here' })
        if (context.path === '/empty') context.status = 204
        if (context.path === '/null') {
          context.status = 404
          context.body = null
          context.status = 404
        }
        if (context.path === '/bypassed') {
          context.respond = false
          context.res.statusCode = 404
          context.res.end('bypassed')
        }
      })
      const responses = await Promise.all(
        ['text', 'own', 'empty', 'bypassed', 'null'].map((path) => request(`${origin}/${path}`)),
      )
      expect(responses.map(({ status, body }) => [status, body])).to.deep.equal([
        [200, 'text'],
        [404, 'nothing here'],
        [204, ''],
        [404, 'bypassed'],
        [404, ''],
      ])
      expect(reported).to.deep.equal([])
    })

    it('keeps Allow and WWW-Authenticate of a response without a body', async () => {
      const origin = await start((context) => {
        context.status = context.path === '/members' ? 401 : 405
        context.set(context.path === '/members' ? { 'WWW-Authenticate': 'Bearer' } : { Allow: 'GET, HEAD' })
      })
      expect((await request(`${origin}/members`)).lines('www-authenticate')).to.deep.equal(['Bearer'])
      expect((await request(origin)).lines('allow')).to.deep.equal(['GET, HEAD'])
    })

    for (const throwing of [false, true]) {
      it(`sends 405 and 501 of allowedMethods({ throw: ${throwing} })`, async () => {
        const router = new Router()
        router.get('/books', (context: any) => {
          context.body = []
        })
        const origin = await start(router.routes() as never, router.allowedMethods({ throw: throwing }) as never)
        const response = await request(`${origin}/books`, { method: 'DELETE' })
        expect([response.status, response.field('allow')]).to.deep.equal([405, throwing ? undefined : 'HEAD, GET'])
        expect((await request(`${origin}/books`, { method: 'SEARCH' })).json()).to.include({ status: 501 })
        expect((await request(`${origin}/unknown`)).json()).to.include({ status: 404 })
      })
    }

    it('keeps header fields and cookies that were set before, and those set by an outer middleware after', async () => {
      const app = new Koa()
      app.use(async (context: any, next: () => Promise<unknown>) => {
        context.set('X-Request-Id', '7')
        await next()
        context.set('X-Late', 'too late')
      })
      app.use(failures({ onFailure: () => undefined }))
      app.use((context: any) => {
        context.cookies.set('session', '1')
        context.set('ETag', '"1"')
        throw new NotFound()
      })
      server = await listening(app.callback())
      const response = await request(server.origin)
      expect(response.field('x-request-id')).to.equal('7')
      expect(response.lines('set-cookie')).to.deep.equal(['session=1; path=/; httponly'])
      expect(response.names()).not.to.include.oneOf(['etag', 'x-late'])
    })

    // Koa 2 leaves the connection open, with and without the middleware.
    const inKoa3 = name === 'koa' ? it : () => undefined
    inKoa3('leaves a stream that fails later to Koa', async () => {
      const origin = await start((context) => {
        context.body = Readable.from(
          (async function* () {
            yield 'a row'
            await new Promise((resolve) => setTimeout(resolve, 5))
            throw new Error('The stream is broken.')
          })(),
        )
        context.app.silent = true
      })
      const { status } = await cutOff(request(origin))
      expect(status).to.equal(200)
      expect(reported).to.deep.equal([])
    })

    it('closes the connection when the head was sent', async () => {
      const origin = await start((context) => {
        context.res.write('a row')
        throw new NotFound()
      })
      expect((await cutOff(request(origin))).body).to.equal('a row')
      expect(reported).to.have.length(1)
    })

    describe('the error event', () => {
      it('is emitted for thrown errors, with the context', async () => {
        const emitted: unknown[] = []
        const thrown = new NotFound()
        const { origin } = await startWith(
          (app) => app.on('error', (error: unknown, context: any) => emitted.push([error, context.path])),
          (context: any) => {
            if (context.path === '/thrown') throw thrown
            if (context.path === '/string') throw 'swordfish'
          },
        )
        await request(`${origin}/thrown`)
        await request(`${origin}/unknown`)
        expect(emitted).to.deep.equal([[thrown, '/thrown']])
        await request(`${origin}/string`)
        const [error] = emitted[1] as [Error]
        expect(error).to.be.instanceOf(Error).with.property('message', 'non-error thrown: "swordfish"')
      })

      it('is not emitted for the listener that prints, since onFailure logs', async () => {
        const origin = await start(() => {
          throw new Error('connect ECONNREFUSED')
        })
        const { error } = console
        const printed: unknown[] = []
        console.error = (...given) => void printed.push(given)
        try {
          expect((await request(origin)).status).to.equal(500)
        } finally {
          console.error = error
        }
        expect(printed).to.deep.equal([])
        expect(reported).to.have.length(1)
      })
    })

    it('regards the error of a client that aborts an upload as a client error', async () => {
      const { json } = require('co-body')
      const origin = await start((context) => json(context))
      const outgoing = httpRequest(origin, {
        method: 'POST',
        headers: { 'Content-Length': '100', 'Content-Type': 'application/json' },
      })
      outgoing.on('error', () => undefined)
      outgoing.write('{"isbn":')
      await new Promise((resolve) => setTimeout(resolve, 20))
      outgoing.destroy()
      while (reported.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      expect(reported.map(({ status }) => status)).to.deep.equal([400])
    })
  })
}
