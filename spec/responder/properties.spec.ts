import { readFileSync } from 'node:fs'
import { validateHeaderName, validateHeaderValue } from 'node:http'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  BadGateway,
  createFailure,
  Extension,
  Failure,
  FailureResponder,
  type FailureResponderOptions,
  NotFound,
} from '../../src/index.js'
import { byAccept, html, problemJson, text } from '../../src/representations/index.js'

// What holds for whatever is thrown. A failing run prints its seed and the smallest example.

const schema = JSON.parse(readFileSync('spec/fixtures/problem-schema.json', 'utf8'))
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
const isProblem = ajv.compile(schema)

const silent = { onFailure: () => undefined, onWarning: () => undefined }
const json = new FailureResponder(silent)
const negotiating = new FailureResponder({ ...silent, represent: byAccept(problemJson, html, text) })

const SECRET = 'planted-5ecret'

/** Makers of values that do harm; fast-check must not see the values themselves, for it looks into them. */
const makers: readonly (() => unknown)[] = [
  () => new Proxy({}, { get: boom, ownKeys: boom, has: boom, getPrototypeOf: boom, getOwnPropertyDescriptor: boom }),
  () => Object.defineProperty({}, 'message', { get: boom, enumerable: true }),
  () => ({ toJSON: boom, toString: boom, valueOf: boom }),
  () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    return circular
  },
  () => Symbol('x'),
  () => boom,
  () => Number.NaN,
  () => new Date(Number.NaN),
  () => new Map([[{}, new Set([1n])]]),
  () => new Error('x', { cause: new Error('y') }),
]
const hostile = fc.constantFrom(...makers)
const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withSparseArray: true,
  }),
  hostile,
)
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('\ud800', '\r\n', '\0', '<', '"', "'", '&'),
  ),
})
const extensions = fc.oneof(
  fc.dictionary(fc.oneof(anyText, fc.constantFrom('__proto__', 'constructor', 'type', 'status')), anything),
  anything,
)
const headers = fc.oneof(
  fc.dictionary(
    fc.oneof(anyText, fc.constantFrom('X-Shelf', 'vary', 'Content-Type', 'SET-COOKIE')),
    fc.oneof(anyText, fc.array(anyText), anything),
  ),
  anything,
)
const options = fc.record(
  {
    extensions,
    headers,
    instance: fc.oneof(anyText, anything),
    expose: fc.oneof(fc.boolean(), anything),
    retryAfter: anything,
    allow: anything,
    challenge: anything,
    upgrade: anything,
    accept: anything,
    length: anything,
    blockedBy: anything,
  },
  { requiredKeys: [] },
)

const failure = fc
  .record({ status: fc.integer({ min: 400, max: 599 }), detail: fc.oneof(anyText, anything), options })
  .map(
    ({ status, detail, options }) =>
      () =>
        createFailure(status, made(detail) as string, made(options) as never),
  )

/** A failure of a class whose accessors do as they please. */
const wildFailure = fc
  .dictionary(
    fc.constantFrom(
      'status',
      'type',
      'title',
      'detail',
      'code',
      'expose',
      'instance',
      'extensions',
      'headers',
      'name',
      'message',
      'toProblem',
      'toJSON',
    ),
    fc.oneof(anything, fc.constant(boom)),
  )
  .map((members) => () => {
    class Wild extends Failure {}
    for (const [name, value] of Object.entries(members)) {
      const get = value === boom ? boom : () => made(value)
      Object.defineProperty(Wild.prototype, name, { get, configurable: true })
    }
    return new Wild()
  })

const thrown = fc.oneof(
  failure,
  wildFailure,
  anything.map((value) => () => made(value)),
)
const accept = fc.option(
  fc.oneof(anyText, fc.constantFrom('text/html', 'text/plain, */*;q=0.1', 'application/json', 'a/b;q=0')),
  { nil: undefined },
)
const method = fc.constantFrom('GET', 'HEAD', 'POST', undefined)

