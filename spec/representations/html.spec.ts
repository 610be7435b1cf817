import { createHash } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  type FailureContext,
  FailureResponder,
  type FailureResponderOptions,
  NotFound,
  type ProblemDetails,
  ServiceUnavailable,
} from '../../src/index.js'
import { html } from '../../src/representations/index.js'

const silent = { represent: html, onFailure: () => undefined, onWarning: () => undefined }
const reply = (error: unknown, options?: FailureResponderOptions) =>
  new FailureResponder({ ...silent, ...options }).toReply(error)
const pageOf = (error: unknown, options?: FailureResponderOptions) => reply(error, options).body ?? ''
const renderContext = { headers: {}, language: undefined, context: {} as FailureContext }
/** The page without a responder, which would correct invalid problem details. */
const rendered = (problem: object) => html.render(problem as ProblemDetails, renderContext)
const withType = (type: string) => rendered({ type, title: 'Not Found', status: 404 })

describe('html', () => {
  it('renders a page with status, title and detail', () => {
    const { headers, body } = reply(new NotFound('There is no such book.'))
    expect(headers['Content-Type']).to.equal('text/html; charset=utf-8')
    expect(body).to.match(/^<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">/)
    expect(body).to.contain('<title>404 Not Found</title>')
    expect(body).to.contain('<meta name="viewport" content="width=device-width, initial-scale=1">')
    expect(body).to.contain('<p class="detail" dir="auto">There is no such book.</p>')
    expect(body).to.match(/<\/html>\n$/)
  })

  it('renders no elements for missing members', () => {
    for (const element of ['<p', '<a', '<table', '<footer', '<dl'])
      expect(pageOf(new NotFound())).not.to.contain(element)
  })

  describe('Content-Security-Policy', () => {
    const style = /<style>(.*)<\/style>/s.exec(pageOf(new NotFound()))?.[1] ?? ''

    it('allows only the style element, by its hash', () => {
      const hash = createHash('sha256').update(style).digest('base64')
      expect(reply(new NotFound()).headers['Content-Security-Policy']).to.equal(
        `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      )
    })

    it('has nothing to block: the page has no scripts, inline styles or external resources', () => {
      const page = pageOf(new NotFound('x', { instance: '/1', extensions: { isbn: '1', list: [1] } }))
      expect(page).not.to.match(/<(script|link|img|iframe|object|form|base)| style=| on\w+=|@import|url\(/)
    })

    it('cannot be overridden by a failure', () => {
      const failure = new NotFound({ headers: { 'content-security-policy': "default-src 'unsafe-inline'" } })
      const fields = Object.entries(reply(failure).headers).filter(([name]) => /^content-security-policy$/i.test(name))
      expect(fields).to.have.length(1)
      expect(fields[0]?.[1]).to.match(/^default-src 'none'/)
    })
  })

  describe('lang', () => {
    const languages: Record<string, string> = {
      de: 'de',
      'de-CH': 'de-CH',
      'zh-Hant-TW': 'zh-Hant-TW',
      '': 'en',
      x: 'en',
      'de"><script>': 'en',
      de_CH: 'en',
    }
    for (const [language, lang] of Object.entries(languages)) {
      it(`is ${lang} for the language "${language}"`, () => {
        const page = pageOf(new NotFound(), { describe: () => ({ title: 'Nicht gefunden', language }) })
        expect(page).to.contain(`<html lang="${lang}" dir="ltr">`)
        expect(page).to.contain('<title>404 Nicht gefunden</title>')
      })
    }
  })

  it('sets dir="rtl" for languages that are written from right to left', () => {
    const directionIn = (language: string) =>
      /dir="(...)"/.exec(pageOf(new NotFound(), { describe: () => ({ title: 'x', language }) }))?.[1]
    for (const language of ['ar', 'he', 'fa-IR', 'ur-Arab-PK']) expect(directionIn(language), language).to.equal('rtl')
    for (const language of ['de', 'ar-Latn', 'arn', 'en']) expect(directionIn(language), language).to.equal('ltr')
  })

  describe('type', () => {
    for (const type of [
      'https://bookshop.example/problems/1',
      'http://bookshop.example',
      'HTTPS://bookshop.example/ü',
    ]) {
      it(`is a link for ${type}`, () => {
        const page = withType(type)
        expect(page).to.contain(`<a href="${new URL(type).href}" rel="noreferrer" dir="ltr">`)
        expect(page.replaceAll('<wbr>', '')).to.contain(`>${type}</a>`)
      })
    }

    for (const type of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'JaVaScRiPt:alert(1)//https://a.example',
      'data:text/html,<script>alert(1)</script>',
      'urn:problem:1',
      '/problems/1',
      '//bookshop.example/problems/1',
      'https:bookshop.example',
      'https://',
      'https://[',
      'ftp://bookshop.example',
    ]) {
      it(`is in the footer, without a link, for ${type}`, () => {
        const page = withType(type)
        expect(page).not.to.contain('href')
        expect(page).to.contain(
          `<dt lang="en">Type</dt> <dd dir="auto">${type.replace(/</g, '&lt;').replace(/>/g, '&gt;')}</dd>`,
        )
      })
    }

    it('is escaped in the href attribute', () => {
      expect(withType(`https://a.example/"onclick="alert(1)'&`)).to.contain(
        'href="https://a.example/%22onclick=%22alert(1)&#39;&amp;"',
      )
    })
  })

  describe('Retry-After', () => {
    const delays: Record<string, string> = {
      0: 'now',
      1: 'in 1 second',
      45: 'in 45 seconds',
      60: 'in 1 minute',
      90: 'in 1 minute and 30 seconds',
      120: 'in 2 minutes',
      3600: 'in 1 hour',
      3601: 'in 1 hour and 1 minute',
      86399: 'in 24 hours',
      172800: 'in 2 days',
      180000: 'in 2 days and 2 hours',
    }
    for (const [seconds, words] of Object.entries(delays)) {
      it(`of ${seconds} seconds is displayed as "${words}"`, () => {
        const page = pageOf(new ServiceUnavailable({ retryAfter: Number(seconds) }))
        expect(page).to.contain(`<p class="retry" lang="en" dir="ltr">Try again ${words}.</p>`)
      })
    }

    it('with a date is displayed in a time element', () => {
      const page = pageOf(new ServiceUnavailable({ retryAfter: new Date('2026-12-24T18:00:00Z') }))
      expect(page).to.contain(
        'Try again after <time datetime="2026-12-24T18:00:00.000Z">Thu, 24 Dec 2026 18:00:00 GMT</time>.',
      )
    })

    it('is read case-insensitively, and from the first of several values', () => {
      expect(pageOf(new NotFound({ headers: { 'retry-AFTER': '120' } }))).to.contain('Try again in 2 minutes.')
      expect(pageOf(new NotFound({ headers: { 'Retry-After': ['60', '120'] } }))).to.contain('Try again in 1 minute.')
    })

    for (const value of ['soon', '-1', '1.5', '9'.repeat(30), 'Thu, 24 Dec 2026 18:00:00', 'GMT', '<script>']) {
      it(`is ignored when it is ${value}`, () => {
        expect(pageOf(new NotFound({ headers: { 'Retry-After': value } }))).not.to.contain('Try again')
      })
    }
  })

  describe('extension members', () => {
    const extensions = { isbn: '978-0131103627', copies: 0, ordered: false, next: null, shelves: [{ room: 'A' }] }
    const page = pageOf(new NotFound({ instance: '/books/1', extensions: { ...extensions, code: 'GONE' } }))

    it('are rows of a table', () => {
      expect(page).to.contain('<tr><th scope="row"><bdi>isbn</bdi></th><td><bdi>978-0131103627</bdi></td></tr>')
      for (const value of ['0', 'false', 'null']) expect(page).to.contain(`<td>${value}</td>`)
      expect(page).to.contain('<caption lang="en">Details</caption>')
    })

    it('are displayed as JSON if they are objects', () => {
      expect(page).to.contain('<pre dir="ltr">[\n  {\n    &quot;room&quot;: &quot;A&quot;\n  }\n]</pre>')
    })

    it('exclude a string "code", which is in the footer', () => {
      expect(page).to.contain('<dt lang="en">Code</dt> <dd dir="auto">GONE</dd>')
      expect(page).to.contain('<dt lang="en">Instance</dt> <dd dir="auto">/books/1</dd>')
      expect(page).not.to.contain('<bdi>code</bdi>')
      expect(pageOf(new NotFound({ extensions: { code: 7 } }))).to.contain('<bdi>code</bdi></th><td>7</td>')
    })

    it('may be circular, throw, or have no JSON form', () => {
      const circular: unknown[] = []
      circular.push(circular)
      const hostile = {
        circular,
        big: 1n,
        symbol: Symbol('x'),
        get broken() {
          throw new Error('boom')
        },
      }
      const page = pageOf(new NotFound({ extensions: { hostile, ['__proto__']: 'x' } }))
      expect(page).to.contain('&quot;big&quot;: &quot;1&quot;')
      expect(page).to.contain('<bdi>__proto__</bdi></th><td><bdi>x</bdi></td>')
    })
  })

  it('renders problem details with missing and invalid members', () => {
    const page = rendered({ type: 'about:blank', detail: null, instance: { a: ['<b>'] } })
    expect(page).to.contain('<title> </title>')
    expect(page).not.to.contain('class="detail"')
    expect(page).to.contain('<dd dir="auto">{&quot;a&quot;:[&quot;&lt;b&gt;&quot;]}</dd>')
  })

  it('escapes every member', () => {
    const tagsWith = (payload: string) => tagsIn(rendered(problemOf(payload)))
    const problemOf = (payload: string) => ({
      type: `urn:${payload}`,
      title: payload,
      status: 404,
      detail: payload,
      instance: payload,
      code: payload,
      member: payload,
      object: { [payload]: payload },
      [`x${payload}`]: payload,
    })
    const tagsIn = (page: string) => page.match(/<[^>]*>/g)?.join('')
    const harmless = tagsWith('harmless')
    const payloads = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc
        .array(
          fc.constantFrom('<', '>', '"', "'", '&', '/', 'script', '-->', ']]>', '\0', '\ud800', '</title>', '</style>'),
          { minLength: 1 },
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(payloads, (payload) => {
        expect(tagsWith(payload)).to.equal(harmless)
        expect(rendered(problemOf(payload))).not.to.match(/(?![\t\n\r])[\p{Cc}\p{Cs}]/u)
      }),
    )
  })
})
