import { expect } from 'chai'
import { CatchingFailure, FailureResponder, NotFound } from '../../src/index.js'

describe('translate', () => {
  const calls: unknown[] = []
  const responder = new FailureResponder({
    onFailure: () => undefined,
    translate(error) {
      calls.push(error)
      return error instanceof RangeError ? new NotFound() : undefined
    },
  })
  beforeEach(() => {
    calls.length = 0
  })

  class Books {
    @CatchingFailure(responder)
    show(_request: Request, error: unknown): string | globalThis.Response {
      throw error
    }
  }

  /** The handler of a server: a decorated method within a catch-all. */
  function statusFor(request: Request, error: unknown): number {
    try {
      return (new Books().show(request, error) as Response).status
    } catch (rethrown) {
      return responder.toResponse(rethrown, request).status
    }
  }

  it('is called once for an error that a decorated method rethrows', () => {
    const error = new Error('x')
    for (let time = 0; time < 2; time++) {
      calls.length = 0
      expect(statusFor(new Request('http://localhost/'), error)).to.equal(500)
      expect(calls).to.deep.equal([error])
    }
  })

  it('is called once for an error that a decorated method recognizes', () => {
    expect(statusFor(new Request('http://localhost/'), new RangeError())).to.equal(404)
    expect(calls).to.have.length(1)
  })

  it('is called once when recognize() precedes another method', () => {
    const request = new Request('http://localhost/')
    for (const error of [new Error('x'), new RangeError()]) {
      calls.length = 0
      const failure = responder.recognize(error, request)
      expect(responder.toFailure(error, request)).to.be.instanceOf(failure?.constructor ?? Error)
      expect(calls).to.deep.equal([error])
    }
  })

  it('is called for each occurrence of an error without a request', () => {
    const error = new RangeError()
    const failures = [responder.recognize(error), responder.recognize(error)]
    expect(failures[0]).not.to.equal(failures[1])
    expect(calls).to.deep.equal([error, error])
  })

  it('is called again for another request', () => {
    const error = new Error('x')
    responder.recognize(error, new Request('http://localhost/1'))
    responder.recognize(error, new Request('http://localhost/2'))
    expect(calls).to.deep.equal([error, error])
  })

  it('is called once by each method for a thrown string', () => {
    responder.toReply('x')
    expect(calls).to.deep.equal(['x'])
  })
})
