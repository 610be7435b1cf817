import { expect } from 'chai'
import {
  type Challenge,
  MethodNotAllowed,
  ProxyAuthenticationRequired,
  RangeNotSatisfiable,
  ServiceUnavailable,
  Unauthorized,
  UnavailableForLegalReasons,
  UnsupportedMediaType,
  UpgradeRequired,
} from '../../src/index.js'

// What a failure owes or may say in header fields, by the specification of its status.

describe('Unauthorized', () => {
  const fieldOf = (challenge: Challenge | readonly Challenge[]) =>
    new Unauthorized({ challenge }).headers['WWW-Authenticate']

  it('sends a challenge as it is', () => {
    expect(fieldOf('Bearer realm="books"')).to.equal('Bearer realm="books"')
  })

  it('builds a challenge of a scheme and its parameters, quoted', () => {
    expect(fieldOf({ scheme: 'Bearer', realm: 'the "new" books\\', max_age: 5 })).to.equal(
      'Bearer realm="the \\"new\\" books\\\\", max_age="5"',
    )
    expect(fieldOf({ scheme: 'Negotiate' })).to.equal('Negotiate')
  })

  it('sends several challenges in several fields', async () => {
    const challenge = ['Bearer realm="books"', { scheme: 'Basic', realm: 'books' }]
    expect(fieldOf(challenge)).to.deep.equal(['Bearer realm="books"', 'Basic realm="books"'])
    const response = new Unauthorized({ challenge }).toResponse()
    expect(response.headers.get('www-authenticate')).to.equal('Bearer realm="books", Basic realm="books"')
  })

  it('leaves out what cannot be a challenge', () => {
    const bad = ['', 'a\nb', 7, null, {}, { scheme: 'a b' }, { scheme: 7 }]
    expect(fieldOf([...bad, 'Basic'] as never)).to.equal('Basic')
    expect(fieldOf(bad as never)).to.equal(undefined)
    const odd = { error: undefined, hint: null, list: ['a'], symbol: Symbol('x') }
    expect(fieldOf({ scheme: 'Bearer', ...odd, realm: 'books' } as never)).to.equal('Bearer realm="books"')
    expect(fieldOf({ scheme: 'Bearer', 'bad name': 'x', split: 'a\r\nb', realm: 'books' })).to.equal(
      'Bearer realm="books"',
    )
  })
})

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

  it('may say that there are none', () => {
    expect(new MethodNotAllowed({ allow: [] }).headers).to.deep.equal({ Allow: '' })
    expect(new MethodNotAllowed({ allow: [] }).toResponse().headers.get('allow')).to.equal('')
  })

  it('leaves out what cannot be a method', () => {
    expect(new MethodNotAllowed({ allow: ['GET', 'BAD METHOD', 7, null] as never }).headers).to.deep.equal({
      Allow: 'GET, 7',
    })
  })
})

describe('UpgradeRequired', () => {
  it('names the protocols, and announces the field in Connection', () => {
    expect(new UpgradeRequired({ upgrade: ['HTTP/3', 'websocket'] }).headers).to.deep.equal({
      Upgrade: 'HTTP/3, websocket',
      Connection: 'upgrade',
    })
  })

  it('leaves out what cannot be a protocol', () => {
    expect(new UpgradeRequired({ upgrade: ['a/b/c', 'x y', ''] }).headers).to.deep.equal({})
  })
})

describe('UnsupportedMediaType', () => {
  it('says which media types, or which content codings, would do', () => {
    expect(new UnsupportedMediaType({ accept: ['application/json', 'text/csv'] }).headers).to.deep.equal({
      Accept: 'application/json, text/csv',
    })
    expect(new UnsupportedMediaType({ acceptEncoding: 'gzip' }).headers).to.deep.equal({ 'Accept-Encoding': 'gzip' })
    expect(new UnsupportedMediaType({ accept: ['a\nb'] }).headers).to.deep.equal({})
  })
})

describe('RangeNotSatisfiable', () => {
  it('says how long the content is', () => {
    expect(new RangeNotSatisfiable({ length: 47022 }).headers).to.deep.equal({ 'Content-Range': 'bytes */47022' })
    for (const length of [-1, 1.5, Number.NaN, '5']) {
      expect(new RangeNotSatisfiable({ length: length as number }).headers).to.deep.equal({})
    }
  })
})

describe('UnavailableForLegalReasons', () => {
  it('says who blocks the access', () => {
    const link = { Link: '<https://isp.example/>; rel="blocked-by"' }
    expect(new UnavailableForLegalReasons({ blockedBy: 'https://isp.example/' }).headers).to.deep.equal(link)
    expect(new UnavailableForLegalReasons({ blockedBy: new URL('https://isp.example') }).headers).to.deep.equal(link)
  })

  it('leaves out what cannot be a URI', () => {
    for (const blockedBy of ['a b', 'x>; rel="next"', '', 'ü', 7]) {
      expect(new UnavailableForLegalReasons({ blockedBy: blockedBy as string }).headers).to.deep.equal({})
    }
  })
})

describe('ServiceUnavailable', () => {
  it('leaves out a time that is none', () => {
    for (const retryAfter of [-1, Number.NaN, Number.POSITIVE_INFINITY, new Date('x'), '5', 5n]) {
      expect(new ServiceUnavailable({ retryAfter: retryAfter as number }).headers).to.deep.equal({})
    }
    expect(new ServiceUnavailable({ retryAfter: 0 }).headers).to.deep.equal({ 'Retry-After': '0' })
    expect(new ServiceUnavailable({ retryAfter: 1e21 }).headers).to.deep.equal({
      'Retry-After': '1000000000000000000000',
    })
  })

  it('tells when to come back, as it was given', () => {
    const date = new Date('2030-01-01T00:00:00Z')
    for (const retryAfter of [60, date, undefined]) {
      expect(new ServiceUnavailable({ retryAfter }).retryAfter).to.equal(retryAfter)
    }
    expect(new ServiceUnavailable().retryAfter).to.equal(undefined)
  })
})
