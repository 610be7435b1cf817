import { inspect } from 'node:util'
import { expect } from 'chai'
import { buildSchema, graphql } from 'graphql'
import {
  BadGateway,
  BadRequest,
  Conflict,
  ContentTooLarge,
  createFailure,
  Extension,
  Failure,
  Forbidden,
  failureFromProblem,
  GatewayTimeout,
  InternalServerError,
  MethodNotAllowed,
  NotFound,
  NotImplemented,
  ServiceUnavailable,
  TooManyRequests,
  Unauthorized,
  UnavailableForLegalReasons,
  UnprocessableContent,
  UpgradeRequired,
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
  it('has the status 400 unless a class overrides it', () => {
    class InvalidIsbn extends Failure {}
    expect(new InvalidIsbn().toProblem()).to.deep.equal({ type: 'about:blank', title: 'Bad Request', status: 400 })
  })

  it('converts to problem details with all its members', () => {
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

  it('orders its members: standard members, then code, then extensions', () => {
    const failure = new OutOfStock('No copy is left.', { extensions: { a: 1, code: 'X' }, instance: '/orders/7' })
    const members = ['type', 'title', 'status', 'detail', 'instance', 'code', 'a']
    expect(Object.keys(failure.toProblem())).to.deep.equal(members)
    expect(failure.toProblem()['code']).to.equal('OUT_OF_STOCK')
  })

  it('ignores extensions with the name of a standard member', () => {
    const extensions = { type: 'x', title: 'x', status: 200, detail: 'x', instance: 'x', isbn: '1' }
    expect(new NotFound({ extensions }).toProblem()).to.deep.equal({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      isbn: '1',
    })
  })

  it('omits only the extension whose getter throws', () => {
    const extensions = Object.defineProperty({ isbn: '1' }, 'broken', { get: boom, enumerable: true })
    expect(new NotFound({ extensions }).extensions).to.deep.equal({ isbn: '1' })
  })

  it('accepts __proto__ as the name of an extension', () => {
    const extensions = JSON.parse('{"__proto__":{"admin":true},"constructor":1}')
    const problem = new NotFound({ extensions }).toProblem()
    expect(Object.keys(problem)).to.include.members(['__proto__', 'constructor'])
    expect((problem as { admin?: boolean }).admin).to.equal(undefined)
  })

  it('serializes to its problem details, so that JSON.stringify() exposes no secret', () => {
    const failure = new InternalServerError('The password is 1234.', { cause: new Error('secret') })
    expect(JSON.stringify(failure)).to.equal('{"type":"about:blank","title":"Internal Server Error","status":500}')
  })

  describe('the constructor', () => {
    it('uses an Error in either position as the cause, and ignores its members', () => {
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

    it('uses an error of another realm as the cause', async () => {
      const { runInNewContext } = await import('node:vm')
      const foreign = runInNewContext('new Error("from elsewhere")')
      expect(new BadGateway(foreign).cause).to.equal(foreign)
    })

    it('keeps any cause, even undefined', () => {
      expect(new NotFound({ cause: undefined })).to.have.own.property('cause', undefined)
      expect(new NotFound({ cause: 'a string' }).cause).to.equal('a string')
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
    for (const [label, value] of Object.entries(unusable)) {
      it(`does not throw for ${label}`, () => {
        for (const failure of [new NotFound(value as never), new NotFound('x', value as never)]) {
          expect(failure.toResponse().status).to.equal(404)
        }
      })
    }

    it('converts a number to a detail, and ignores a symbol', () => {
      expect(new NotFound(42 as never).detail).to.equal('42')
      expect(new NotFound(Symbol('x') as never).detail).to.equal(undefined)
    })

    it('accepts an empty string as the detail', () => {
      expect(new NotFound('').detail).to.equal('')
    })

    it('ignores options of the wrong type', () => {
      const options = { instance: 7, extensions: 'abc', headers: 'abc', expose: 'yes' }
      const failure = new NotFound(options as never)
      expect(failure.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
      expect(failure.headers).to.deep.equal({})
    })
  })

  describe('expose', () => {
    const hidden = { type: 'about:blank', title: 'Bad Gateway', status: 502 }

    it('is false by default for 500, 502, 504 and unregistered 5xx only', () => {
      for (const status of [500, 502, 504, 509, 599])
        expect(createFailure(status).expose, String(status)).to.equal(false)
      for (const status of [400, 404, 499, 501, 503, 507]) {
        expect(createFailure(status).expose, String(status)).to.equal(true)
      }
      expect(new GatewayTimeout().expose).to.equal(false)
      expect(new NotImplemented().expose).to.equal(true)
    })

    it('withholds detail, instance and extensions if it is false', () => {
      const failure = new BadGateway('secret', { instance: '/secret', extensions: { secret: 1 } })
      expect(failure.toProblem()).to.deep.equal(hidden)
      expect(failure.message).to.equal('secret')
      expect(failure.extensions).to.deep.equal({})
      expect(failure.extensions).not.to.have.property('secret')
    })

    it('withholds extensions from a server of graphql-js, which copies those of any error', async () => {
      class Broken extends InternalServerError {
        @Extension() readonly shelf = 7
      }
      const schema = buildSchema('type Query { book: String, secret: String }')
      const book = () => {
        throw new Broken('secret', { extensions: { secret: 'created' } })
      }
      const secret = () => {
        throw failureFromProblem({ status: 502, secret: 'received' })
      }
      const result = await graphql({ schema, source: '{ book secret }', rootValue: { book, secret } })
      const [broken, restored] = JSON.parse(JSON.stringify(result)).errors
      expect(broken.extensions).to.deep.equal({ shelf: 7 })
      expect(restored).not.to.have.property('extensions')
    })

    it('can be set by an option', () => {
      expect(new BadGateway('Public.', { expose: true }).toProblem()).to.deep.equal({ ...hidden, detail: 'Public.' })
      expect(new Forbidden('secret', { expose: false }).toProblem()).not.to.have.property('detail')
    })

    it('can be overridden by a class', () => {
      class Quiet extends NotFound {
        override get expose() {
          return false
        }
      }
      expect(new Quiet('secret').toProblem()).not.to.have.property('detail')
    })
  })

  describe('with an invalid accessor', () => {
    const responseWith = (members: PropertyDescriptorMap) => {
      class Broken extends NotFound {}
      Object.defineProperties(Broken.prototype, members)
      return new Broken('Something went wrong.').toResponse()
    }

    for (const status of [0, 200, 399, 600, 404.5, '404', Number.NaN, undefined, null, 404n]) {
      it(`responds with 500 for status ${inspect(status)}`, async () => {
        const response = responseWith({ status: { get: () => status } })
        expect(response.status).to.equal(500)
        expect(await response.json()).to.deep.equal({
          type: 'about:blank',
          title: 'Internal Server Error',
          status: 500,
        })
      })
    }

    it('responds with 500 for a status that throws', () => {
      expect(responseWith({ status: { get: boom } }).status).to.equal(500)
    })

    for (const name of ['type', 'title', 'detail', 'instance', 'code', 'extensions', 'headers', 'expose']) {
      it(`ignores ${name} if it throws or has the wrong type`, async () => {
        for (const get of [boom, () => 7, () => Symbol('x'), () => null]) {
          const response = responseWith({ [name]: { get } })
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
      failure.name = 'Gone'
      expect(failure.name).to.equal('Gone')
      expect(failure.detail).to.equal('There is no book.')
      expect(Object.keys(failure)).to.deep.equal([])
    })

    it('set the detail if the message is assigned later', () => {
      const failure = new NotFound()
      failure.message = 'There is no book.'
      expect(failure.message).to.equal('There is no book.')
      expect(failure.detail).to.equal('There is no book.')
      expect(Object.keys(failure)).to.deep.equal([])
    })

    it('default to Failure as the name of an anonymous class', () => {
      expect(new (class extends NotFound {})().name).to.equal('Failure')
    })
  })

  describe('headers', () => {
    it('omit fields with an invalid name or value', () => {
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

    it('merge names case-insensitively, and omit __proto__', () => {
      const { headers } = new NotFound({
        headers: { 'X-Shelf': '3', 'x-shelf': ['4', '5'], ['__proto__']: ['x', 'y'] },
      })
      expect(headers).to.deep.equal({ 'X-Shelf': ['3', '4', '5'] })
      expect(Object.getPrototypeOf(headers)).to.equal(Object.prototype)
    })

    it('contain the fields of the status in a class that only inherits the prototype', () => {
      function ReadOnly(): MethodNotAllowed {
        return Object.setPrototypeOf(new MethodNotAllowed({ allow: ['GET'] }), ReadOnly.prototype)
      }
      ReadOnly.prototype = Object.create(MethodNotAllowed.prototype, { constructor: { value: ReadOnly } })
      expect(ReadOnly().headers).to.deep.equal({ Allow: 'GET' })
    })

    it('may be computed from the problem details', () => {
      class Typed extends NotFound {
        override get headers() {
          return { 'X-Type': this.toProblem().type }
        }
      }
      expect(new Typed().toResponse().headers.get('X-Type')).to.equal('about:blank')
    })

    it('accept an array of pairs', () => {
      const headers = [['X-Shelf', '3'], ['X-Row'], 7, ['X-Row', '1', '2'], [7, '1'], 'ab', ['X-Shelf', '4']]
      expect(new NotFound({ headers: headers as never }).headers).to.deep.equal({ 'X-Shelf': ['3', '4'] })
    })

    it('omit only the fields whose getter throws', () => {
      const headers = Object.defineProperty({ 'X-Row': '1' }, 'X-Shelf', { get: boom, enumerable: true })
      const failure = new MethodNotAllowed({ allow: ['GET'], headers })
      expect(failure.headers).to.deep.equal({ 'X-Row': '1', Allow: 'GET' })
    })

    it('accept a Headers object, including several cookies', () => {
      const headers = new Headers({ 'X-Shelf': '3' })
      headers.append('Set-Cookie', 'a=1')
      headers.append('Set-Cookie', 'b=2')
      const failure = new NotFound({ headers })
      expect(failure.headers).to.deep.equal({ 'x-shelf': '3', 'set-cookie': ['a=1', 'b=2'] })
      expect(failure.toResponse().headers.getSetCookie()).to.deep.equal(['a=1', 'b=2'])
    })

    it('do not override a field that the class sets', () => {
      const failure = new TooManyRequests({ retryAfter: 5, headers: { 'retry-after': '7' } })
      expect(failure.headers).to.deep.equal({ 'Retry-After': '5' })
    })

    it('begin a list that the class continues', () => {
      const allowed = new MethodNotAllowed({ allow: ['GET', 'HEAD'], headers: { allow: 'POST' } })
      expect(allowed.headers).to.deep.equal({ Allow: 'POST, GET, HEAD' })
      const upgrade = new UpgradeRequired({ upgrade: ['HTTP/3'], headers: { Connection: 'close' } })
      expect(upgrade.headers).to.deep.equal({ Upgrade: 'HTTP/3', Connection: 'close, upgrade' })
      const blocked = new UnavailableForLegalReasons({ blockedBy: '/isp', headers: { link: '</help>; rel="help"' } })
      expect(blocked.headers).to.deep.equal({ Link: ['</help>; rel="help"', '</isp>; rel="blocked-by"'] })
      const headers = { 'www-authenticate': ['Bearer', 'Basic realm="a, b"'] }
      const challenged = new Unauthorized({ challenge: ['Bearer', 'Negotiate'], headers })
      expect(challenged.headers).to.deep.equal({ 'WWW-Authenticate': ['Bearer', 'Basic realm="a, b"', 'Negotiate'] })
      const one = new Unauthorized({ challenge: 'Bearer', headers: { 'WWW-Authenticate': 'Bearer' } })
      expect(one.headers).to.deep.equal({ 'WWW-Authenticate': 'Bearer' })
    })

    it('have one value if they can have only one, and list values in one line where HTTP/2 in Node needs it', () => {
      const headers = { 'Retry-After': ['5', '7'], location: '/a', Location: '/b', 'Content-Language': ['de', 'en'] }
      expect(new NotFound({ headers }).headers).to.deep.equal({
        'Retry-After': '5',
        location: '/a',
        'Content-Language': 'de, en',
      })
    })

    it('contain Retry-After from an accessor of the class', () => {
      class Patient extends TooManyRequests {
        override get retryAfter() {
          return 7
        }
      }
      expect(new Patient().headers).to.deep.equal({ 'Retry-After': '7' })
    })

    it('can be extended by a class', () => {
      class Shelved extends TooManyRequests {
        override get headers() {
          return { ...super.headers, 'X-Shelf': '3' }
        }
      }
      expect(new Shelved({ retryAfter: 3 }).headers).to.deep.equal({ 'Retry-After': '3', 'X-Shelf': '3' })
    })
  })

  describe('toResponse', () => {
    it('sets the default headers', () => {
      const { headers } = new NotFound().toResponse()
      expect(Object.fromEntries(headers)).to.deep.equal({
        'cache-control': 'no-store',
        'content-type': 'application/problem+json',
        'x-content-type-options': 'nosniff',
      })
    })

    it('sets statusText to the phrase of a registered status', () => {
      expect(new UnprocessableContent().toResponse().statusText).to.equal('Unprocessable Content')
      expect(createFailure(499).toResponse().statusText).to.equal('')
    })

    it('keeps Cache-Control of the failure unless HTTP forbids caching', () => {
      const headers = { 'cache-control': 'max-age=60' }
      expect(new NotFound({ headers }).toResponse().headers.get('Cache-Control')).to.equal('max-age=60')
      for (const status of [428, 429, 431, 511]) {
        expect(createFailure(status, { headers }).toResponse().headers.get('Cache-Control')).to.equal('no-store')
      }
    })

    it('has no field that permits caching if HTTP forbids it', () => {
      const permitting = { 'CDN-Cache-Control': 'max-age=60', 'surrogate-control': 'max-age=60', Expires: '0' }
      expect(new NotFound({ headers: permitting }).toResponse().headers.get('cdn-cache-control')).to.equal('max-age=60')
      for (const status of [428, 429, 431, 511]) {
        const { headers } = createFailure(status, { headers: { ...permitting, 'X-Shelf': '7' } }).toResponse()
        expect(Object.fromEntries(headers)).to.deep.equal({
          'content-type': 'application/problem+json',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'x-shelf': '7',
        })
      }
    })

    it('ignores Content-Type, Content-Length and Transfer-Encoding of the failure', () => {
      const headers = { 'Content-Type': 'text/html', 'Content-Length': '1', 'Transfer-Encoding': 'chunked' }
      const response = new NotFound({ headers }).toResponse()
      expect(response.headers.get('content-type')).to.equal('application/problem+json')
      expect(response.headers.has('content-length')).to.equal(false)
      expect(response.headers.has('transfer-encoding')).to.equal(false)
    })

    it('corrects the problem details of a class with an invalid toProblem()', async () => {
      const documents: [() => unknown, object][] = [
        [
          () => ({ title: 'Lost', status: 200, shelf: 7 }),
          { type: 'about:blank', title: 'Lost', status: 404, shelf: 7 },
        ],
        [
          () => ({ detail: 'On loan.', instance: '/loans/7' }),
          { type: 'about:blank', title: 'Not Found', status: 404, detail: 'On loan.', instance: '/loans/7' },
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

    it('uses the current globalThis.Response', () => {
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

  describe('in util.inspect()', () => {
    it('shows the withheld members, and the cause once', () => {
      const failure = new BadGateway('The stock is unknown.', {
        cause: new Error('connect ECONNREFUSED'),
        extensions: { order: 7 },
      })
      const log = inspect(failure)
      expect(log).to.match(/^BadGateway: The stock is unknown\./)
      expect(log).to.contain('order: 7')
      expect(log.match(/ECONNREFUSED/g)).to.have.length(1)
    })

    it('has no own properties other than those of an error', () => {
      expect(Reflect.ownKeys(new NotFound('x')).sort()).to.deep.equal(['message', 'stack'])
      expect(Reflect.ownKeys(new NotFound('x', { cause: 1 })).sort()).to.deep.equal(['cause', 'message', 'stack'])
    })
  })

  it('converts to problem details even if its constructor property is shadowed', () => {
    const failure = Object.assign(new NotFound(), { constructor: undefined })
    expect(failure.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
  })

  it('keeps its message in structuredClone()', () => {
    expect(structuredClone(new BadRequest('x')).message).to.equal('x')
  })

  it('sets Retry-After in seconds or as a date, and omits negative seconds', () => {
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
