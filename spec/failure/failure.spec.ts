import { inspect } from 'node:util'
import { expect } from 'chai'
import {
  BadGateway,
  BadRequest,
  Conflict,
  ContentTooLarge,
  createFailure,
  Failure,
  Forbidden,
  GatewayTimeout,
  InternalServerError,
  MethodNotAllowed,
  NotFound,
  NotImplemented,
  ServiceUnavailable,
  TooManyRequests,
  UnprocessableContent,
} from '../../src/index.js'

class OutOfStock extends Conflict {
  override get type() {
    return 'https://bookshop.example/problems/out-of-stock'
  }
  override get title() {
    return 'Out of stock'
  }
  override get code() {
    return 'OUT_OF_STOCK'
  }
}

describe('Failure', () => {
  it('is a 400 unless a class says otherwise', () => {
    class InvalidIsbn extends Failure {}
    expect(new InvalidIsbn().toProblem()).to.deep.equal({ type: 'about:blank', title: 'Bad Request', status: 400 })
  })

  it('is read like data', () => {
    const failure = new OutOfStock('No copy is left.', { instance: '/orders/7', extensions: { copies: 0 } })
    expect(failure.toProblem()).to.deep.equal({
      type: 'https://bookshop.example/problems/out-of-stock',
      title: 'Out of stock',
      status: 409,
      detail: 'No copy is left.',
      instance: '/orders/7',
      code: 'OUT_OF_STOCK',
      copies: 0,
    })
    expect(failure.extensions).to.deep.equal({ copies: 0 })
  })

  it('orders the members: the standard five, then code, then extensions', () => {
    const failure = new OutOfStock('No copy is left.', { extensions: { a: 1, code: 'X' }, instance: '/orders/7' })
    const members = ['type', 'title', 'status', 'detail', 'instance', 'code', 'a']
    expect(Object.keys(failure.toProblem())).to.deep.equal(members)
    expect(failure.toProblem()['code']).to.equal('OUT_OF_STOCK')
  })

  it('never lets an extension take the place of a standard member', () => {
    const extensions = { type: 'x', title: 'x', status: 200, detail: 'x', instance: 'x', isbn: '1' }
    expect(new NotFound({ extensions }).toProblem()).to.deep.equal({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      isbn: '1',
    })
  })

  it('leaves out an extension whose getter throws, and no other', () => {
    const extensions = Object.defineProperty({ isbn: '1' }, 'broken', { get: boom, enumerable: true })
    expect(new NotFound({ extensions }).extensions).to.deep.equal({ isbn: '1' })
  })

  it('takes __proto__ for a name like any other', () => {
    const extensions = JSON.parse('{"__proto__":{"admin":true},"constructor":1}')
    const problem = new NotFound({ extensions }).toProblem()
    expect(Object.keys(problem)).to.include.members(['__proto__', 'constructor'])
    expect((problem as { admin?: boolean }).admin).to.equal(undefined)
  })

  it('serialises to its problem document, so that JSON tells no secret', () => {
    const failure = new InternalServerError('The password is 1234.', { cause: new Error('secret') })
    expect(JSON.stringify(failure)).to.equal('{"type":"about:blank","title":"Internal Server Error","status":500}')
  })

  describe('the constructor', () => {
    it('takes an Error for the cause, wherever it stands, and nothing else from it', () => {
      const upstream = new ServiceUnavailable('Try later.', { retryAfter: 5, headers: { 'X-Upstream': '1' } })
      for (const failure of [
        new BadGateway(upstream as never),
        new BadGateway('The stock is unknown.', upstream as never),
      ]) {
        expect(failure.cause).to.equal(upstream)
        expect(failure.headers).to.deep.equal({})
        expect(failure.instance).to.equal(undefined)
      }
      expect(new BadGateway(upstream as never).detail).to.equal(undefined)
    })

    it('takes an error of another realm for a cause as well', async () => {
      const { runInNewContext } = await import('node:vm')
      const foreign = runInNewContext('new Error("from elsewhere")')
      expect(new BadGateway(foreign).cause).to.equal(foreign)
    })

    it('keeps a cause that is there, whatever it is', () => {
      expect(new NotFound({ cause: undefined })).to.have.own.property('cause', undefined)
      expect(new NotFound({ cause: 'a text' }).cause).to.equal('a text')
      expect(new NotFound()).not.to.have.own.property('cause')
    })

    const unusable: Record<string, unknown> = {
      null: null,
      'a number': 42,
      'a symbol': Symbol('x'),
      'a function': () => 'x',
      'a proxy that throws': new Proxy({}, { get: boom, has: boom, ownKeys: boom, getPrototypeOf: boom }),
      'a getter that throws': Object.defineProperty({}, 'cause', { get: boom, enumerable: true }),
    }
    for (const [what, value] of Object.entries(unusable)) {
      it(`never throws, given ${what}`, () => {
        for (const failure of [new NotFound(value as never), new NotFound('x', value as never)]) {
          expect(failure.toResponse().status).to.equal(404)
        }
      })
    }

    it('takes a number for a detail, and drops what is no text', () => {
      expect(new NotFound(42 as never).detail).to.equal('42')
      expect(new NotFound(Symbol('x') as never).detail).to.equal(undefined)
    })

    it('takes an empty text for a detail', () => {
      expect(new NotFound('').detail).to.equal('')
    })

    it('ignores options that are no data', () => {
      const options = { instance: 7, extensions: 'abc', headers: 'abc', expose: 'yes' }
      const failure = new NotFound(options as never)
      expect(failure.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
      expect(failure.headers).to.deep.equal({})
    })
  })

  describe('expose', () => {
    const hidden = { type: 'about:blank', title: 'Bad Gateway', status: 502 }

    it('keeps back what a 500, a 502, a 504 and an unregistered 5xx add', () => {
      for (const status of [500, 502, 504, 509, 599])
        expect(createFailure(status).expose, String(status)).to.equal(false)
      for (const status of [400, 404, 499, 501, 503, 507]) {
        expect(createFailure(status).expose, String(status)).to.equal(true)
      }
      expect(new GatewayTimeout().expose).to.equal(false)
      expect(new NotImplemented().expose).to.equal(true)
    })

    it('keeps back detail, instance and extensions', () => {
      const failure = new BadGateway('secret', { instance: '/secret', extensions: { secret: 1 } })
      expect(failure.toProblem()).to.deep.equal(hidden)
      expect(failure.message).to.equal('secret')
    })

    it('can be decided for one occurrence', () => {
      expect(new BadGateway('Said.', { expose: true }).toProblem()).to.deep.equal({ ...hidden, detail: 'Said.' })
      expect(new Forbidden('secret', { expose: false }).toProblem()).not.to.have.property('detail')
    })

    it('can be decided by a class', () => {
      class Quiet extends NotFound {
        override get expose() {
          return false
        }
      }
      expect(new Quiet('secret').toProblem()).not.to.have.property('detail')
    })
  })

  describe('an accessor that misbehaves', () => {
    const answer = (members: PropertyDescriptorMap) => {
      class Broken extends NotFound {}
      Object.defineProperties(Broken.prototype, members)
      return new Broken('What happened.').toResponse()
    }

    for (const status of [0, 200, 399, 600, 404.5, '404', Number.NaN, undefined, null, 404n]) {
      it(`answers status ${inspect(status)} as a 500`, async () => {
        const response = answer({ status: { get: () => status } })
        expect(response.status).to.equal(500)
        expect(await response.json()).to.deep.equal({
          type: 'about:blank',
          title: 'Internal Server Error',
          status: 500,
        })
      })
    }

    it('answers a status that throws as a 500', () => {
      expect(answer({ status: { get: boom } }).status).to.equal(500)
    })

    for (const name of ['type', 'title', 'detail', 'instance', 'code', 'extensions', 'headers', 'expose']) {
      it(`leaves out ${name} when it throws or is no data`, async () => {
        for (const get of [boom, () => 7, () => Symbol('x'), () => null]) {
          const response = answer({ [name]: { get } })
          expect(response.status).to.equal(404)
          expect(await response.json()).to.include({ type: 'about:blank', title: 'Not Found', status: 404 })
        }
      })
    }
  })

  describe('name and message', () => {
    it('can be set, as on any error', () => {
      const failure = new NotFound('There is no such book.')
      failure.name = 'Lost'
      failure.message = 'There is no book.'
      expect(String(failure)).to.equal('Lost: There is no book.')
      expect(failure.detail).to.equal('There is no book.')
      expect(Object.keys(failure)).to.deep.equal([])
    })

    it('takes a message that is set later for the detail', () => {
      const failure = new NotFound()
      failure.message = 'There is no book.'
      expect(failure.message).to.equal('There is no book.')
      expect(failure.detail).to.equal('There is no book.')
      expect(Object.keys(failure)).to.deep.equal([])
    })

    it('gives a nameless class the name Failure', () => {
      expect(new (class extends NotFound {})().name).to.equal('Failure')
    })
  })

  describe('headers', () => {
    it('are valid fields, and what is not is left out', () => {
      const headers = {
        'X-Good': 'yes',
        'X-Count': 3,
        'X-List': ['a', 'b'],
        'X-None': undefined,
        'X-Split': 'a\r\nSet-Cookie: b',
        'Bad Name': 'x',
        'X-Object': { a: 1 },
        'X-Empty': [],
      }
      expect(new NotFound({ headers: headers as never }).headers).to.deep.equal({
        'X-Good': 'yes',
        'X-Count': '3',
        'X-List': ['a', 'b'],
      })
    })

    it('compare without case, and keep several values', () => {
      const headers = { 'X-Shelf': '3', 'x-shelf': ['4', '5'], ['__proto__']: 'x' }
      expect(new NotFound({ headers }).headers).to.deep.equal({ 'X-Shelf': ['3', '4', '5'] })
    })

    it('may be given as pairs', () => {
      const headers = [['X-Shelf', '3'], ['X-Row'], 7, ['X-Shelf', '4']]
      expect(new NotFound({ headers: headers as never }).headers).to.deep.equal({ 'X-Shelf': ['3', '4'] })
    })

    it('that cannot be read are left out, and no others', () => {
      const headers = Object.defineProperty({ 'X-Row': '1' }, 'X-Shelf', { get: boom, enumerable: true })
      const failure = new MethodNotAllowed({ allow: ['GET'], headers })
      expect(failure.headers).to.deep.equal({ 'X-Row': '1', Allow: 'GET' })
    })

    it('may be given as a Headers, several cookies included', () => {
      const headers = new Headers({ 'X-Shelf': '3' })
      headers.append('Set-Cookie', 'a=1')
      headers.append('Set-Cookie', 'b=2')
      const failure = new NotFound({ headers })
      expect(failure.headers).to.deep.equal({ 'x-shelf': '3', 'set-cookie': ['a=1', 'b=2'] })
      expect(failure.toResponse().headers.getSetCookie()).to.deep.equal(['a=1', 'b=2'])
    })

    it('give way to the fields that the class owes', () => {
      const failure = new MethodNotAllowed({ allow: ['GET'], headers: { allow: 'POST' } })
      expect(failure.headers).to.deep.equal({ Allow: 'GET' })
    })

    it('can be added to by a class', () => {
      class Shelved extends TooManyRequests {
        override get headers() {
          return { ...super.headers, 'X-Shelf': '3' }
        }
      }
      expect(new Shelved({ retryAfter: 3 }).headers).to.deep.equal({ 'Retry-After': '3', 'X-Shelf': '3' })
    })
  })

  describe('toResponse', () => {
    it('carries the default header fields', () => {
      const { headers } = new NotFound().toResponse()
      expect(Object.fromEntries(headers)).to.deep.equal({
        'cache-control': 'no-store',
        'content-type': 'application/problem+json',
        'x-content-type-options': 'nosniff',
      })
    })

    it('has the phrase of its status, if there is one', () => {
      expect(new UnprocessableContent().toResponse().statusText).to.equal('Unprocessable Content')
      expect(createFailure(499).toResponse().statusText).to.equal('')
    })

    it('lets the failure decide on caching, except where HTTP forbids it', () => {
      const headers = { 'cache-control': 'max-age=60' }
      expect(new NotFound({ headers }).toResponse().headers.get('Cache-Control')).to.equal('max-age=60')
      for (const status of [428, 429, 431, 511]) {
        expect(createFailure(status, { headers }).toResponse().headers.get('Cache-Control')).to.equal('no-store')
      }
    })

    it('does not let the failure describe the content', () => {
      const headers = { 'Content-Type': 'text/html', 'Content-Length': '1', 'Transfer-Encoding': 'chunked' }
      const response = new NotFound({ headers }).toResponse()
      expect(response.headers.get('content-type')).to.equal('application/problem+json')
      expect(response.headers.has('content-length')).to.equal(false)
      expect(response.headers.has('transfer-encoding')).to.equal(false)
    })

    it('does not let a class break it by its own document', async () => {
      const documents: [() => unknown, object][] = [
        [
          () => ({ title: 'Lost', status: 200, shelf: 7 }),
          { type: 'about:blank', title: 'Lost', status: 404, shelf: 7 },
        ],
        [() => null, { type: 'about:blank', title: 'Not Found', status: 404 }],
        [boom, { type: 'about:blank', title: 'Not Found', status: 404 }],
      ]
      for (const [toProblem, expected] of documents) {
        class Own extends NotFound {}
        Object.defineProperty(Own.prototype, 'toProblem', { value: toProblem })
        const response = new Own().toResponse()
        expect(response.status).to.equal(404)
        expect(await response.json()).to.deep.equal(expected)
      }
    })

    it('uses the Response of the moment', () => {
      const original = globalThis.Response
      class Faster extends original {}
      globalThis.Response = Faster
      try {
        expect(new NotFound().toResponse()).to.be.instanceOf(Faster)
      } finally {
        globalThis.Response = original
      }
    })
  })

  describe('in a log', () => {
    it('shows what the client does not see, and the cause once', () => {
      const failure = new BadGateway('The stock is unknown.', {
        cause: new Error('connect ECONNREFUSED'),
        extensions: { order: 7 },
      })
      const log = inspect(failure)
      expect(log).to.match(/^BadGateway: The stock is unknown\./)
      expect(log).to.contain('order: 7')
      expect(log.match(/ECONNREFUSED/g)).to.have.length(1)
    })

    it('is a plain error when there is nothing to add', () => {
      expect(Reflect.ownKeys(new NotFound('x')).sort()).to.deep.equal(['message', 'stack'])
      expect(Reflect.ownKeys(new NotFound('x', { cause: 1 })).sort()).to.deep.equal(['cause', 'message', 'stack'])
    })
  })

  it('has no extensions when its constructor is shadowed', () => {
    const failure = Object.assign(new NotFound(), { constructor: undefined })
    expect(failure.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
  })

  it('survives a copy by structuredClone as an error', () => {
    expect(structuredClone(new BadRequest('x')).message).to.equal('x')
  })

  it('says when to come back', () => {
    const date = new Date(Date.UTC(2030, 0, 2, 3, 4, 5))
    expect(new ServiceUnavailable({ retryAfter: 1.2 }).headers).to.deep.equal({ 'Retry-After': '2' })
    expect(new TooManyRequests({ retryAfter: date }).headers).to.deep.equal({
      'Retry-After': 'Wed, 02 Jan 2030 03:04:05 GMT',
    })
    expect(new ContentTooLarge({ retryAfter: -1 }).headers).to.deep.equal({})
  })
})

function boom(): never {
  throw new Error('boom')
}
