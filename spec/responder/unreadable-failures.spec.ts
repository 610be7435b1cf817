import { expect } from 'chai'
import { FailureResponder, type FailureResponderOptions, NotFound } from '../../src/index.js'
import { byAccept, html, problemJson, text } from '../../src/representations/index.js'

// The methods of a responder never throw, even if reading the failure or the result of a hook does.

function fail(): never {
  throw new Error('The accessor is broken.')
}

const failures: Readonly<Record<string, () => unknown>> = {
  'whose constructor cannot be read': () => Object.defineProperty(new NotFound('Lost.'), 'constructor', { get: fail }),
  'whose members cannot be read': () => {
    const members = ['status', 'statusCode', 'name', 'message', 'detail', 'type', 'title', 'code', 'expose', 'instance']
    const others = ['extensions', 'headers', 'retryAfter', 'statusRules', 'cause']
    const unreadable = Object.fromEntries([...members, ...others].map((name) => [name, { get: fail }]))
    return Object.defineProperties(new NotFound('Lost.'), unreadable)
  },
  'behind a proxy that reads': () => new Proxy(new NotFound('Lost.'), {}),
  'behind a proxy that cannot be inspected': () =>
    new Proxy(new NotFound('Lost.'), {
      ownKeys: fail,
      getOwnPropertyDescriptor: fail,
      has: fail,
      getPrototypeOf: fail,
    }),
  'behind a proxy that cannot be read': () =>
    new Proxy(new NotFound('Lost.'), { get: fail, ownKeys: fail, getOwnPropertyDescriptor: fail }),
  'behind a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable(new NotFound(), {})
    revoke()
    return proxy
  },
  'with a message that is a proxy': () =>
    Object.defineProperty(new NotFound(), 'message', { value: new Proxy({}, { get: fail }) }),
}

const unreadableText = Object.defineProperties(
  {},
  { title: { get: fail }, detail: { get: fail }, language: { get: fail } },
)
const unreadableMembers = Object.defineProperty({ shelf: 7 }, 'isbn', { get: fail, enumerable: true })
const proxy = new Proxy({}, { get: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, has: fail })

const hooks: Readonly<Record<string, object>> = {
  none: {},
  'hooks with unreadable results': {
    describe: () => unreadableText,
    extend: () => unreadableMembers,
    represent: byAccept(problemJson, html, text),
  },
  'hooks that return proxies': {
    translate: () => proxy,
    describe: () => proxy,
    instance: () => proxy,
    extend: () => proxy,
    cacheControl: () => proxy,
    represent: { mediaType: 'text/x', headers: proxy, render: () => proxy },
  },
  'hooks that throw': {
    translate: fail,
    describe: fail,
    instance: fail,
    extend: fail,
    cacheControl: fail,
    onFailure: fail,
    onWarning: fail,
    represent: { choose: fail },
  },
}

describe('A responder never throws', () => {
  for (const [policy, options] of Object.entries(hooks)) {
    for (const [name, create] of Object.entries(failures)) {
      it(`for a failure ${name}; hooks: ${policy}`, async () => {
        const silent = { onFailure: () => undefined, onWarning: () => undefined }
        const responder = new FailureResponder({ ...silent, ...(options as FailureResponderOptions) })
        const error = create()
        for (const request of [undefined, { method: 'GET', url: '/', headers: { accept: 'text/html' } }, proxy]) {
          const { status, body } = responder.toReply(error, request as object)
          expect(status).to.be.oneOf([404, 500])
          expect(body).to.be.a('string')
          expect(responder.toResponse(error, request as object).status).to.equal(status)
          expect(responder.toProblem(error, request as object)).to.include({ status })
          expect(() => responder.recognize(error, request as object)).not.to.throw()
          expect(() => responder.toFailure(error, request as object)).not.to.throw()
        }
      })
    }
  }
})
