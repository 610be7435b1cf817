import { expect } from 'chai'
import { failureHandler, notFound } from '../../src/express/index.js'
import { type Failure, NotFound } from '../../src/index.js'
import { cutOff, request } from '../nestjs/request.js'
import { listening, type Running } from './servers.js'

for (const name of ['express', 'express4']) {
  const express = require(name)

  describe(`http-failure/express with ${name === 'express' ? 'Express 5' : 'Express 4'}`, () => {
    let server: Running | undefined
    let failures: [Failure, string | undefined][] = []

    afterEach(async () => {
      await server?.close()
      failures = []
    })

    const onFailure = (failure: Failure, { path }: { path: string | undefined }) => void failures.push([failure, path])

    /** Starts an application, whose errors are handled last. */
    async function start(configure: (app: any) => void, methodNotAllowed = false): Promise<string> {
      const app = express()
      configure(app)
      app.use(notFound({ methodNotAllowed }))
      app.use(failureHandler({ onFailure }))
      server = await listening(app)
      return server.origin
    }

    it('closes the connection when the head was sent, and calls onFailure', async () => {
      const origin = await start((app) =>
        app.get('/rows', (_: unknown, response: any, next: (error: unknown) => void) => {
          response.write('a row')
          setTimeout(() => next(new NotFound('There is no second row.')), 5)
        }),
      )
      const { status, body } = await cutOff(request(`${origin}/rows`))
      expect([status, body]).to.deep.equal([200, 'a row'])
      expect(failures.map(([{ detail }]) => detail)).to.deep.equal(['There is no second row.'])
    })

    it('passes the whole path to hooks in a mounted router', async () => {
      const origin = await start((app) => {
        const books = express.Router()
        books.get('/:isbn', (_: unknown, _response: unknown, next: (error: unknown) => void) => next(new NotFound()))
        app.use('/api', express.Router().use('/books', books))
      })
      await request(`${origin}/api/books/1?token=swordfish`)
      expect(failures[0]?.[1]).to.equal('/api/books/1')
    })

    it('sends 400 for a parameter that cannot be decoded', async () => {
      const origin = await start((app) => app.get('/books/:isbn', (_: unknown, response: any) => response.json({})))
      expect((await request(`${origin}/books/%zz`)).json()).to.include({ status: 400 })
    })

    it('leaves OPTIONS for a known path to Express', async () => {
      for (const methodNotAllowed of [false, true]) {
        const origin = await start(
          (app) => app.get('/books', (_: unknown, response: any) => response.json([])),
          methodNotAllowed,
        )
        const response = await request(`${origin}/books`, { method: 'OPTIONS' })
        expect([response.status, response.field('allow')?.replaceAll(' ', '')]).to.deep.equal([200, 'GET,HEAD'])
        expect((await request(`${origin}/unknown`, { method: 'OPTIONS' })).status).to.equal(404)
        await server?.close()
      }
    })

    it('regards undefined as no error, as Express does', async () => {
      const origin = await start((app) =>
        app.get('/nothing', (_: unknown, _response: unknown, next: (error?: unknown) => void) => next(undefined)),
      )
      expect((await request(`${origin}/nothing`)).status).to.equal(404)
    })

    it('can be used in a mounted application, with a policy of its own', async () => {
      const origin = await start((app) => {
        const admin = express()
        admin.get('/users', (_: unknown, response: any) => response.json([]))
        admin.use(notFound({ methodNotAllowed: true }))
        admin.use(failureHandler({ extend: () => ({ area: 'admin' }), onFailure }))
        app.use('/shops/:shop', admin)
      })
      const response = await request(`${origin}/shops/7/users`, { method: 'DELETE' })
      expect([response.status, response.field('allow')]).to.deep.equal([405, 'GET, HEAD'])
      expect(response.json()).to.include({ area: 'admin' })
      for (const path of ['/shops/7/unknown', '/shops/7'])
        expect((await request(`${origin}${path}`)).status).to.equal(404)
    })

    it('sends 405 in an application that is mounted at several paths, or in a router', async () => {
      const origin = await start((app) => {
        const users = express()
        users.get('/users', (_: unknown, response: any) => response.json([]))
        users.use(notFound({ methodNotAllowed: true }))
        users.use(failureHandler({ onFailure }))
        app.use(['/one', '/two'], users)
        app.use('/shop', express.Router().use('/admin', users))
      })
      for (const path of ['/one/users', '/two/users', '/shop/admin/users?a=1', '/TWO/users']) {
        const response = await request(`${origin}${path}`, { method: 'DELETE' })
        expect([path, response.status, response.field('allow')]).to.deep.equal([path, 405, 'GET, HEAD'])
      }
    })

    it('sends 404 if only OPTIONS is known, which CORS has registered', async () => {
      const all = name === 'express' ? '/*splat' : '/*'
      const origin = await start((app) => app.options(all, (_: unknown, response: any) => response.end()), true)
      expect((await request(`${origin}/unknown`)).status).to.equal(404)
    })

    describe('notFound({ methodNotAllowed: true })', () => {
      const routes = (app: any) => {
        const respond = (_: unknown, response: any) => response.json({})
        app.use((_: unknown, _response: unknown, next: () => void) => next())
        app.get('/books/:isbn', respond)
        app.route('/books').get(respond).post(respond)
        app.all('/any', (_: unknown, _response: unknown, next: () => void) => next())
        app.get('/skipped', (_: unknown, _response: unknown, next: () => void) => next())
        const orders = express.Router()
        orders.patch('/:id', respond)
        orders.put('/', respond)
        app.use('/shops/:shop/orders', orders)
      }

      for (const [method, path, allow] of [
        ['POST', '/books/1', 'GET, HEAD'],
        ['DELETE', '/books?token=1', 'GET, HEAD, POST'],
        ['DELETE', '/shops/7/orders/1', 'PATCH'],
        ['DELETE', '/shops/7/orders', 'PUT'],
      ] as const) {
        it(`sends 405 with Allow: ${allow} for ${method} ${path}`, async () => {
          const response = await request(`${await start(routes, true)}${path}`, { method })
          expect([response.status, response.field('allow')]).to.deep.equal([405, allow])
          expect(response.json()).to.include({ detail: `${method} is not allowed for this resource.` })
        })
      }

      for (const [method, path] of [
        ['GET', '/unknown'],
        ['POST', '/any'],
        ['GET', '/skipped'],
        ['GET', '/shops/7'],
        ['GET', '/shops/7/orders/1/items'],
      ] as const) {
        it(`sends 404 for ${method} ${path}`, async () => {
          const response = await request(`${await start(routes, true)}${path}`, { method })
          expect([response.status, response.field('allow')]).to.deep.equal([404, undefined])
        })
      }
    })
  })
}
