import { expect } from 'chai'
import fc from 'fast-check'
import { FailureResponder, NotFound } from '../../src/index.js'
import { byAccept, html, problemJson, type Representation, text } from '../../src/representations/index.js'
import { processorTime } from '../processor-time.js'

const JSON_TYPE = 'application/problem+json'
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'

describe('byAccept', () => {
  const { choose } = byAccept(problemJson, html, text)

  /** Declares one test for each value of `Accept` and the media type that it chooses. */
  function chooses(rule: string, mediaTypes: Readonly<Record<string, string>>): void {
    describe(`chooses ${rule}`, () => {
      for (const [accept, mediaType] of Object.entries(mediaTypes)) {
        it(`${mediaType} for \`${accept}\``, () => expect(choose(accept).mediaType).to.equal(mediaType))
      }
    })
  }

  chooses('a media type that Accept contains', {
    'application/problem+json': JSON_TYPE,
    'application/json': JSON_TYPE,
    'text/html': 'text/html',
    'text/plain': 'text/plain',
    [BROWSER]: 'text/html',
    'application/json, text/plain, */*': JSON_TYPE,
    'application/json, text/javascript, */*; q=0.01': JSON_TYPE,
  })

  chooses('by weight', {
    'text/html;q=0.5, text/plain;q=0.6': 'text/plain',
    'text/html;q=0.5, text/plain;q=0.499': 'text/html',
    'text/plain;q=0.001, application/json;q=0': 'text/plain',
    'text/html;q=0.9, application/json': JSON_TYPE,
    'text/html ; Q=0.5 , text/plain ; q=1.000': 'text/plain',
  })

  chooses('the first representation for a wildcard', {
    '*/*': JSON_TYPE,
    '*/*;q=0.1': JSON_TYPE,
    'application/*': JSON_TYPE,
  })

  chooses('a representation that matches a wildcard', {
    'text/*': 'text/html',
    'text/*, application/json;q=0.9': 'text/html',
  })

  chooses('by the most specific media range', {
    'text/*, text/html;q=0': 'text/plain',
    'text/*;q=0, text/html': 'text/html',
    '*/*, application/problem+json;q=0.5, application/json;q=0.5': 'text/html',
    '*/*;q=0, application/json': JSON_TYPE,
    'text/html, */*': 'text/html',
  })

  chooses('by the order in Accept for equal weights', {
    'text/plain, text/html': 'text/plain',
    'text/html, text/plain': 'text/html',
    'text/html;q=0.3, application/json;q=0.3': 'text/html',
  })

  chooses('no media type with a weight of 0', {
    '*/*, application/problem+json;q=0': 'text/html',
    'application/problem+json;q=0, application/json, text/plain;q=0.1': 'text/plain',
    'application/*;q=0, */*': 'text/html',
    'application/*;q=0, application/json': JSON_TYPE,
    'text/html;q=0, text/plain;q=0.0, */*;q=0.1': JSON_TYPE,
  })

  chooses('regardless of case', { 'TEXT/HTML': 'text/html', 'Text/*': 'text/html', 'APPLICATION/Json': JSON_TYPE })

  chooses('by charset, which must be UTF-8', {
    'text/html;charset=utf-8': 'text/html',
    'text/plain; charset="UTF-8"': 'text/plain',
    'text/html;charset=iso-8859-1, text/plain': 'text/plain',
  })

  chooses('the first representation when none is acceptable', {
    'image/png': JSON_TYPE,
    'text/html;level=1': JSON_TYPE,
    '*/*;q=0': JSON_TYPE,
    'text/html;q=0': JSON_TYPE,
    'application/json;q=0': JSON_TYPE,
    'application/problem+json;q=0, text/html;q=0.0, text/plain;q=0.000': JSON_TYPE,
  })

  chooses('the first representation that is not refused when none is acceptable', {
    'application/problem+json;q=0': 'text/html',
    'application/problem+json;q=0, image/png': 'text/html',
    'application/problem+json; charset=utf-8; Q=0, text/html;q=0': 'text/plain',
    'application/*;q=0': 'text/html',
    'application/*;q=0, text/html;q=0': 'text/plain',
  })

  chooses('by the weight of the type that is sent, if Accept contains it', {
    'application/problem+json;q=0.1, */*;q=0.9': 'text/html',
    'application/problem+json;q=0.1, application/json, text/plain;q=0.5': 'text/plain',
    'application/json, application/problem+json;q=0.1': JSON_TYPE,
    'application/json;q=0.1, */*;q=0.9': JSON_TYPE,
    'application/problem+json;version=1;q=0.1, application/json': JSON_TYPE,
  })

  chooses('a representation for an invalid Accept', {
    '': JSON_TYPE,
    ' ': JSON_TYPE,
    ',,,;;;===': JSON_TYPE,
    text: JSON_TYPE,
    '/': JSON_TYPE,
    'text/html;q=high': JSON_TYPE,
    'text/html;q=-1': JSON_TYPE,
    'text/html; charset="': 'text/html',
    '__proto__/constructor;__proto__=constructor': JSON_TYPE,
  })

  chooses('by the valid media ranges among invalid ones', {
    ',, , text/html ,,': 'text/html',
    'nonsense, text/plain': 'text/plain',
    'text/html;__proto__=1, text/plain': 'text/plain',
    'a/b;x=", text/html", text/plain': 'text/plain',
  })

  it('chooses the first representation without Accept', () => {
    expect(choose(undefined)).to.equal(problemJson)
    expect(byAccept(text, html).choose(undefined)).to.equal(text)
    expect(choose(null as never)).to.equal(problemJson)
  })

  it('chooses by the order of the arguments when Accept has no preference', () => {
    expect(byAccept(text, html).choose('text/*')).to.equal(text)
    expect(byAccept(html, text).choose('text/*')).to.equal(html)
    expect(byAccept(html, problemJson).choose('*/*')).to.equal(html)
    expect(byAccept(html, problemJson).choose('image/png')).to.equal(html)
  })

  it('chooses problemJson for any JSON type, even if it is not the first representation', () => {
    for (const accept of ['application/json', 'application/problem+json', 'application/json; charset=utf-8']) {
      expect(byAccept(html, problemJson).choose(accept), accept).to.equal(problemJson)
    }
  })

  it('chooses the first of two representations with the same type', () => {
    const other: Representation = { mediaType: 'Application/JSON', render: () => '' }
    expect(byAccept(problemJson, other).choose('application/json')).to.equal(problemJson)
  })

  it('compares the parameters of a custom media type', () => {
    const second: Representation = { mediaType: 'application/json;v=2', render: () => '' }
    expect(byAccept(text, second).choose('application/json;v=2')).to.equal(second)
    expect(byAccept(text, second).choose('application/json;v=3')).to.equal(text)
  })

  it('chooses the same representations when called again with the same values', () => {
    const accepts = Array.from({ length: 300 }, (_, index) => `text/${index % 2 ? 'html' : 'plain'};q=0.${index + 1}`)
    for (const accept of [...accepts, ...accepts]) {
      expect(choose(accept).mediaType).to.equal(accept.split(';')[0])
    }
  })

  it('reads the first 2 KB of Accept, and ignores a truncated media range', () => {
    const filler = 'a/b,'.repeat(500)
    expect(choose(`${filler}text/html`)).to.equal(html)
    expect(choose(`${filler}${' '.repeat(48)}text/html`)).to.equal(problemJson)
    const refused = `text/html${' '.repeat(36)};q=0`
    expect(choose(`${filler}${refused}`), 'cut within the range').to.equal(problemJson)
    expect(choose(`text/html;x="${','.repeat(2048)}";q=0`), 'cut within a quoted string').to.equal(problemJson)
    expect(choose(`text/plain;x="\\",",text/plain,${' '.repeat(2048)}`), 'cut after a quoted string').to.equal(text)
  })

  describe('for a hostile Accept', () => {
    const offered = [problemJson, html, text]
    const ranges = fc.constantFrom(
      'text/html',
      'TEXT/*',
      '*/*',
      'application/json',
      'application/problem+json',
      '*',
      '/',
    )
    const parameters = fc.constantFrom(
      ';q=0',
      ';q=1',
      ';q',
      ';q=',
      ';q=NaN',
      ';q=1e999',
      ';x="',
      ';__proto__=1',
      ';;',
      '=',
    )
    const pieces = fc.array(fc.oneof(ranges, parameters, fc.constantFrom(',', '"', '\\', ' ', '\t'), fc.string()))

    it('chooses one of the representations', () => {
      const accepts = fc.oneof(
        pieces.map((parts) => parts.join('')),
        fc.string({ unit: 'binary' }),
      )
      fc.assert(fc.property(accepts, (accept) => offered.includes(choose(accept))))
    })

    it('chooses within 100 ms for a value of 1 MB', () => {
      const units = [
        'a/b,',
        '*/*;q=0,',
        '*/*,',
        ',',
        ';',
        '"',
        '\\',
        '"\\',
        'a/b;a=b;',
        'a/b;x=",",',
        ' ',
        '*/*;x="\\\\",',
      ]
      for (const unit of [...units, 'application/problem+json;q=0,*/*,']) {
        const accept = unit.repeat(1_000_000 / unit.length)
        const { result, milliseconds } = processorTime(() => choose(accept))
        expect(offered, unit).to.include(result)
        expect(milliseconds, unit).to.be.below(100)
      }
    })
  })

  describe('throws a TypeError', () => {
    const render = () => ''
    const invalid: Record<string, unknown> = {
      undefined: undefined,
      null: null,
      'a media type as a string': 'text/html',
      'a function': render,
      'another byAccept()': byAccept(text),
      'a representation without a media type': { render },
      'a representation with a media type without a subtype': { mediaType: 'text', render },
      'a representation with a line break in its media type': { mediaType: 'text/plain;\r\nX: y', render },
      'a representation whose alsoFor is not an array': { mediaType: 'text/plain', alsoFor: 'text/html', render },
      'a representation whose alsoFor contains a number': { mediaType: 'text/plain', alsoFor: [1], render },
      'a representation without render()': { mediaType: 'text/plain' },
    }
    for (const [label, value] of Object.entries(invalid)) {
      it(`for ${label}`, () => {
        expect(() => byAccept(text, value as never)).to.throw(
          TypeError,
          /^byAccept: (each argument|"mediaType"|"alsoFor"|"render") must be an? .+, received /,
        )
      })
    }

    it('without arguments', () => {
      expect(() => byAccept()).to.throw(TypeError, 'byAccept: at least one representation is required, received none')
    })
  })
})

