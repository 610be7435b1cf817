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

/** Compiles only if dropClientFailures is a valid `beforeSend` hook. */
const beforeSend: NonNullable<NodeOptions['beforeSend']> = dropClientFailures

const event: Parameters<typeof beforeSend>[0] = { type: undefined }

/** The event that is sent for a thrown value; `null` if it is dropped. */
const sentEvent = (originalException: unknown, type = 'generic') =>
  beforeSend(event, { originalException, mechanism: { type, handled: true } })

class BrokenStatus extends Failure {
  override get status(): number {
    return boom()
  }
}

function boom(): never {
  throw new Error('boom')
}

describe('dropClientFailures', () => {
  for (const { code } of HttpStatus) {
    if (code < 400) continue
    it(`${code < 500 ? 'drops' : 'keeps'} a ${code} failure`, () => {
      expect(sentEvent(createFailure(code as number))).to.equal(code < 500 ? null : event)
    })
  }

  it('keeps a failure whose status getter throws, since it is sent as a 500', () => {
    expect(sentEvent(new BrokenStatus())).to.equal(event)
  })

  it('drops a 404 that was restored from a response, but keeps the 500 that it caused', async () => {
    const restored = await failureFromResponse(new Response(null, { status: 404 }))
    expect(sentEvent(restored)).to.equal(null)
    expect(sentEvent(new InternalServerError({ cause: restored }))).to.equal(event)
  })

  it('keeps errors and other values that are not a Failure', () => {
    const hostile = new Proxy({}, { get: boom })
    const others = [new Error('x'), Object.assign(new Error('x'), { status: 404 }), 'x', 404, null, undefined, hostile]
    for (const other of others) expect(sentEvent(other)).to.equal(event)
    expect(beforeSend(event, {})).to.equal(event)
  })

  it('keeps an uncaught client failure, for every mechanism type of Sentry', () => {
    for (const handler of ['onerror', 'onuncaughtexception', 'onunhandledrejection']) {
      for (const type of [handler, `auto.node.${handler}`, `auto.browser.global_handlers.${handler}`]) {
        expect(sentEvent(new NotFound(), type), type).to.equal(event)
      }
    }
  })

  it('drops a client failure that a framework caught', () => {
    for (const type of ['auto.http.express', 'auto.function.fastify', 'auto.middleware.express', 'auto.onerror.hapi']) {
      expect(sentEvent(new NotFound(), type), type).to.equal(null)
    }
    expect(beforeSend(event, { originalException: new NotFound() })).to.equal(null)
  })
})
