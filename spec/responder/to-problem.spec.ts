import { expect } from 'chai'
import {
  Conflict,
  type Failure,
  type FailureContext,
  FailureResponder,
  type FailureResponderOptions,
  NotFound,
} from '../../src/index.js'

const bare500 = { type: 'about:blank', title: 'Internal Server Error', status: 500 }
const silent = { onFailure: () => undefined, onWarning: () => undefined }

class OutOfStock extends Conflict {
  override get type() {
    return 'out-of-stock'
  }
  override get code() {
    return 'OUT_OF_STOCK'
  }
}

describe('FailureResponder.toProblem', () => {
  it('returns the problem details that toReply() serializes', () => {
    const responder = new FailureResponder({
      ...silent,
      typeBase: 'https://bookshop.example/problems/',
      translate: (error) => (error instanceof RangeError ? new OutOfStock('None left.') : undefined),
      describe: () => ({ title: 'Vergriffen', language: 'de' }),
      extend: (_failure, { path }) => ({ path }),
    })
    const request = { method: 'POST', url: '/orders?token=secret' }
    for (const error of [new RangeError(), new NotFound('Lost.', { instance: '/7' }), new Error('secret')]) {
      const problem = responder.toProblem(error, request)
      expect(problem).to.deep.equal(JSON.parse(responder.toReply(error, request).body ?? ''))
      expect(problem['path']).to.equal('/orders')
    }
    expect(responder.toProblem(new RangeError())).to.deep.equal({
      type: 'https://bookshop.example/problems/out-of-stock',
      title: 'Vergriffen',
      status: 409,
      detail: 'None left.',
      code: 'OUT_OF_STOCK',
    })
  })

  it('returns problem details for a HEAD request, too', () => {
    const problem = new FailureResponder().toProblem(new NotFound(), { method: 'HEAD', url: '/' })
    expect(problem).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
  })

  it('converts extension members to plain data', () => {
    const circular: Record<string, unknown> = { copies: 7n, since: new Date(0), error: new Error('secret') }
    circular['self'] = circular
    const problem = new FailureResponder(silent).toProblem(new NotFound({ extensions: { circular, call: () => 1 } }))
    expect(problem).to.deep.equal({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      circular: { copies: '7', since: '1970-01-01T00:00:00.000Z' },
    })
    expect(structuredClone(problem)).to.deep.equal(problem)
  })

  const thrown: Record<string, unknown> = {
    'an error': new Error('secret'),
    'a string': 'secret',
    'a number': 404,
    null: null,
    undefined: undefined,
    'a proxy': Proxy.revocable({}, {}).proxy,
  }
  for (const [label, error] of Object.entries(thrown)) {
    it(`returns a bare 500 for ${label}`, () => {
      expect(new FailureResponder(silent).toProblem(error)).to.deep.equal(bare500)
    })
  }

  it('calls onFailure once, with the failure and the context', () => {
    const calls: [Failure, FailureContext][] = []
    const responder = new FailureResponder({ onFailure: (...call) => calls.push(call) })
    const error = new Error('secret')
    responder.toProblem(error, { method: 'GET', url: '/books' })
    expect(calls).to.have.length(1)
    const [failure, context] = calls[0]!
    expect(failure.cause).to.equal(error)
    expect([context.error, context.method, context.path]).to.deep.equal([error, 'GET', '/books'])
  })

  it('does not call translate for a Failure', () => {
    const responder = new FailureResponder({ ...silent, translate: boom })
    expect(responder.toProblem(new OutOfStock())).to.include({ status: 409, code: 'OUT_OF_STOCK' })
  })

  it('calls neither represent nor cacheControl', () => {
    const calls: string[] = []
    const responder = new FailureResponder({
      represent: { mediaType: 'text/plain', render: () => `${calls.push('represent')}` },
      cacheControl: () => `${calls.push('cacheControl')}`,
    })
    responder.toProblem(new NotFound())
    expect(calls).to.deep.equal([])
  })

  it('returns a bare 500 when every hook throws, rejects or returns a number', async () => {
    for (const hook of [boom, async () => boom(), () => 7]) {
      const names = ['translate', 'describe', 'extend', 'onFailure', 'onWarning']
      const options = Object.fromEntries(names.map((name) => [name, hook])) as FailureResponderOptions
      expect(new FailureResponder(options).toProblem(new Error('secret'))).to.deep.equal(bare500)
    }
    // An unhandled rejection would end the process here.
    await new Promise(setImmediate)
  })

  it('returns type, title and status when JSON.stringify fails', function () {
    this.timeout(60_000)
    const warnings: string[] = []
    const responder = new FailureResponder({ onWarning: ({ code }) => warnings.push(code) })
    const problem = responder.toProblem(new NotFound('\u0001'.repeat(95_000_000)))
    expect(problem).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
    expect(warnings).to.deep.equal(['PROBLEM_TOO_LARGE'])
  })
})

function boom(): never {
  throw new Error('boom')
}
