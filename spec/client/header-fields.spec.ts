import { expect } from 'chai'
import {
  ContentTooLarge,
  Failure,
  failureFromResponse,
  NotFound,
  ServiceUnavailable,
  TooManyRequests,
  UpgradeRequired,
} from '../../src/index.js'

function restoredFrom(status: number, headers: Record<string, string>): Promise<Failure> {
  return failureFromResponse(new Response(null, { status, headers }))
}

describe('The headers of a restored failure', () => {
  it('are copied from the response', async () => {
    const { headers } = await restoredFrom(404, {
      'X-Shelf': '3',
      'Cache-Control': 'max-age=60',
      'Content-Language': 'de',
      'Content-Range': 'bytes */47022',
      Link: '</books>; rel="index"',
    })
    expect(headers).to.deep.equal({
      'cache-control': 'max-age=60',
      'content-language': 'de',
      'content-range': 'bytes */47022',
      link: '</books>; rel="index"',
      'x-shelf': '3',
    })
  })

  it('omit fields of the content, the connection and the message, and cookies', async () => {
    const { headers } = await restoredFrom(404, {
      'Content-Type': 'text/html',
      'Content-Length': '5',
      'Content-Encoding': 'gzip',
      'Transfer-Encoding': 'chunked',
      ETag: '"1"',
      Connection: 'close',
      'Keep-Alive': 'timeout=5',
      Upgrade: 'h2c',
      Date: 'Sun, 06 Nov 1994 08:49:37 GMT',
      Age: '5',
      'Set-Cookie': 'session=secret',
    })
    expect(headers).to.deep.equal({})
  })

  it('omit instructions for the clients and the intermediaries of the other server', async () => {
    const { headers } = await restoredFrom(404, {
      'Clear-Site-Data': '"*"',
      'Strict-Transport-Security': 'max-age=63072000',
      Refresh: '0; url=https://evil.example/',
      Location: 'https://evil.example/',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Credentials': 'true',
      'X-Content-Type-Options': 'none',
      'Content-Security-Policy': 'script-src *',
      'Cross-Origin-Opener-Policy': 'unsafe-none',
      NEL: '{}',
      'Report-To': '{}',
      'Alt-Svc': 'h3=":443"',
      'CDN-Cache-Control': 'max-age=60',
      'Surrogate-Control': 'max-age=60',
      'X-Accel-Redirect': '/internal',
      Server: 'nginx',
      Via: '1.1 proxy',
      'X-Powered-By': 'Express',
      'CF-Ray': '7',
      'Up-Location': '/',
      'Upload-Offset': '5',
      'X-Shelf': '3',
    })
    expect(headers).to.deep.equal({ 'upload-offset': '5', 'x-shelf': '3' })
  })

  it('may be named __proto__ or constructor', async () => {
    const failure = await restoredFrom(404, JSON.parse('{"__proto__":"x","constructor":"y"}'))
    expect(failure.toResponse().headers.get('constructor')).to.equal('y')
  })

  it('contain normalized Upgrade and Connection fields for a 426', async () => {
    const failure = await restoredFrom(426, { Upgrade: 'HTTP/3,websocket', Connection: 'upgrade, close' })
    expect(failure).to.be.instanceOf(UpgradeRequired)
    expect(failure.headers).to.deep.equal({ Upgrade: 'HTTP/3, websocket', Connection: 'upgrade' })
  })
})

describe('The Retry-After of a restored failure', () => {
  async function retryAfterOf(value: string): Promise<number | Date | undefined> {
    const failure = await restoredFrom(503, { 'Retry-After': value })
    if (!(failure instanceof ServiceUnavailable)) throw failure
    return failure.retryAfter
  }

  for (const Class of [ContentTooLarge, TooManyRequests, ServiceUnavailable]) {
    it(`is restored as retryAfter of ${Class.name}, in seconds or as a Date`, async () => {
      for (const retryAfter of [60, 0, new Date('2030-01-01T00:00:00Z'), undefined]) {
        const failure = await failureFromResponse(new Class({ retryAfter }).toResponse())
        if (!(failure instanceof Class)) throw failure
        expect(failure.retryAfter).to.deep.equal(retryAfter)
        expect(failure.headers['Retry-After']).to.equal(new Class({ retryAfter }).headers['Retry-After'])
      }
    })
  }

  it('is an ordinary header in other classes', async () => {
    const failure = await restoredFrom(404, { 'Retry-After': '60' })
    expect(failure).to.be.instanceOf(NotFound)
    expect(failure.headers).to.deep.equal({ 'retry-after': '60' })
  })

  it('may have any of the three HTTP date formats', async () => {
    const formats = ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994']
    for (const format of formats) {
      expect(await retryAfterOf(format)).to.deep.equal(new Date('1994-11-06T08:49:37Z'))
    }
    expect(await retryAfterOf('Wed Nov 16 08:49:37 1994')).to.deep.equal(new Date('1994-11-16T08:49:37Z'))
  })

  it('is at most 50 years ahead if its year has two digits', async () => {
    const thisYear = new Date().getUTCFullYear()
    for (const year of [thisYear - 49, thisYear, thisYear + 1, thisYear + 50]) {
      const digits = String(year % 100).padStart(2, '0')
      const date = (await retryAfterOf(`Sunday, 06-Nov-${digits} 08:49:37 GMT`)) as Date
      expect(date.getUTCFullYear() % 100).to.equal(year % 100)
      expect(date.getUTCFullYear()).to.be.within(thisYear - 50, thisYear + 50)
    }
  })

  it('is ignored if it is malformed, but stays in the headers', async () => {
    const malformed = [
      ...['soon', '', '-1', '1.5', '1e3', '0x10', '5 s', '60, 120', '9'.repeat(400)],
      ...['1994-11-06', 'Nov 6 1994', '06 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:37 CET'],
      ...['Sun, 31 Feb 2030 08:49:37 GMT', 'Sun, 06 Foo 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 25:49:37 GMT'],
      ...['Sun, 00 Nov 1994 08:49:37 GMT', 'Son, 06 Nov 1994 08:49:37 GMT'],
    ]
    for (const value of malformed) {
      expect(await retryAfterOf(value)).to.equal(undefined)
      const { headers } = await restoredFrom(503, { 'Retry-After': value })
      expect(headers).to.deep.equal({ 'retry-after': value })
    }
  })
})
