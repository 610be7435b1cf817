import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { BadGateway, Failure, MethodNotAllowed, NotFound } from '../../src/index.js'

// What becomes of a Failure in the hands of others, who know nothing of this package: it is still answered with its own
// status, and they may write to it what they write to any error.

/** Without types: these frameworks are tried, not used. */
const [Koa, express, fastify, createError] = ['koa', 'express', 'fastify', 'http-errors'].map((name) => require(name))

async function answerOf(listener: RequestListener): Promise<Response> {
  const server = createServer(listener).listen(0)
  await once(server, 'listening')
  try {
    return await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.close()
  }
}

describe('A Failure without our help', () => {
  const failure = () => new MethodNotAllowed('Not that way.', { allow: ['GET'] })

  it('is answered by Koa with its status and its header fields', async () => {
    const app = new Koa()
    app.silent = true
    app.use(() => {
      throw failure()
    })
    const response = await answerOf(app.callback())
    expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'GET'])
    expect(await response.text()).to.equal('Not that way.')
  })

  it('is answered by Express with its status and its header fields', async () => {
    const app = express().set('env', 'test')
    app.use(() => {
      throw failure()
    })
    const response = await answerOf(app)
    expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'GET'])
  })

  it('is answered by Fastify with its status', async () => {
    const app = fastify()
    app.get('/', async () => {
      throw failure()
    })
    expect((await app.inject('/')).statusCode).to.equal(405)
    await app.close()
  })

  it('passes through http-errors', () => {
    const given = new NotFound('Lost.')
    expect(createError(404, given)).to.equal(given)
    expect(createError(given)).to.include({ status: 404, expose: true, message: 'Lost.' })
  })

  it('takes what is assigned to it, for itself alone', () => {
    const changed: any = new BadGateway('secret')
    Object.assign(changed, { status: 410, title: 'Gone now', code: 'GONE', expose: true, type: '/gone' })
    Object.assign(changed, {
      detail: 'It is gone.',
      instance: '/books/1',
      extensions: { shelf: 7 },
      headers: { A: 'b' },
    })
    expect(changed.toProblem()).to.deep.equal({
      type: '/gone',
      title: 'Gone now',
      status: 410,
      detail: 'It is gone.',
      instance: '/books/1',
      code: 'GONE',
      shelf: 7,
    })
    expect(Object.keys(changed)).to.deep.equal([])
    expect(new BadGateway('secret').toProblem()).to.include({ status: 502, title: 'Bad Gateway' })
  })

  it('may be extended with fields, as older compilers assign them', () => {
    class Named extends NotFound {
      override get name() {
        return 'Named'
      }
    }
    const Assigning = function (this: Failure) {
      const failure = Reflect.construct(Named, ['Lost.'], new.target)
      Object.assign(failure, { status: 410, name: 'Assigned' })
      return failure
    }
    Object.setPrototypeOf(Assigning, Named)
    Object.setPrototypeOf(Assigning.prototype, Named.prototype)
    const failure = Reflect.construct(Assigning, [])
    expect(failure).to.include({ status: 410, name: 'Assigned', message: 'Lost.' })
  })

  it('leaves accessors alone that have a setter, or cannot be changed', () => {
    let set: unknown
    class Own extends NotFound {}
    Object.defineProperty(Own.prototype, 'title', {
      get: () => 'Own',
      set: (value) => (set = value),
      configurable: true,
    })
    Object.defineProperty(Own.prototype, 'code', { get: () => 'OWN' })
    const own: any = new Own()
    own.title = 'Other'
    expect(set).to.equal('Other')
    expect(() => Object.assign(own, { code: 'OTHER' })).to.throw(TypeError)
  })
})