describe('For whatever is thrown, a responder', () => {
  it('gives a problem document that is valid, with the status of the answer', () => {
    fc.assert(
      fc.property(thrown, (make) => {
        const { status, body } = json.toReply(make())
        expect(status).to.be.within(400, 599)
        const problem = JSON.parse(body ?? '')
        expect(problem.status).to.equal(status)
        expect(isProblem(problem), JSON.stringify(isProblem.errors)).to.equal(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('gives a problem document that is valid to those who ask for nothing else, as plain data', () => {
    fc.assert(
      fc.property(thrown, (make) => {
        const problem = json.toProblem(make())
        expect(isProblem(problem), JSON.stringify(isProblem.errors)).to.equal(true)
        expect(JSON.parse(JSON.stringify(problem))).to.deep.equal(problem)
      }),
      { numRuns: 1000 },
    )
  })

  it('answers, and warns, as one that has asked a hook which has nothing to say', () => {
    const policy = fc.record(
      { typeBase: fc.constant('https://bookshop.example/problems/'), challenge: fc.constant('Bearer realm="books"') },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(thrown, policy, method, (make, given, verb) => {
        const answered = (hooks: FailureResponderOptions) => {
          const warnings = new Set<string>()
          const onWarning = ({ message }: Error) => warnings.add(message)
          const responder = new FailureResponder({ ...silent, ...given, ...hooks, onWarning })
          const { status, headers, body } = responder.toReply(make(), { method: verb, url: '/' })
          return { status, headers, body, warnings: [...warnings].sort() }
        }
        expect(answered({})).to.deep.equal(answered({ extend: () => undefined }))
      }),
      { numRuns: 2000 },
    )
  })

  it('gives header fields that Node and Fetch can send, in any representation', () => {
    fc.assert(
      fc.property(thrown, accept, method, (make, accepted, verb) => {
        const error = make()
        const request = { method: verb, url: '/', headers: accepted === undefined ? {} : { accept: accepted } }
        const { headers, body } = negotiating.toReply(error, request)
        if (verb === 'HEAD') expect(body).to.equal(null)
        else expect(body).to.be.a('string')
        const names = Object.keys(headers).map((name) => name.toLowerCase())
        expect(new Set(names).size).to.equal(names.length)
        for (const [name, value] of Object.entries(headers)) {
          validateHeaderName(name)
          for (const one of [value].flat()) validateHeaderValue(name, one as string)
        }
        expect(negotiating.toResponse(error, request)).to.be.instanceOf(Response)
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps what is not for the client', () => {
    class StockUnknown extends BadGateway {
      @Extension() readonly shelf = 7
      readonly unmarked = SECRET
      readonly #hidden = SECRET
      get hidden() {
        return this.#hidden
      }
    }
    const cause = new Error(SECRET, { cause: { secret: SECRET } })
    const withheld = { cause, instance: `/${SECRET}`, extensions: { note: SECRET } }
    const secretive = fc.constantFrom<(() => unknown)[]>(
      () => new StockUnknown(SECRET, withheld),
      () => new NotFound(SECRET, { ...withheld, expose: false }),
      () => new NotFound('Lost.', { cause, extensions: { error: cause, list: [cause], map: new Map([['a', cause]]) } }),
      () => cause,
      () => Object.assign(new Error(SECRET), { status: 404, expose: true, headers: { 'X-Secret': SECRET } }),
      () => SECRET,
      () => ({ message: SECRET, toJSON: () => SECRET, toProblem: () => ({ detail: SECRET }) }),
    )
    fc.assert(
      fc.property(secretive, accept, (make, accepted) => {
        const headers = accepted === undefined ? {} : { accept: accepted }
        expect(JSON.stringify(negotiating.toReply(make(), { method: 'GET', url: '/', headers }))).not.to.contain(SECRET)
      }),
    )
  })

  it('survives hooks that do anything', () => {
    const hook = fc
      .oneof(anything, fc.constant(boom), fc.constant(Promise.resolve()))
      .map((value) => () => (value === boom ? boom() : made(value)))
    const hooks = fc.record(
      { translate: hook, describe: hook, extend: hook, cacheControl: hook, onFailure: hook, onWarning: hook },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(thrown, hooks, (make, given) => {
        const { status, body } = new FailureResponder({ ...silent, ...(given as FailureResponderOptions) }).toReply(
          make(),
        )
        const problem = JSON.parse(body ?? '')
        expect(problem.status).to.equal(status)
        expect(isProblem(problem), JSON.stringify(isProblem.errors)).to.equal(true)
      }),
      { numRuns: 1000 },
    )
  })
})

/** Puts the values in the place of their makers. */
function made(value: unknown): unknown {
  if (makers.includes(value as () => unknown)) return (value as () => unknown)()
  if (Array.isArray(value)) return value.map(made)
  if (Object.prototype.toString.call(value) !== '[object Object]') return value
  return Object.fromEntries(Object.entries(value as object).map(([name, member]) => [name, made(member)]))
}

function boom(): never {
  throw new Error('boom')
}
