import { expect } from 'chai'
import pluginForFastify, { failures, frameworkErrors, problemSchema } from '../../src/fastify/index.js'
import { Conflict, type Failure, FailureResponder, NotFound } from '../../src/index.js'
import { cutOff, request } from '../nestjs/request.js'

for (const name of ['fastify', 'fastify4']) {
  const fastify = require(name)

  describe(`http-failure/fastify with ${name === 'fastify' ? 'Fastify 5' : 'Fastify 4'}`, () => {
    let app: any
    let reported: Failure[] = []
    const policy = { onFailure: (failure: Failure) => void reported.push(failure), onWarning: () => undefined }

    beforeEach(() => {
      reported = []
      app = fastify()
    })

    afterEach(() => app.close())

    const get = (url: string, options: object = {}) => app.inject({ method: 'GET', url, ...options })

    it('is the default export of the entry', () => {
      expect(pluginForFastify).to.equal(failures)
    })

    it('covers sibling plugins, whose own handlers win', async () => {
      await app.register(failures, policy)
      await app.register(async (books: any) => {
        books.get('/books/:isbn', async () => {
          throw new NotFound('There is no such book.')
        })
      })
      await app.register(
        async (legacy: any) => {
          legacy.setErrorHandler((_: unknown, _request: unknown, reply: any) => reply.code(418).send('own'))
          legacy.setNotFoundHandler((_: unknown, reply: any) => reply.code(410).send('gone'))
          legacy.get('/failing', async () => {
            throw new NotFound()
          })
        },
        { prefix: '/legacy' },
      )
      const response = await get('/books/1')
      expect([response.statusCode, response.headers['content-type']]).to.deep.equal([404, 'application/problem+json'])
      expect(response.json()).to.include({ detail: 'There is no such book.' })
      expect((await get('/unknown?token=swordfish')).body).not.to.contain('swordfish')
      expect((await get('/legacy/failing')).body).to.equal('own')
      expect((await get('/legacy/unknown')).body).to.equal('gone')
      expect(reported.map(({ status }) => status)).to.deep.equal([404, 404])
    })

    it('accepts a responder', async () => {
      await app.register(failures, new FailureResponder({ ...policy, extend: () => ({ shop: 'books' }) }))
      expect((await get('/unknown')).json()).to.include({ shop: 'books' })
    })

    it('accepts another policy in a plugin with a prefix', async () => {
      await app.register(failures, policy)
      await app.register(
        async (admin: any) => {
          await admin.register(failures, { ...policy, extend: () => ({ area: 'admin' }) })
        },
        { prefix: '/admin' },
      )
      expect((await get('/admin/unknown')).json()).to.include({ area: 'admin' })
      expect((await get('/unknown')).json()).not.to.have.property('area')
    })

    it('throws a TypeError for a second registration, invalid options, and another handler for unknown routes', async () => {
      const register = async (given: object, configure = (_: any) => undefined as unknown) => {
        const instance = fastify()
        configure(instance)
        instance.register(failures, given)
        return instance.ready().then(
          () => undefined,
          (error: unknown) => error,
        )
      }
      expect(await register(policy, (instance) => instance.register(failures, policy)))
        .to.be.instanceOf(TypeError)
        .with.property('message', 'failures: the plugin must be registered once, received it twice')
      expect(await register({ typeBase: '/problems' })).to.be.instanceOf(TypeError)
      expect(await register({ ...new FailureResponder(policy), notFound: false }))
        .to.be.instanceOf(TypeError)
        .with.property('message')
        .that.contains('write { ...responder.options }')
      expect(await register(policy, (instance) => instance.setNotFoundHandler(() => 'nothing')))
        .to.be.instanceOf(TypeError)
        .with.property(
          'message',
          'failures: there must be no other handler for unknown routes; register it before, or set the option "notFound" to false',
        )
    })

    it('leaves unknown routes to another handler with notFound: false', async () => {
      app.setNotFoundHandler((_: unknown, reply: any) => reply.code(404).send('nothing'))
      await app.register(failures, { ...policy, notFound: false })
      expect((await get('/unknown')).body).to.equal('nothing')
    })

    describe('the issues of a schema', () => {
      const order = {
        type: 'object',
        required: ['isbn'],
        additionalProperties: false,
        properties: {
          isbn: { type: 'string', pattern: '^\\d+$' },
          'a/b': { type: 'object', required: ['c~d'], properties: { 'c~d': { type: 'string' } } },
        },
      }
      beforeEach(async () => {
        app = fastify({ ajv: { customOptions: { removeAdditional: false, allErrors: true } } })
        await app.register(failures, policy)
        const page = { type: 'object', required: ['page'], properties: { page: { type: 'integer' } } }
        const key = { type: 'object', required: ['x-key'] }
        app.post('/orders', { schema: { body: order } }, async () => ({}))
        app.get('/books', { schema: { querystring: page } }, async () => ({}))
        app.get('/books/:page', { schema: { params: page } }, async () => ({}))
        app.get('/members', { schema: { headers: key } }, async () => ({}))
      })

      for (const [body, errors] of [
        [{}, [{ detail: "must have required property 'isbn'", pointer: '#/isbn' }]],
        [{ isbn: 'x' }, [{ detail: 'must match pattern "^\\d+$"', pointer: '#/isbn' }]],
        [{ isbn: '1', other: 1 }, [{ detail: 'must NOT have additional properties', pointer: '#/other' }]],
        [{ isbn: '1', 'a/b': {} }, [{ detail: "must have required property 'c~d'", pointer: '#/a~1b/c~0d' }]],
      ] as const) {
        it(`have a pointer in the body ${JSON.stringify(body)}`, async () => {
          const response = await app.inject({ method: 'POST', url: '/orders', payload: body })
          expect(response.json()).to.deep.equal({
            type: 'about:blank',
            title: 'Bad Request',
            status: 400,
            detail: 'The body failed validation.',
            errors,
          })
        })
      }

      for (const [url, located] of [
        ['/books', { detail: "must have required property 'page'", parameter: 'page' }],
        ['/books?page=x', { detail: 'must be integer', parameter: 'page' }],
        ['/books/x', { detail: 'must be integer', parameter: 'page' }],
        ['/members', { detail: "must have required property 'x-key'", header: 'x-key' }],
      ] as const) {
        it(`have a name in ${url}`, async () => {
          expect((await get(url)).json().errors).to.deep.equal([located])
        })
      }

      it('have the status of a schemaErrorFormatter, and a message without one of the validator', async () => {
        app = fastify({ schemaErrorFormatter: () => Object.assign(new Error('invalid'), { statusCode: 422 }) })
        await app.register(failures, policy)
        const options = {
          schema: { querystring: {} },
          validatorCompiler: () => () => ({ error: [{ keyword: 'isbn' }] }),
        }
        app.get('/books', options, async () => ({}))
        expect((await get('/books')).json()).to.deep.include({
          status: 422,
          errors: [{ detail: 'must match "isbn"' }],
        })
      })

      it('have status 400 when a schemaErrorFormatter sets a status below 400', async () => {
        app = fastify({ schemaErrorFormatter: () => Object.assign(new Error('invalid'), { statusCode: 200 }) })
        await app.register(failures, policy)
        app.get('/books', { schema: { querystring: { type: 'object', required: ['page'] } } }, async () => ({}))
        expect((await get('/books')).json()).to.deep.include({ status: 400, detail: 'The query failed validation.' })
      })
    })

    it('sends 400 for a path that cannot be decoded, with frameworkErrors', async () => {
      app = fastify({ frameworkErrors: frameworkErrors(policy) })
      await app.register(failures, policy)
      app.get('/books/:isbn', async () => ({}))
      expect((await get('/books/%zz?token=swordfish')).body).not.to.contain('swordfish')
      const response = await get('/books/%zz')
      expect([response.statusCode, response.headers['content-type']]).to.deep.equal([400, 'application/problem+json'])
    })

    it('closes the connection when the head was sent, and replaces a hijacked reply', async () => {
      await app.register(failures, policy)
      app.get('/rows', async (_: unknown, reply: any) => {
        reply.raw.write('a row')
        throw new Conflict()
      })
      app.get('/hijacked', async (_: unknown, reply: any) => {
        reply.hijack()
        throw new Conflict()
      })
      await app.listen({ port: 0 })
      const origin = `http://localhost:${app.server.address().port}`
      expect((await cutOff(request(`${origin}/rows`))).body).to.equal('a row')
      expect(reported).to.have.length(1)
    })

    // The current versions of these plugins require Fastify 5.
    if (name === 'fastify') {
      describe('keeps the status of an error of', () => {
        const inject = async (options: object) => {
          const response = await app.inject(options)
          expect(response.headers['content-type']).to.equal('application/problem+json')
          expect(response.json()).to.include({ status: response.statusCode })
          return response
        }

        beforeEach(async () => {
          await app.register(failures, policy)
        })

        it('@fastify/sensible', async () => {
          await app.register(require('@fastify/sensible'))
          app.get('/teapot', (_: unknown, reply: any) => reply.imateapot('Short and stout.'))
          app.get('/conflict', async () => {
            throw app.httpErrors.conflict('Taken.')
          })
          expect((await inject({ url: '/teapot' })).json()).to.include({ status: 418, detail: 'Short and stout.' })
          expect((await inject({ url: '/conflict' })).json()).to.include({ status: 409, detail: 'Taken.' })
        })

        it('@fastify/jwt', async () => {
          await app.register(require('@fastify/jwt'), { secret: 'a secret' })
          app.get('/members', { onRequest: (incoming: any) => incoming.jwtVerify() }, async () => ({}))
          expect((await inject({ url: '/members' })).statusCode).to.equal(401)
        })

        it('@fastify/rate-limit, with Retry-After', async () => {
          await app.register(require('@fastify/rate-limit'), { max: 1, timeWindow: 60_000 })
          app.get('/limited', async () => ({}))
          await app.inject('/limited')
          const response = await inject({ url: '/limited' })
          expect(response.statusCode).to.equal(429)
          expect(response.headers).to.have.property('retry-after')
        })

        it('@fastify/multipart', async () => {
          await app.register(require('@fastify/multipart'), { limits: { fileSize: 1 } })
          app.post('/covers', async (incoming: any) => {
            await (await incoming.file()).toBuffer()
          })
          const boundary = 'b'
          const payload = `--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nabc\r\n--${boundary}--\r\n`
          const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
          const upload = { method: 'POST', url: '/covers' }
          expect((await inject({ ...upload, headers, payload })).statusCode).to.equal(413)
          expect(
            (await inject({ ...upload, payload: 'x', headers: { 'content-type': 'text/csv' } })).statusCode,
          ).to.equal(415)
        })

        it('@fastify/under-pressure', async () => {
          await app.register(require('@fastify/under-pressure'), { maxEventLoopDelay: 1, pressureHandler: undefined })
          app.get('/books', async () => ({}))
          await app.ready()
          const started = Date.now()
          while (Date.now() - started < 50);
          await new Promise((resolve) => setTimeout(resolve, 1100))
          const before = Date.now()
          while (Date.now() - before < 1200);
          await new Promise((resolve) => setTimeout(resolve, 10))
          expect((await inject({ url: '/books' })).statusCode).to.equal(503)
        })
      })

      it('publishes problemSchema with @fastify/swagger', async () => {
        await app.register(require('@fastify/swagger'), { openapi: {} })
        await app.register(failures, policy)
        app.get('/books', { schema: { response: { '4xx': problemSchema } } }, async () => ({}))
        await app.ready()
        const { content } = app.swagger().paths['/books'].get.responses['4XX']
        expect(content['application/json'].schema).to.have.property('required').that.includes('status')
      })
    }

    it('logs to the logger of Fastify, if it is enabled', async () => {
      const lines: Record<string, unknown>[] = []
      const stream = { write: (line: string) => void lines.push(JSON.parse(line)) }
      app = fastify({ logger: { level: 'debug', stream } })
      await app.register(failures)
      app.get('/failing', async () => {
        throw new Error('connect ECONNREFUSED')
      })
      await get('/failing')
      await get('/unknown')
      const logged = lines.filter(({ msg }) => /^GET /.test(String(msg)))
      expect(logged.map(({ level, msg }) => [level, msg])).to.deep.equal([
        [50, 'GET /failing 500'],
        [20, 'GET /unknown 404'],
      ])
      expect(logged[0]?.['failure']).to.contain('Error: connect ECONNREFUSED')
    })

    it('logs to the console without an enabled logger', async () => {
      await app.register(failures)
      app.get('/failing', async () => {
        throw new Error('connect ECONNREFUSED')
      })
      const { error } = console
      const printed: unknown[][] = []
      console.error = (...given) => void printed.push(given)
      try {
        await get('/failing')
      } finally {
        console.error = error
      }
      expect(printed.map(([, summary]) => summary)).to.deep.equal(['GET /failing 500'])
    })

    it('has a schema of problem details for responses', async () => {
      await app.register(failures, policy)
      app.get('/books/:isbn', { schema: { response: { '4xx': problemSchema } } }, async () => {
        throw new NotFound('There is no such book.', { extensions: { isbn: '1' } })
      })
      expect((await get('/books/1')).json()).to.include({ detail: 'There is no such book.', isbn: '1' })
    })
  })
}
