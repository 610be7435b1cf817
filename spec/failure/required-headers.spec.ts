import { expect } from 'chai'
import {
  type Challenge,
  MethodNotAllowed,
  NotFound,
  ProxyAuthenticationRequired,
  RangeNotSatisfiable,
  ServiceUnavailable,
  Unauthorized,
  UnavailableForLegalReasons,
  UnsupportedMediaType,
  UpgradeRequired,
} from '../../src/index.js'

// The headers that the specification of a status requires or allows.

describe('Unauthorized', () => {
  const fieldOf = (challenge: Challenge | readonly Challenge[]) =>
    new Unauthorized({ challenge }).headers['WWW-Authenticate']

  it('sends a string challenge unchanged', () => {
    expect(fieldOf('Bearer realm="books"')).to.equal('Bearer realm="books"')
  })

  it('builds a challenge from a scheme and its parameters, which are quoted', () => {
    expect(fieldOf({ scheme: 'Bearer', realm: 'the "new" books\\', max_age: 5 })).to.equal(
      'Bearer realm="the \\"new\\" books\\\\", max_age="5"',
    )
    expect(fieldOf({ scheme: 'Negotiate' })).to.equal('Negotiate')
  })

  it('sends several challenges in separate fields', async () => {
    const challenge = ['Bearer realm="books"', { scheme: 'Basic', realm: 'books' }]
    expect(fieldOf(challenge)).to.deep.equal(['Bearer realm="books"', 'Basic realm="books"'])
    const response = new Unauthorized({ challenge }).toResponse()
    expect(response.headers.get('www-authenticate')).to.equal('Bearer realm="books", Basic realm="books"')
  })

  it('omits invalid challenges and parameters', () => {
    const invalid = ['', 'a\nb', 7, null, {}, { scheme: 'a b' }, { scheme: 7 }]
    expect(fieldOf([...invalid, 'Bearer'] as never)).to.equal('Bearer')
    expect(fieldOf(invalid as never)).to.equal(undefined)
    const parameters = { error: undefined, hint: null, list: ['a'], symbol: Symbol('x') }
    expect(fieldOf({ scheme: 'Bearer', ...parameters, realm: 'books' } as never)).to.equal('Bearer realm="books"')
    expect(fieldOf({ scheme: 'Bearer', 'bad name': 'x', realm: 'books' })).to.equal('Bearer realm="books"')
    for (const list of [
      ', ,',
      ',',
      'Bearer, realm=',
      'Bearer realm="a" b',
      'a=b',
      'Basic "realm"',
      'Bearer realm="a',
    ]) {
      expect(fieldOf(list), list).to.equal(undefined)
    }
    const unreadable = Object.defineProperty({ scheme: 'Bearer' }, 'realm', { get: fail, enumerable: true })
    expect(fieldOf(unreadable as never)).to.equal('Bearer')
  })

  it('accepts lists of challenges, and a token68', () => {
    const lists = [
      'Basic realm="a, b", charset="UTF-8", Negotiate oYG/zMIGwo+AMKAQE==',
      'Bearer',
      ' Bearer realm=books ,',
    ]
    for (const list of lists.map((value) => value.trim())) expect(fieldOf(list)).to.equal(list)
    expect(fieldOf({ scheme: 'Negotiate', token68: 'oYGzMIGwoAMKAQE=' })).to.equal('Negotiate oYGzMIGwoAMKAQE=')
    expect(fieldOf({ scheme: 'Negotiate', token68: 'not a token', realm: 'a' })).to.equal('Negotiate realm="a"')
  })

  it('omits invalid parts of a frozen failure, too', () => {
    const failure = Object.freeze(new Unauthorized({ challenge: ['Bearer', ', ,'] }))
    expect(failure.headers).to.deep.equal({ 'WWW-Authenticate': 'Bearer' })
  })

  it('adds an empty realm to Basic without one', () => {
    expect(fieldOf({ scheme: 'Basic' })).to.equal('Basic realm=""')
    expect(fieldOf({ scheme: 'BASIC', charset: 'UTF-8' })).to.equal('BASIC charset="UTF-8", realm=""')
    expect(fieldOf({ scheme: 'Basic', Realm: 'a' })).to.equal('Basic Realm="a"')
    for (const given of ['Basic abc==', 'Basic realm=a', 'Bearer, Basic', 'Basic2'])
      expect(fieldOf(given)).to.equal(given)
  })

  it('sends a question mark in place of each character that cannot be sent', () => {
    expect(fieldOf({ scheme: 'Basic', realm: 'Łódź' })).to.equal('Basic realm="?ód?"')
    expect(fieldOf({ scheme: 'Basic', realm: 'a\r\nb\u{1f4d6}\t\x7f' })).to.equal('Basic realm="a??b?\t?"')
    expect(fieldOf('Basic realm="Łódź"')).to.equal('Basic realm="?ód?"')
    expect(fieldOf('Basic realm="Bücher"')).to.equal('Basic realm="Bücher"')
  })
})

