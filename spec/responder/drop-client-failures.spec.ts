import type { NodeOptions } from '@sentry/node'
import { expect } from 'chai'
import {
  createFailure,
  dropClientFailures,
  Failure,
  failureFromResponse,
  HttpStatus,
  InternalServerError,
  NotFound,
} from '../../src/index.js'

/** What Sentry takes. */
const beforeSend: NonNullable<NodeOptions['beforeSend']> = dropClientFailures

const event: Parameters<typeof beforeSend>[0] = { type: undefined }

/** What becomes of the event of whatever was thrown. */
const sent = (originalException: unknown, type = 'generic') =>
  beforeSend(event, { originalException, mechanism: { type, handled: true } })

class Confused extends Failure {
  override get status(): number {
    return gone()
  }
}

function gone(): never {
  throw new Error('gone')
}

describe('dropClientFailures', () => {
  for (const { code } of HttpStatus) {
    if (code < 400) continue
    it(`${code < 500 ? 'drops' : 'keeps'} a ${code}`, () => {
      expect(sent(createFailure(code as number))).to.equal(code < 500 ? null : event)
    })
  }

  it('keeps a failure that is answered with a 500, since its own status is none', () => {
    expect(sent(new Confused())).to.equal(event)
  })

  it('drops what another service has answered, but keeps the failure that it is the cause of', async () => {
    const restored = await failureFromResponse(new Response(null, { status: 404 }))
    expect(sent(restored)).to.equal(null)
    expect(sent(new InternalServerError({ cause: restored }))).to.equal(event)
  })

  it('keeps whatever is no Failure', () => {
    const hostile = new Proxy({}, { get: gone })
    const others = [new Error('x'), Object.assign(new Error('x'), { status: 404 }), 'x', 404, null, undefined, hostile]
    for (const other of others) expect(sent(other)).to.equal(event)
    expect(beforeSend(event, {})).to.equal(event)
  })

  it('keeps a client failure that nobody caught, by whatever name Sentry calls that', () => {
    for (const handler of ['onerror', 'onuncaughtexception', 'onunhandledrejection']) {
      for (const type of [handler, `auto.node.${handler}`, `auto.browser.global_handlers.${handler}`]) {
        expect(sent(new NotFound(), type), type).to.equal(event)
      }
    }
  })

  it('drops a client failure that a framework has caught', () => {
    for (const type of ['auto.http.express', 'auto.function.fastify', 'auto.middleware.express']) {
      expect(sent(new NotFound(), type), type).to.equal(null)
    }
    expect(beforeSend(event, { originalException: new NotFound() })).to.equal(null)
  })
})
