import { expect } from 'chai'
import {
  BadGateway,
  Conflict,
  createFailure,
  type Failure,
  type FailureContext,
  FailureResponder,
  type FailureResponderOptions,
  FailureWarning,
  MethodNotAllowed,
  NotFound,
  type ProblemDetails,
  TooManyRequests,
  Unauthorized,
} from '../../src/index.js'
import { byAccept, problemJson, type Representation } from '../../src/representations/index.js'

class OutOfStock extends Conflict {
  override get type() {
    return 'out-of-stock'
  }
  override get code() {
    return 'OUT_OF_STOCK'
  }
}

/** A responder that collects the messages of its warnings and logs nothing. */
function responderWith(options: FailureResponderOptions) {
  const warnings: string[] = []
  const responder = new FailureResponder({
    onFailure: () => undefined,
    onWarning: ({ message }) => warnings.push(message),
    ...options,
  })
  return { responder, warnings }
}

const problemOf = (body: string | null): ProblemDetails => JSON.parse(body ?? '')
const rejected = async () => Promise.reject(new Error('rejected'))

describe('The options of a FailureResponder', () => {
  describe('typeBase', () => {
    const typeOf = (type: string, typeBase: string) => {
      class Typed extends NotFound {
        override get type() {
          return type
        }
      }
      const { responder } = responderWith({ typeBase })
      return problemOf(responder.toReply(new Typed()).body).type
    }

    it('resolves a relative type', () => {
      expect(typeOf('out-of-stock', 'https://a.example/problems/')).to.equal('https://a.example/problems/out-of-stock')
      expect(typeOf('/out-of-stock', 'https://a.example/problems/')).to.equal('https://a.example/out-of-stock')
      expect(typeOf('#lost', 'https://a.example/problems')).to.equal('https://a.example/problems#lost')
    })

    it('keeps an absolute type and about:blank, and does not resolve an invalid reference', () => {
      expect(typeOf('https://b.example/lost', 'https://a.example/')).to.equal('https://b.example/lost')
      expect(typeOf('tag:a.example,2026:lost', 'https://a.example/')).to.equal('tag:a.example,2026:lost')
      expect(typeOf('about:blank', 'https://a.example/')).to.equal('about:blank')
      expect(typeOf('https://[', 'https://a.example/')).to.equal('https://%5B')
      expect(typeOf('1:2', 'https://a.example/')).to.equal('about:blank')
    })

    it('keeps the order of the members', () => {
      const { responder } = responderWith({ typeBase: 'https://a.example/' })
      const { body } = responder.toReply(new OutOfStock('None left.', { extensions: { isbn: '1' }, instance: '/7' }))
      const members = ['type', 'title', 'status', 'detail', 'instance', 'code', 'isbn']
      expect(Object.keys(problemOf(body))).to.deep.equal(members)
    })
  })

  describe('describe', () => {
    const german = {
      describe: () => ({ title: 'Vergriffen', detail: 'Kein Exemplar mehr.', language: 'de' }),
    }

    it('replaces title and detail, and sets Content-Language and Vary', () => {
      const { headers, body } = responderWith(german).responder.toReply(
        new OutOfStock('None left.', { extensions: { isbn: '1' } }),
      )
      expect(body).to.equal(
        '{"type":"out-of-stock","title":"Vergriffen","status":409,"detail":"Kein Exemplar mehr.",' +
          '"code":"OUT_OF_STOCK","isbn":"1"}',
      )
      expect(headers).to.include({ 'Content-Language': 'de', Vary: 'Accept-Language' })
    })

    it('adds a detail to a failure without one, unless the failure is not exposed', () => {
      const { responder } = responderWith(german)
      expect(problemOf(responder.toReply(new OutOfStock()).body)).to.include({ detail: 'Kein Exemplar mehr.' })
      expect(problemOf(responder.toReply(new BadGateway('secret')).body)).not.to.have.property('detail')
    })

    it('replaces the Content-Language of the failure, unless it returns no text', () => {
      const failure = new NotFound('Lost.', { headers: { 'content-language': 'en' } })
      const { headers } = responderWith(german).responder.toReply(failure)
      expect(headers).to.include({ 'Content-Language': 'de' }).and.not.to.have.property('content-language')
      const { responder } = responderWith({ describe: () => ({ language: 'de' }) })
      expect(responder.toReply(failure).headers).to.include({ 'content-language': 'en' })
    })

    it('may return several languages, but no invalid one', () => {
      const languageOf = (language: string) =>
        responderWith({ describe: () => ({ title: 'Weg', language }) }).responder.toReply(new NotFound()).headers
      for (const language of ['de', 'de-CH-1996', 'de, gsw', 'x-shelf']) {
        expect(languageOf(language), language).to.include({ 'Content-Language': language })
      }
      for (const language of ['de_DE', '', 'deutschland', 'dé', ' ']) {
        expect(languageOf(language), language).not.to.have.property('Content-Language')
      }
    })

    it('may return only a title, only a detail, or undefined', () => {
      const title = responderWith({ describe: () => ({ title: 'Weg', language: 'de' }) }).responder
      expect(problemOf(title.toReply(new NotFound('Lost.')).body)).to.include({ title: 'Weg', detail: 'Lost.' })
      expect(problemOf(title.toReply(new NotFound()).body)).to.deep.equal({
        type: 'about:blank',
        title: 'Weg',
        status: 404,
      })
      const detail = responderWith({ describe: () => ({ detail: 'Weg.', language: 'de' }) }).responder
      expect(problemOf(detail.toReply(new NotFound()).body)).to.include({ title: 'Not Found', detail: 'Weg.' })
      const unchanged = responderWith({ describe: () => undefined }).responder.toReply(new NotFound('Lost.'))
      expect(problemOf(unchanged.body)).to.include({ title: 'Not Found', detail: 'Lost.' })
      expect(unchanged.headers).to.include({ Vary: 'Accept-Language' }).and.not.to.have.property('Content-Language')
    })

    it('receives the languages of Accept-Language in order of preference', () => {
      let languages: readonly string[] = []
      const describe = (_: unknown, context: FailureContext) => {
        languages = context.languages
        return undefined
      }
      const preferences: Record<string, string[]> = {
        'de-CH, de;q=0.8, en;q=0.9, *;q=0.1': ['de-CH', 'en', 'de'],
        'en;q=0, fr ; q=0.5': ['fr'],
        'x;q=2, ;;;, en;q=abc, 12, zh-Hans-CN': ['zh-Hans-CN'],
        '': [],
        [`${'a'.repeat(3000)},en`]: [],
        // Only the first 2048 characters are read.
        [`de${' '.repeat(2043)},fr`]: ['de', 'fr'],
        [`de${' '.repeat(2044)},fr`]: ['de', 'f'],
        [`de${' '.repeat(2046)},fr`]: ['de'],
      }
      for (const [accepted, expected] of Object.entries(preferences)) {
        responderWith({ describe }).responder.toReply(new NotFound(), { headers: { 'accept-language': accepted } })
        expect(languages, accepted).to.deep.equal(expected)
      }
      responderWith({ describe }).responder.toReply(new NotFound())
      expect(languages).to.deep.equal([])
    })

    it('sets Content-Language only if its title or detail is sent', () => {
      const withoutTexts = responderWith({ describe: () => ({ language: 'zh' }) })
      expect(withoutTexts.responder.toReply(new NotFound()).headers).not.to.have.property('Content-Language')
      const hidden = responderWith({ describe: () => ({ detail: 'geheim', language: 'de' }) })
      expect(hidden.responder.toReply(new BadGateway()).headers).not.to.have.property('Content-Language')
    })

    it('reports and ignores a detail that is not a string, and an invalid language', () => {
      const describe = () => ({ title: 'Weg', detail: {}, language: 'de\r\nX: y' })
      const { responder, warnings } = responderWith({ describe: describe as never })
      const { headers, body } = responder.toReply(new NotFound('Lost.'))
      expect(warnings).to.have.length(2)
      expect(problemOf(body)).to.include({ title: 'Weg', detail: 'Lost.' })
      expect(headers).not.to.have.property('Content-Language')
    })
  })

  it('accept null from a hook, as undefined', () => {
    const nothing = () => null as never
    const hooks = { translate: nothing, describe: nothing, extend: nothing, cacheControl: nothing, instance: nothing }
    const { responder, warnings } = responderWith(hooks)
    for (const error of [new NotFound(), new Error()]) {
      expect(responder.toReply(error)).to.deep.equal(
        responderWith({ describe: () => undefined }).responder.toReply(error),
      )
    }
    expect(warnings).to.deep.equal([])
  })

  it('do not add an undefined detail when only the title is localized', () => {
    const problem = new FailureResponder({ describe: () => ({ title: 'Weg', language: 'de' }) }).toProblem(
      new NotFound(),
    )
    expect(problem).to.deep.equal({ type: 'about:blank', title: 'Weg', status: 404 })
  })

  describe('instance', () => {
    it('identifies an occurrence that has no instance, exposed or not', () => {
      const instance = (failure: Failure, { header }: FailureContext) => `urn:${failure.status}:${header('x-id')}`
      const { responder, warnings } = responderWith({ instance })
      const request = { headers: { 'x-id': '7' } }
      expect(responder.toReply(new NotFound('Lost.', { extensions: { isbn: '1' } }), request).body).to.equal(
        '{"type":"about:blank","title":"Not Found","status":404,"detail":"Lost.","instance":"urn:404:7","isbn":"1"}',
      )
      expect(responder.toProblem(new BadGateway(), request)).to.include({ instance: 'urn:502:7' })
      expect(problemOf(responder.toReply(new NotFound({ instance: '/own' }), request).body).instance).to.equal('/own')
      expect(warnings).to.deep.equal([])
    })

    it('may return undefined', () => {
      const { responder, warnings } = responderWith({ instance: () => undefined })
      expect(problemOf(responder.toReply(new NotFound()).body)).not.to.have.property('instance')
      expect(warnings).to.deep.equal([])
    })
  })

  describe('extend', () => {
    it('appends members, and does not override those of the failure', () => {
      const extend = () => ({ type: 'x', status: 200, code: 'X', isbn: '2', traceId: '7' })
      const { body } = responderWith({ extend }).responder.toReply(new OutOfStock({ extensions: { isbn: '1' } }))
      expect(problemOf(body)).to.deep.equal({
        type: 'out-of-stock',
        title: 'Conflict',
        status: 409,
        code: 'OUT_OF_STOCK',
        isbn: '1',
        traceId: '7',
      })
    })

    it('receives the context of the request', () => {
      const extend = (_: unknown, { header }: FailureContext) => ({ traceId: header('traceparent') })
      const { responder } = responderWith({ extend })
      const { body } = responder.toReply(new NotFound(), { headers: new Headers({ traceparent: '00-1' }) })
      expect(problemOf(body)).to.include({ traceId: '00-1' })
    })

    it('does not change the failure', () => {
      const failure = new NotFound()
      responderWith({ extend: () => ({ traceId: '7' }) }).responder.toReply(failure)
      expect(failure.toProblem()).not.to.have.property('traceId')
    })
  })

  describe('represent', () => {
    const plain: Representation = {
      mediaType: 'text/plain',
      headers: { 'X-Plain': 'yes', 'Bad Name': 'x' },
      render: ({ status, title }) => `${status} ${title}`,
    }

    it('renders the content, with its media type and its valid headers', () => {
      const { headers, body } = responderWith({ represent: plain }).responder.toReply(new NotFound())
      expect(body).to.equal('404 Not Found')
      expect(headers).to.deep.equal({
        'Content-Type': 'text/plain; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        'X-Plain': 'yes',
      })
    })

    it('receives the headers, the language and the context', () => {
      let received: unknown
      const represent: Representation = {
        mediaType: 'application/x',
        render: (_, { headers, language, context }) => {
          received = [headers['Retry-After'], headers['Content-Type'], language, context.path]
          return ''
        },
      }
      const { responder } = responderWith({ represent, describe: () => ({ title: 'Halt', language: 'de' }) })
      responder.toReply(new TooManyRequests({ retryAfter: 7 }), { method: 'GET', url: '/a?b' })
      expect(received).to.deep.equal(['7', 'application/x', 'de', '/a'])
    })

    it('may choose by Accept, which is added to Vary', () => {
      const accepts: unknown[] = []
      const represent = {
        choose: (accept: string | undefined) => {
          accepts.push(accept)
          return plain
        },
      }
      const { responder } = responderWith({ represent, describe: () => undefined })
      const failure = new NotFound({ headers: { vary: 'Origin, accept' } })
      expect(responder.toReply(failure, { headers: { accept: 'a/b' } }).headers).to.include({
        Vary: 'Origin, accept, Accept-Language',
      })
      expect(responder.toReply(new NotFound({ headers: { Vary: '*' } })).headers).to.include({ Vary: '*' })
      expect(accepts).to.deep.equal(['a/b', undefined])
    })

    it('cannot set framing headers, nor make a 429 cacheable', () => {
      const headers = {
        'Cache-Control': 'max-age=60',
        'content-length': '1',
        'Transfer-Encoding': 'chunked',
        Trailer: 'X',
      }
      const { responder } = responderWith({ represent: { ...plain, headers } })
      expect(responder.toReply(new TooManyRequests()).headers).to.deep.equal({
        'Content-Type': 'text/plain; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      })
      expect(responder.toReply(new NotFound()).headers).to.include({ 'Cache-Control': 'max-age=60' })
    })

    it('cannot change the status by modifying the problem details', () => {
      const render = (problem: any) => {
        problem.status = 200
        return 'x'
      }
      expect(
        responderWith({ represent: { mediaType: 'a/b', render } }).responder.toReply(new NotFound()).status,
      ).to.equal(404)
    })

    it('sends type, title and status when JSON.stringify fails', function () {
      this.timeout(60_000)
      const { responder, warnings } = responderWith({})
      const { status, body } = responder.toReply(new NotFound('\u0001'.repeat(95_000_000)))
      expect(status).to.equal(404)
      expect(body).to.equal('{"type":"about:blank","title":"Not Found","status":404}')
      expect(warnings).to.deep.equal([
        'Only type, title and status are sent, since the problem details cannot be serialized: RangeError: Invalid string length',
      ])
    })

    it('omits Vary for a single representation', () => {
      const { headers } = responderWith({ represent: byAccept(plain) }).responder.toReply(new NotFound())
      expect(headers).not.to.have.property('Vary')
      expect(
        responderWith({ represent: byAccept(plain, problemJson) }).responder.toReply(new NotFound()).headers,
      ).to.include({
        Vary: 'Accept',
      })
    })

    it('adds a charset to text types without one', () => {
      const typeOf = (mediaType: string) =>
        responderWith({ represent: { ...plain, mediaType } }).responder.toReply(new NotFound()).headers['Content-Type']
      expect(typeOf('Text/CSV')).to.equal('Text/CSV; charset=utf-8')
      expect(typeOf('text/csv; charset=utf-8')).to.equal('text/csv; charset=utf-8')
      expect(typeOf('application/xml')).to.equal('application/xml')
    })

    const broken: Record<string, FailureResponderOptions['represent']> = {
      'a representation that throws': { mediaType: 'a/b', render: boom },
      'a representation that returns a number': { mediaType: 'a/b', render: (() => 7) as never },
      'a representation that returns a promise': { mediaType: 'a/b', render: rejected as never },
      'a negotiator that throws': { choose: boom },
      'a negotiator that returns a promise': { choose: rejected as never },
      'a negotiator whose "varies" throws': Object.defineProperty({ choose: boom }, 'varies', { get: boom }),
      'a negotiator that returns undefined': { choose: () => undefined as never },
      'a representation without a media type': { render: () => 'x' } as never,
    }
    for (const [label, represent] of Object.entries(broken)) {
      it(`sends JSON instead of ${label}`, async () => {
        const { responder, warnings } = responderWith({ represent })
        const { headers, body } = responder.toReply(new NotFound())
        expect(headers).to.include({ 'Content-Type': 'application/problem+json' })
        expect(problemOf(body).status).to.equal(404)
        expect(warnings).not.to.deep.equal([])
        // An unhandled rejection would end the process here.
        await new Promise(setImmediate)
      })
    }
  })

  describe('challenge', () => {
    it('is sent with a 401 failure that has no challenge', () => {
      const { responder, warnings } = responderWith({ challenge: ['Bearer realm="books"', { scheme: 'Negotiate' }] })
      expect(responder.toReply(createFailure(401 as number)).headers).to.deep.include({
        'WWW-Authenticate': ['Bearer realm="books"', 'Negotiate'],
      })
      expect(responder.toReply(new Unauthorized({ challenge: 'Digest' })).headers).to.include({
        'WWW-Authenticate': 'Digest',
      })
      const withHeader = createFailure(401 as number, { headers: { 'www-authenticate': 'Negotiate' } })
      expect(responder.toReply(withHeader).headers).to.include({ 'www-authenticate': 'Negotiate' })
      expect(responder.toReply(withHeader).headers).not.to.have.property('WWW-Authenticate')
      expect(responder.toReply(new NotFound()).headers).not.to.have.property('WWW-Authenticate')
      expect(warnings).to.deep.equal([])
    })
  })

  describe('cacheControl', () => {
    const cached = { cacheControl: ({ status }: { status: number }) => (status === 410 ? 'max-age=60' : undefined) }
    const cacheOf = (failure: ReturnType<typeof createFailure>) =>
      responderWith(cached).responder.toReply(failure).headers['Cache-Control']

    it('sets Cache-Control unless the failure does', () => {
      expect(cacheOf(createFailure(410))).to.equal('max-age=60')
      expect(cacheOf(createFailure(404))).to.equal('no-store')
      const { headers } = responderWith(cached).responder.toReply(
        createFailure(410, { headers: { 'cache-control': 'private' } }),
      )
      expect(headers).to.include({ 'cache-control': 'private' }).and.not.to.have.property('Cache-Control')
    })

    it('cannot override no-store for 428, 429, 431 and 511', () => {
      const { responder } = responderWith({ cacheControl: () => 'max-age=60' })
      for (const status of [428, 429, 431, 511]) {
        expect(responder.toReply(createFailure(status)).headers).to.include({ 'Cache-Control': 'no-store' })
      }
    })

    it('is reported and ignored when it returns an invalid value', () => {
      for (const value of ['a\nb', '', 7, {}, Symbol('x')]) {
        const { responder, warnings } = responderWith({ cacheControl: (() => value) as never })
        expect(responder.toReply(new NotFound()).headers).to.include({ 'Cache-Control': 'no-store' })
        expect(warnings).to.have.length(1)
        expect(warnings[0]).to.match(/^FailureResponder: "cacheControl" must return a valid Cache-Control, received /)
      }
    })
  })

  describe('A hook', () => {
    const hooks = ['translate', 'describe', 'extend', 'cacheControl', 'onFailure'] as const
    const replyWith = (hook: string, value: unknown) => {
      const { responder, warnings } = responderWith({ [hook]: value })
      const reply = responder.toReply(hook === 'translate' ? new Error('x') : new NotFound('Lost.'))
      return { reply, warnings }
    }

    for (const hook of hooks) {
      const expected = replyWith(hook, () => undefined).reply

      it(`is reported and ignored when it throws: ${hook}`, () => {
        const { reply, warnings } = replyWith(hook, boom)
        expect(reply).to.deep.equal(expected)
        expect(warnings).to.deep.equal([`FailureResponder: "${hook}" threw Error: boom`])
      })

      it(`is ignored when it rejects: ${hook}`, async () => {
        const { reply, warnings } = replyWith(hook, rejected)
        expect(reply).to.deep.equal(expected)
        const reported =
          hook === 'onFailure' ? [] : [`FailureResponder: "${hook}" must be synchronous, received a promise`]
        expect(warnings).to.deep.equal(reported)
        // An unhandled rejection would end the process here.
        await new Promise(setImmediate)
      })
    }

    for (const hook of ['translate', 'describe', 'extend'] as const) {
      const expected = replyWith(hook, () => undefined).reply
      for (const invalid of [7, 'x', true, [1]]) {
        it(`is reported and ignored when it returns ${JSON.stringify(invalid)}: ${hook}`, () => {
          const { reply, warnings } = replyWith(hook, () => invalid)
          expect(reply).to.deep.equal(expected)
          expect(warnings).to.have.length(1)
          expect(warnings[0]).to.contain(hook)
        })
      }
    }

    it('is ignored when it throws or rejects: onWarning', async () => {
      for (const onWarning of [boom, rejected]) {
        const responder = new FailureResponder({ onWarning, onFailure: boom })
        expect(responder.toReply(new NotFound()).status).to.equal(404)
      }
      await new Promise(setImmediate)
    })
  })

  describe('onWarning', () => {
    it('is called once per unportable member name', () => {
      const { responder, warnings } = responderWith({})
      const extensions = { a: 1, 'x-y': 2, '1st': 3, ok_3: 4, isbn: 5, ä: 6, constructor: 7 }
      for (let time = 0; time < 2; time++) responder.toReply(new NotFound({ extensions }))
      expect(warnings.map((warning) => /received "(.*)"/.exec(warning)?.[1])).to.deep.equal(['a', 'x-y', '1st', 'ä'])
      expect(problemOf(responder.toReply(new NotFound({ extensions })).body)).to.include(extensions)
    })

    it('is called for at most 1000 member names', () => {
      const { responder, warnings } = responderWith({})
      for (let name = 0; name < 1200; name++) responder.toReply(new NotFound({ extensions: { [`${name}`]: 1 } }))
      expect(warnings).to.have.length(1000)
    })

    it('is called for required headers that are missing', () => {
      const { responder, warnings } = responderWith({})
      for (const status of [401, 405, 407, 426]) responder.toReply(createFailure(status as number))
      expect(warnings).to.deep.equal([
        'Unauthorized: a 401 response must contain WWW-Authenticate, which is missing; set "challenge" on the failure or on the FailureResponder',
        'MethodNotAllowed: a 405 response must contain Allow, which is missing; set "allow" on the failure',
        'ProxyAuthenticationRequired: a 407 response must contain Proxy-Authenticate, which is missing; set "challenge" on the failure',
        'UpgradeRequired: a 426 response must contain Upgrade, which is missing; set "upgrade" on the failure',
      ])
    })

    it('is called for headers and options that cannot be sent', () => {
      const { responder, warnings } = responderWith({})
      const headers = { 'X-Split': 'a\r\nb', 'Content-Type': 'text/html', 'X-Fine': 'a', 'X-None': undefined }
      responder.toReply(new TooManyRequests({ retryAfter: Number.NaN, headers }))
      expect(warnings).to.deep.equal([
        'TooManyRequests: the header "Content-Type" cannot be set by a failure ("text/html"), header omitted',
        'TooManyRequests: the header "X-Split" is invalid ("a\\r\\nb"), header omitted',
        'TooManyRequests: invalid "retryAfter" (NaN), Retry-After header omitted',
      ])
    })

    it('is not called for a valid failure', () => {
      const { responder, warnings } = responderWith({})
      responder.toReply(
        new MethodNotAllowed('No.', { allow: ['GET'], headers: { allow: 'POST' }, extensions: { isbn: 1 } }),
      )
      expect(warnings).to.deep.equal([])
    })

    it('is called when toProblem() fails, and the default problem details are sent', async () => {
      for (const toProblem of [boom, () => undefined, () => null, () => 7, () => [], rejected]) {
        class Broken extends NotFound {}
        Object.defineProperty(Broken.prototype, 'toProblem', { value: toProblem })
        const { responder, warnings } = responderWith({})
        expect(problemOf(responder.toReply(new Broken('Lost.')).body)).to.deep.equal(new NotFound('Lost.').toProblem())
        expect(warnings).to.have.length(1)
        expect(warnings[0]).to.match(/^Broken: the default problem details are sent, since "toProblem" failed: ./)
      }
      await new Promise(setImmediate)
    })
  })

  describe('A class that overrides toProblem()', () => {
    it('can replace all members but the status', () => {
      class Custom extends NotFound {
        override toProblem() {
          return { ...super.toProblem(), status: 200, title: 'Lost' }
        }
      }
      const { status, body } = responderWith({}).responder.toReply(new Custom())
      expect(status).to.equal(404)
      expect(problemOf(body)).to.deep.equal({ type: 'about:blank', title: 'Lost', status: 404 })
    })

    it('cannot send members of the wrong type', () => {
      class Custom extends NotFound {
        override toProblem() {
          return { type: '1:2', title: 7, status: 'x', detail: 8, instance: '\ud800', shelf: 9 } as never
        }
      }
      expect(problemOf(responderWith({}).responder.toReply(new Custom()).body)).to.deep.equal({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        shelf: 9,
      })
    })
  })

  describe('A warning', () => {
    it('is a FailureWarning', () => {
      let received: unknown
      const onWarning = (warning: FailureWarning) => {
        received = warning
      }
      responderWith({ extend: boom, onWarning }).responder.toReply(new NotFound())
      expect(received).to.be.instanceOf(FailureWarning)
    })

    it('is emitted as a process warning by default', async () => {
      const emitted = new Promise<Error>((resolve) => process.once('warning', resolve))
      new FailureResponder({ onFailure: boom }).toReply(new NotFound())
      const warning = await emitted
      expect(warning).to.include({ name: 'FailureWarning', code: 'HOOK_THREW' })
      expect(warning.message).to.equal('FailureResponder: "onFailure" threw Error: boom')
      expect(warning.cause).to.have.property('message', 'boom')
    })
  })

  describe('The constructor', () => {
    const invalid: [options: object, message: string][] = [
      [{ typeBase: '/problems/' }, 'FailureResponder: "typeBase" must be an absolute URL, received "/problems/"'],
      [{ typeBase: 7 }, 'FailureResponder: "typeBase" must be an absolute URL, received 7'],
      [{ allowedMembers: 'a' }, 'FailureResponder: "allowedMembers" must be an array of names, received "a"'],
      [{ allowedMembers: [7] }, 'FailureResponder: "allowedMembers" must be an array of names, received [7]'],
      [{ translate: 7 }, 'FailureResponder: "translate" must be a function, received 7'],
      [{ onFailure: null }, 'FailureResponder: "onFailure" must be a function, received null'],
      [{ challenge: 'a\nb' }, 'FailureResponder: "challenge" must be a challenge such as'],
      [{ represent: 'html' }, 'FailureResponder: "represent" must be a representation or byAccept(…), received "html"'],
      [{ represent: [] }, 'FailureResponder: "represent" must be a representation or byAccept(…), received []'],
      [{ represent: {} }, 'FailureResponder: "represent" must be a representation or byAccept(…), received {}'],
    ]
    for (const [options, message] of invalid) {
      it(`throws a TypeError for the options ${JSON.stringify(options)}`, () => {
        expect(() => new FailureResponder(options)).to.throw(TypeError, message)
      })
    }

    it('throws a TypeError for options that are not an object', () => {
      for (const options of [null, 'x', 7]) {
        expect(() => new FailureResponder(options as never)).to.throw(
          TypeError,
          'FailureResponder: the options must be an object, received ',
        )
      }
    })

    it('accepts undefined options', () => {
      const options = { typeBase: undefined, translate: undefined, represent: undefined, challenge: undefined }
      expect(new FailureResponder(options).toReply(new NotFound()).status).to.equal(404)
    })
  })

  it('reports a failure whose options cannot be read', () => {
    const options = Symbol.for('http-failure.options')
    const failure = new Proxy(new NotFound('Lost.'), {
      get(target, name, receiver) {
        if (name === options) throw new Error('boom')
        return Reflect.get(target, name, receiver)
      },
    })
    const { responder, warnings } = responderWith({})
    expect(responder.toReply(failure).status).to.equal(404)
    expect(warnings).to.deep.equal(['The header fields of a failure cannot be read: Error: boom'])
  })
})

function boom(): never {
  throw new Error('boom')
}