function fail(): never {
  throw new Error('The accessor is broken.')
}

describe('ProxyAuthenticationRequired', () => {
  it('sends its challenge in Proxy-Authenticate', () => {
    expect(new ProxyAuthenticationRequired({ challenge: { scheme: 'Basic', realm: 'proxy' } }).headers).to.deep.equal({
      'Proxy-Authenticate': 'Basic realm="proxy"',
    })
  })
})

describe('MethodNotAllowed', () => {
  it('lists the allowed methods in Allow', () => {
    expect(new MethodNotAllowed({ allow: ['GET', 'HEAD', 'PURGE'] }).headers).to.deep.equal({
      Allow: 'GET, HEAD, PURGE',
    })
  })

  it('sends an empty Allow if no method is allowed', () => {
    expect(new MethodNotAllowed({ allow: [] }).headers).to.deep.equal({ Allow: '' })
    expect(new MethodNotAllowed({ allow: [] }).toResponse().headers.get('allow')).to.equal('')
  })

  it('omits invalid methods', () => {
    const allowed = (allow: unknown) => new MethodNotAllowed({ allow } as never).headers
    expect(allowed(['GET', 'BAD METHOD', 7, null])).to.deep.equal({ Allow: 'GET, 7' })
    for (const invalid of [['BAD METHOD'], [null], '', {}, new Set(['GET'])]) {
      expect(allowed(invalid)).to.deep.equal({})
    }
  })

  it('accepts a list in a string', () => {
    expect(new MethodNotAllowed({ allow: 'GET, HEAD' as never }).headers).to.deep.equal({ Allow: 'GET, HEAD' })
  })
})

describe('UpgradeRequired', () => {
  it('sends Connection: upgrade with an own Upgrade, too', () => {
    const headersOf = (headers: Record<string, string>) => new NotFound({ headers }).headers
    expect(headersOf({ upgrade: 'HTTP/3' })).to.deep.equal({ upgrade: 'HTTP/3', Connection: 'upgrade' })
    const complete = { Upgrade: 'HTTP/3', Connection: 'close, Upgrade' }
    expect(headersOf(complete)).to.deep.equal(complete)
  })

  it('sends the protocols in Upgrade, with Connection: upgrade', () => {
    expect(new UpgradeRequired({ upgrade: ['HTTP/3', 'websocket'] }).headers).to.deep.equal({
      Upgrade: 'HTTP/3, websocket',
      Connection: 'upgrade',
    })
  })

  it('omits invalid protocols', () => {
    expect(new UpgradeRequired({ upgrade: ['a/b/c', 'a/b c', 'x y/1', 'x y', ''] }).headers).to.deep.equal({})
  })
})