describe('A FailureResponder with byAccept', () => {
  const responder = new FailureResponder({ represent: byAccept(problemJson, html, text) })
  const respond = (headers: Record<string, string>, method = 'GET') =>
    responder.toResponse(new NotFound('There is no such book.'), new Request('http://localhost/', { method, headers }))

  it('sends the chosen representation with its Content-Type and Vary: Accept', async () => {
    for (const [accept, contentType] of Object.entries({
      'application/json': JSON_TYPE,
      [BROWSER]: 'text/html; charset=utf-8',
      'text/plain': 'text/plain; charset=utf-8',
      'image/png': JSON_TYPE,
    })) {
      const response = respond({ accept })
      expect(response.status).to.equal(404)
      expect(response.headers.get('content-type')).to.equal(contentType)
      expect(response.headers.get('vary')).to.equal('Accept')
      expect(await response.text()).to.contain('There is no such book.')
    }
  })

  it('sends the first representation without a request', () => {
    expect(responder.toReply(new NotFound()).headers).to.include({ 'Content-Type': JSON_TYPE, Vary: 'Accept' })
  })

  it('joins several Accept header lines', () => {
    const headers = { accept: ['text/plain;q=0.1', 'text/html'] }
    const reply = responder.toReply(new NotFound(), { headers } as never)
    expect(reply.headers['Content-Type']).to.equal('text/html; charset=utf-8')
  })

  it('sends the headers of GET, Content-Length and no body for HEAD', () => {
    const get = Object.fromEntries(respond({ accept: 'text/html' }).headers)
    const head = respond({ accept: 'text/html' }, 'HEAD')
    const length = head.headers.get('content-length')
    expect(head.body).to.equal(null)
    expect(Object.fromEntries(head.headers)).to.deep.equal({ ...get, 'content-length': length })
  })
})
