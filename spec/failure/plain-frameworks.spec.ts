import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { BadGateway, Failure, MethodNotAllowed, NotFound } from '../../src/index.js'

// Frameworks that don't know this package send a Failure with its own status, and may assign to it the properties that
// they assign to any error.

/** Untyped, since only their behavior matters here. */
const [Koa, express, fastify, createError] = ['koa', 'express', 'fastify', 'http-errors'].map((name) => require(name))

async function responseOf(listener: RequestListener): Promise<Response> {
  const server = createServer(listener).listen(0)
  await once(server, 'listening')
  try {
    return await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.close()
  }
}

describe('A Failure in a plain framework', () => {
  const failure = () => new MethodNotAllowed('Only GET is allowed.', { allow: ['GET'] })

  it('is sent by Koa with its status and headers', async () => {
    const app = new Koa()
    app.silent = true
    app.use(() => {
      throw failure()
    })
    const response = await responseOf(app.callback())
    expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'GET'])
    expect(await response.text()).to.equal('Only GET is allowed.')
  })

  it('is sent by Express with its status and headers', async () => {
    const app = express().set('env', 'test')
    app.use(() => {
      throw failure()
    })
    const response = await responseOf(app)
    expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'GET'])
  })

  it('is sent by Fastify with its status', async () => {
    const app = fastify()
    app.get('/', async () => {
      throw failure()
    })
    expect((await app.inject('/')).statusCode).to.equal(405)
    await app.close()
  })

  it('passes through http-errors unchanged', () => {
    const notFound = new NotFound('No such book.')
    expect(createError(404, notFound)).to.equal(notFound)
    expect(createError(notFound)).to.include({ status: 404, expose: true, message: 'No such book.' })
  })

  it('keeps assigned properties, without changing other failures', () => {
    const changed: any = new BadGateway('secret')
    Object.assign(changed, { status: 410, title: 'Gone now', code: 'GONE', expose: true, type: '/gone' })
    Object.assign(changed, {
      detail: 'The book is gone.',
      instance: '/books/1',
      extensions: { shelf: 7 },
      headers: { A: 'b' },
    })
    expect(changed.toProblem()).to.deep.equal({
      type: '/gone',
      title: 'Gone now',
      status: 410,
      detail: 'The book is gone.',
      instance: '/books/1',
      code: 'GONE',
      shelf: 7,
    })
    expect(Object.keys(changed)).to.deep.equal([])
    expect(new BadGateway('secret').toProblem()).to.include({ status: 502, title: 'Bad Gateway' })
  })

  it('accepts fields that older compilers assign in a constructor', () => {
    class Named extends NotFound {
      override get name() {
        return 'Named'
      }
    }
    const Assigning = function (this: Failure) {
      const failure = Reflect.construct(Named, ['No such book.'], new.target)
      Object.assign(failure, { status: 410, name: 'Assigned' })
      return failure
    }
    Object.setPrototypeOf(Assigning, Named)
    Object.setPrototypeOf(Assigning.prototype, Named.prototype)
    const failure = Reflect.construct(Assigning, [])
    expect(failure).to.include({ status: 410, name: 'Assigned', message: 'No such book.' })
  })

  it('keeps accessors that have a setter or are not configurable', () => {
    let assigned: unknown
    class Own extends NotFound {}
    Object.defineProperty(Own.prototype, 'title', {
      get: () => 'Own',
      set: (value) => (assigned = value),
      configurable: true,
    })
    Object.defineProperty(Own.prototype, 'code', { get: () => 'OWN' })
    const own: any = new Own()
    own.title = 'Other'
    expect(assigned).to.equal('Other')
    expect(() => Object.assign(own, { code: 'OTHER' })).to.throw(TypeError)
  })
})