describe('UnsupportedMediaType', () => {
  it('sends the supported media types in Accept, or codings in Accept-Encoding', () => {
    expect(new UnsupportedMediaType({ accept: ['application/json', 'text/csv'] }).headers).to.deep.equal({
      Accept: 'application/json, text/csv',
    })
    expect(new UnsupportedMediaType({ acceptEncoding: 'gzip' }).headers).to.deep.equal({ 'Accept-Encoding': 'gzip' })
    const ranges = 'text/*;q=0.5, application/json;profile="a,b";q=1, */*'
    expect(new UnsupportedMediaType({ accept: ranges }).headers).to.deep.equal({ Accept: ranges })
    const codings = ['gzip;q=1.0', 'identity, *;q=0']
    const acceptEncoding = 'gzip;q=1.0, identity, *;q=0'
    expect(new UnsupportedMediaType({ acceptEncoding: codings }).headers).to.deep.equal({
      'Accept-Encoding': acceptEncoding,
    })
  })

  it('omits invalid media types and codings', () => {
    const accept = ['a\nb', 'not a type', 'text', '/', '*/html', 'text/html;q', 7, 'text/csv']
    expect(new UnsupportedMediaType({ accept } as never).headers).to.deep.equal({ Accept: 'text/csv' })
    expect(new UnsupportedMediaType({ accept: 'not a type' }).headers).to.deep.equal({})
    expect(new UnsupportedMediaType({ acceptEncoding: ['g zip'] }).headers).to.deep.equal({})
  })
})

describe('RangeNotSatisfiable', () => {
  it('sends the length of the content in Content-Range', () => {
    expect(new RangeNotSatisfiable({ length: 47022 }).headers).to.deep.equal({ 'Content-Range': 'bytes */47022' })
    expect(new RangeNotSatisfiable({ length: 0 }).headers).to.deep.equal({ 'Content-Range': 'bytes */0' })
    for (const length of [-1, 1.5, Number.NaN, '5']) {
      expect(new RangeNotSatisfiable({ length: length as number }).headers).to.deep.equal({})
    }
  })
})

describe('UnavailableForLegalReasons', () => {
  it('sends the blocking entity in a Link with rel="blocked-by"', () => {
    const link = { Link: '<https://isp.example/>; rel="blocked-by"' }
    expect(new UnavailableForLegalReasons({ blockedBy: 'https://isp.example/' }).headers).to.deep.equal(link)
    expect(new UnavailableForLegalReasons({ blockedBy: new URL('https://isp.example') }).headers).to.deep.equal(link)
  })

  it('omits an invalid URI', () => {
    for (const blockedBy of ['a b', 'x>; rel="next"', '', 'ü', 7]) {
      expect(new UnavailableForLegalReasons({ blockedBy: blockedBy as string }).headers).to.deep.equal({})
    }
  })
})

describe('ServiceUnavailable', () => {
  it('omits Retry-After if retryAfter is invalid', () => {
    for (const retryAfter of [-1, Number.NaN, Number.POSITIVE_INFINITY, new Date('x'), '5', 5n, [5]]) {
      expect(new ServiceUnavailable({ retryAfter: retryAfter as number }).headers).to.deep.equal({})
    }
    for (const time of ['+012030-01-01', '-000001-01-01']) {
      expect(new ServiceUnavailable({ retryAfter: new Date(time) }).headers, time).to.deep.equal({})
    }
    expect(new ServiceUnavailable({ retryAfter: new Date('9999-12-31T23:59:59Z') }).headers).to.deep.equal({
      'Retry-After': 'Fri, 31 Dec 9999 23:59:59 GMT',
    })
    expect(new ServiceUnavailable({ retryAfter: 0 }).headers).to.deep.equal({ 'Retry-After': '0' })
    expect(new ServiceUnavailable({ retryAfter: 1e21 }).headers).to.deep.equal({
      'Retry-After': '1000000000000000000000',
    })
  })

  it('returns retryAfter as it was passed', () => {
    const date = new Date('2030-01-01T00:00:00Z')
    for (const retryAfter of [60, date, undefined]) {
      expect(new ServiceUnavailable({ retryAfter }).retryAfter).to.equal(retryAfter)
    }
    expect(new ServiceUnavailable().retryAfter).to.equal(undefined)
  })
})
