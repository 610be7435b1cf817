import { format, inspect } from 'node:util'
import { expect } from 'chai'
import {
  BadGateway,
  type Failure,
  type FailureContext,
  FailureResponder,
  Forbidden,
  InternalServerError,
  NotFound,
  ServiceUnavailable,
} from '../../src/index.js'

const silent = { onFailure: () => undefined }
const bare500 = { type: 'about:blank', title: 'Internal Server Error', status: 500 }

describe('FailureResponder', () => {
  describe('toReply', () => {
    it('returns status, headers and body as plain data', () => {
      expect(new FailureResponder().toReply(new NotFound('There is no such book.'))).to.deep.equal({
        status: 404,
        headers: {
          'Content-Type': 'application/problem+json',
          'Cache-Control': 'no-store',
          'X-Content-Type-Options': 'nosniff',
        },
        body: '{"type":"about:blank","title":"Not Found","status":404,"detail":"There is no such book."}',
      })
    })

    const thrown: Record<string, unknown> = {
      'an error': new Error('secret'),
      'an error with a status': Object.assign(new Error('secret'), { status: 404, expose: true }),
      'a string': 'secret',
      undefined: undefined,
      null: null,
      'a number': 404,
      'a revoked proxy': revoked(),
    }
    for (const [label, error] of Object.entries(thrown)) {
      it(`returns a bare 500 for ${label}`, () => {
        const { status, body } = new FailureResponder(silent).toReply(error)
        expect(status).to.equal(500)
        expect(JSON.parse(body ?? '')).to.deep.equal(bare500)
      })
    }

    it('returns the headers of GET, Content-Length and no body for HEAD', () => {
      const responder = new FailureResponder()
      const get = responder.toReply(new NotFound('für'), { method: 'GET', url: '/' })
      const head = responder.toReply(new NotFound('für'), { method: 'HEAD', url: '/' })
      const length = String(Buffer.byteLength(get.body ?? ''))
      expect(head).to.deep.equal({ ...get, body: null, headers: { ...get.headers, 'Content-Length': length } })
    })
  })

  describe('toResponse', () => {
    it('returns a Fetch Response', async () => {
      const response = new FailureResponder(silent).toResponse(new Error('secret'), new Request('http://localhost/'))
      expect(response.status).to.equal(500)
      expect(await response.json()).to.deep.equal(bare500)
    })

    it('returns Content-Length and no body for HEAD', async () => {
      const request = new Request('http://localhost/', { method: 'HEAD' })
      const response = new FailureResponder().toResponse(new NotFound(), request)
      expect(response.body).to.equal(null)
      expect(Number(response.headers.get('content-length'))).to.be.above(0)
    })
  })

  describe('translate', () => {
    class EntityNotFound extends Error {}
    const translate = (error: unknown) =>
      error instanceof EntityNotFound ? new NotFound('There is no such entity.', { cause: error }) : undefined

    it('translates a third-party error to a Failure', () => {
      expect(new FailureResponder({ translate }).toReply(new EntityNotFound()).status).to.equal(404)
      expect(new FailureResponder({ translate, ...silent }).toReply(new Error('x')).status).to.equal(500)
    })

    it('is not called for a Failure', () => {
      const responder = new FailureResponder({ translate: () => new Forbidden() })
      expect(responder.toReply(new NotFound()).status).to.equal(404)
    })

    const invalid: Record<string, () => unknown> = {
      'returns a number': () => 404,
      'returns an Error': () => new Error('x'),
      rejects: () => Promise.reject(new Error('x')),
      throws: boom,
    }
    for (const [label, hook] of Object.entries(invalid)) {
      it(`is ignored when it ${label}`, async () => {
        const responder = new FailureResponder({ translate: hook as never, ...silent })
        expect(responder.toReply(new EntityNotFound()).status).to.equal(500)
        // An unhandled rejection would end the process here.
        await new Promise(setImmediate)
      })
    }

    it('determines which errors recognize() returns a Failure for', () => {
      const responder = new FailureResponder({ translate })
      const failure = new NotFound()
      expect(responder.recognize(failure)).to.equal(failure)
      expect(responder.recognize(new EntityNotFound())).to.be.instanceOf(NotFound)
      expect(responder.recognize(new Error('x'))).to.equal(undefined)
    })

    it('determines the result of toFailure(), which is InternalServerError for other errors', () => {
      const responder = new FailureResponder({ translate })
      const failure = new NotFound()
      expect(responder.toFailure(failure)).to.equal(failure)
      expect(responder.toFailure(new EntityNotFound())).to.be.instanceOf(NotFound)
      const error = new Error('x')
      const unknown = responder.toFailure(error)
      expect(unknown).to.be.instanceOf(InternalServerError)
      expect(unknown.cause).to.equal(error)
    })

    it('is called once by each method, and never for a Failure', () => {
      let calls = 0
      const responder = new FailureResponder({ ...silent, translate: () => void (calls += 1) })
      const methods = ['recognize', 'toFailure', 'toProblem', 'toReply', 'toResponse'] as const
      for (const method of methods) {
        calls = 0
        responder[method](new NotFound())
        expect(calls, method).to.equal(0)
        responder[method](new Error('x'))
        expect(calls, method).to.equal(1)
      }
    })
  })

  describe('onFailure', () => {
    it('is called once per error response', () => {
      const calls: unknown[] = []
      const responder = new FailureResponder({ onFailure: (failure, { error }) => calls.push([failure, error]) })
      const failure = new NotFound()
      responder.toReply(failure)
      const error = new Error('x')
      responder.toReply(error)
      expect(calls).to.have.length(2)
      expect(calls[0]).to.deep.equal([failure, failure])
      const [internal, thrown] = calls[1] as [Failure, Error]
      expect(internal.cause).to.equal(error)
      expect(thrown).to.equal(error)
    })

    it('is called once by toProblem, toReply and toResponse, and never by the other methods', () => {
      let calls = 0
      const responder = new FailureResponder({ onFailure: () => void (calls += 1) })
      const failure = new NotFound()
      const callsDuring = (work: () => unknown) => {
        calls = 0
        work()
        return calls
      }
      expect(callsDuring(() => responder.toProblem(failure))).to.equal(1)
      expect(callsDuring(() => responder.toReply(failure))).to.equal(1)
      expect(callsDuring(() => responder.toResponse(failure))).to.equal(1)
      expect(callsDuring(() => responder.recognize(failure))).to.equal(0)
      expect(callsDuring(() => responder.toFailure(new Error('x')))).to.equal(0)
      expect(callsDuring(() => failure.toProblem())).to.equal(0)
      expect(callsDuring(() => failure.toResponse())).to.equal(0)
    })

    it('does not change the response when it throws or rejects', async () => {
      for (const onFailure of [boom, async () => boom()]) {
        expect(new FailureResponder({ onFailure }).toReply(new NotFound()).status).to.equal(404)
      }
      await new Promise(setImmediate)
    })
  })

  describe('The context of a hook', () => {
    const contextOf = (request?: object): FailureContext => {
      let context: FailureContext | undefined
      const onFailure = (_: Failure, received: FailureContext) => {
        context = received
      }
      new FailureResponder({ onFailure }).toReply(new NotFound(), request)
      return context as FailureContext
    }

    it('describes a Fetch request', () => {
      const request = new Request('http://localhost:3000/books/1?token=secret', {
        method: 'put',
        headers: { 'X-Shelf': '3' },
      })
      const context = contextOf(request)
      expect(context.method).to.equal('PUT')
      expect(context.path).to.equal('/books/1')
      expect(context.header('x-SHELF')).to.equal('3')
      expect(context.header('x-none')).to.equal(undefined)
      expect(context.raw).to.equal(request)
    })

    it('describes a Node.js request', () => {
      const request = { method: 'GET', url: '/books?x', headers: { accept: 'a', 'x-list': ['a', 'b'] } }
      const context = contextOf(request)
      expect(context.path).to.equal('/books')
      expect(context.header('Accept')).to.equal('a')
      expect(context.header('X-List')).to.equal('a, b')
      expect(context.header('X-None')).to.equal(undefined)
    })

    it('reads headers case-insensitively, and from any object with a get() method', () => {
      expect(contextOf({ headers: { ACCEPT: 'a' } }).header('Accept')).to.equal('a')
      expect(contextOf({ headers: { get: (name: string) => `${name}!` } }).header('Accept')).to.equal('Accept!')
    })

    it('contains the path of originalUrl, not the one of a sub-application', () => {
      expect(contextOf({ method: 'GET', url: '/1', originalUrl: '/books/1?x' }).path).to.equal('/books/1')
    })

    it('is empty for a request whose members throw or have the wrong type', () => {
      const throwing = {}
      for (const name of ['method', 'url', 'originalUrl', 'headers']) {
        Object.defineProperty(throwing, name, { get: boom })
      }
      for (const request of [
        throwing,
        { headers: null },
        {},
        { method: 5, url: {}, headers: 7 },
        { headers: { accept: null } },
      ]) {
        const { method, path, header } = contextOf(request)
        expect([method, path, header('accept'), header('constructor')]).to.deep.equal(Array(4).fill(undefined))
      }
    })

    const paths = {
      '/': '/',
      '/to/https://a.example/b': '/to/https://a.example/b',
      '/a\n?b\nc': '/a\n',
      '?x': '/',
      '*': '*',
      'https://a.example': '/',
      'https://a.example?x': '/',
      '/a#b': '/a',
    }
    for (const [url, path] of Object.entries(paths)) {
      it(`contains the path ${path} for the URL ${url}`, () => {
        expect(contextOf({ method: 'GET', url }).path).to.equal(path)
      })
    }

    it('is empty without a request', () => {
      const context = contextOf()
      expect([context.method, context.path, context.header('accept'), context.raw]).to.deep.equal(
        Array(4).fill(undefined),
      )
    })
  })

  describe('without onFailure', () => {
    const { error } = console
    let logged: unknown[][] = []
    beforeEach(() => {
      logged = []
      console.error = (_format: string, ...given: unknown[]) => logged.push(given)
    })
    afterEach(() => {
      console.error = error
    })

    it('logs server failures with method and path, without the query', () => {
      const failure = new ServiceUnavailable()
      new FailureResponder().toReply(failure, { method: 'GET', url: '/books?token=secret' })
      expect(logged).to.have.length(1)
      expect(logged[0]?.[0]).to.equal('GET /books 503')
      expect(logged[0]?.[1]).to.match(/^ServiceUnavailable: Service Unavailable\n {6}at /)
    })

    it('logs client failures that are not exposed', () => {
      new FailureResponder().toReply(new Forbidden('secret', { expose: false }))
      expect(logged).to.have.length(1)
      expect(logged[0]?.[0]).to.equal('403')
      expect(logged[0]?.[1]).to.match(/^Forbidden: secret\n/)
    })

    it('logs an unknown error as the cause of an InternalServerError', () => {
      const cause = new Error('secret')
      new FailureResponder().toReply(cause)
      expect(logged).to.have.length(1)
      expect(logged[0]?.[1]).to.match(/\nCaused by: Error: secret\n/)
    })

    it('logs the stack trace of the error, and none of the InternalServerError', () => {
      new FailureResponder().toReply(new Error('secret'))
      expect(logged[0]?.[1]).to.match(
        /^InternalServerError: Internal Server Error\nCaused by: Error: secret\n {6}at .*failure-responder.spec/,
      )
    })

    it('logs a path with format specifiers unchanged', () => {
      console.error = (...given: unknown[]) => logged.push([format(...given)])
      for (const path of ['/caf%c3%a9', '/%d0%b0', '/%j', '/%s%s%s%o']) {
        logged = []
        new FailureResponder().toReply(new Error('the cause'), { method: 'GET', url: path })
        expect(logged[0]?.[0]).to.contain(`GET ${path} 500`).and.to.contain('Error: the cause')
      }
    })

    it('logs every cause of a long chain', () => {
      let error = new Error('cause 0')
      for (let depth = 1; depth < 9; depth++) error = new Error(`cause ${depth}`, { cause: error })
      new FailureResponder().toReply(error)
      const output = format(...(logged[0] as [unknown]))
      for (let depth = 0; depth < 9; depth++) expect(output).to.contain(`Error: cause ${depth}\n`)
    })

    it('logs one line for causes that are circular, throw, or are not errors', () => {
      const error = new Error('circular')
      error.cause = new Error('other', { cause: error })
      new FailureResponder().toReply(error)
      new FailureResponder().toReply(Object.defineProperty(new Error('x'), 'cause', { get: boom }))
      new FailureResponder().toReply({ cause: 7 })
      expect(logged.map(([summary]) => summary)).to.deep.equal(['500', '500', '500'])
    })

    it('ignores the custom inspection of an error', () => {
      console.error = (...given: unknown[]) => logged.push([format(...given)])
      const hostile = Object.defineProperty(new Error('x'), inspect.custom, { value: boom })
      new FailureResponder().toReply(hostile, { method: 'GET', url: '/books' })
      expect(logged[0]?.[0]).to.match(/^GET \/books 500 InternalServerError: .*\nCaused by: Error: x\n/)
    })

    it('does not log client failures', () => {
      new FailureResponder().toReply(new NotFound())
      expect(logged).to.deep.equal([])
    })

    it('logs a failure whose accessors throw', () => {
      class Broken extends NotFound {
        override get expose(): boolean {
          return boom()
        }
        override get status(): never {
          return boom()
        }
      }
      expect(new FailureResponder().toReply(new Broken()).status).to.equal(500)
      expect(logged).to.have.length(1)
    })
  })

  it('is frozen, and copies its options', () => {
    const options = { ...silent }
    const responder = new FailureResponder(options)
    expect(() => Object.assign(responder.options, { onFailure: boom })).to.throw(TypeError)
    expect(() => Object.assign(responder, { options: {} })).to.throw(TypeError)
    Object.assign(options, { onFailure: boom })
    expect(responder.options.onFailure).to.equal(silent.onFailure)
  })

  it('does not send the detail or the headers of a cause', () => {
    const upstream = new Forbidden('secret', { headers: { 'X-Upstream': 'secret' } })
    const { headers, body } = new FailureResponder(silent).toReply(new BadGateway({ cause: upstream }))
    expect(JSON.stringify([headers, body])).not.to.contain('secret')
  })
})

function boom(): never {
  throw new Error('boom')
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
