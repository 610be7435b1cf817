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

// Properties that hold for any thrown value. A failing run prints its seed and the smallest counterexample.

const schema = JSON.parse(readFileSync('spec/fixtures/problem-schema.json', 'utf8'))
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
const isProblem = ajv.compile(schema)

const silent = { onFailure: () => undefined, onWarning: () => undefined }
const json = new FailureResponder(silent)
const negotiating = new FailureResponder({ ...silent, represent: byAccept(problemJson, html, text) })

const SECRET = 'planted-5ecret'

/** Factories of hostile values. fast-check gets the factories, since it inspects values and some of these throw. */
const hostileFactories: readonly (() => unknown)[] = [
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
const hostile = fc.constantFrom(...hostileFactories)
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
const anyString = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('\ud800', '\r\n', '\0', '<', '"', "'", '&'),
  ),
})
const extensions = fc.oneof(
  fc.dictionary(fc.oneof(anyString, fc.constantFrom('__proto__', 'constructor', 'type', 'status')), anything),
  anything,
)
const headers = fc.oneof(
  fc.dictionary(
    fc.oneof(anyString, fc.constantFrom('X-Shelf', 'vary', 'Content-Type', 'SET-COOKIE')),
    fc.oneof(anyString, fc.array(anyString), anything),
  ),
  anything,
)
const options = fc.record(
  {
    extensions,
    headers,
    instance: fc.oneof(anyString, anything),
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
  .record({ status: fc.integer({ min: 400, max: 599 }), detail: fc.oneof(anyString, anything), options })
  .map(
    ({ status, detail, options }) =>
      () =>
        createFailure(status, withHostileValues(detail) as string, withHostileValues(options) as never),
  )

/** A failure of a class whose accessors throw or return any value. */
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
      const get = value === boom ? boom : () => withHostileValues(value)
      Object.defineProperty(Wild.prototype, name, { get, configurable: true })
    }
    return new Wild()
  })

const thrown = fc.oneof(
  failure,
  wildFailure,
  anything.map((value) => () => withHostileValues(value)),
)
const accept = fc.option(
  fc.oneof(anyString, fc.constantFrom('text/html', 'text/plain, */*;q=0.1', 'application/json', 'a/b;q=0')),
  { nil: undefined },
)
const method = fc.constantFrom('GET', 'HEAD', 'POST', undefined)

describe('A FailureResponder given any thrown value', () => {
  it('sends valid problem details that contain the status of the response', () => {
    fc.assert(
      fc.property(thrown, (create) => {
        const { status, body } = json.toReply(create())
        expect(status).to.be.within(400, 599)
        const problem = JSON.parse(body ?? '')
        expect(problem.status).to.equal(status)
        expect(isProblem(problem), JSON.stringify(isProblem.errors)).to.equal(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('returns valid problem details as plain data from toProblem()', () => {
    fc.assert(
      fc.property(thrown, (create) => {
        const problem = json.toProblem(create())
        expect(isProblem(problem), JSON.stringify(isProblem.errors)).to.equal(true)
        expect(JSON.parse(JSON.stringify(problem))).to.deep.equal(problem)
      }),
      { numRuns: 1000 },
    )
  })

  it('sends the same response and warnings with a hook that returns undefined', () => {
    const responderOptions = fc.record(
      { typeBase: fc.constant('https://bookshop.example/problems/'), challenge: fc.constant('Bearer realm="books"') },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(thrown, responderOptions, method, (create, given, verb) => {
        const outcomeWith = (hooks: FailureResponderOptions) => {
          const warnings = new Set<string>()
          const onWarning = ({ message }: Error) => warnings.add(message)
          const responder = new FailureResponder({ ...silent, ...given, ...hooks, onWarning })
          const { status, headers, body } = responder.toReply(create(), { method: verb, url: '/' })
          return { status, headers, body, warnings: [...warnings].sort() }
        }
        expect(outcomeWith({})).to.deep.equal(outcomeWith({ extend: () => undefined }))
      }),
      { numRuns: 2000 },
    )
  })

  it('sends headers that Node.js and Fetch accept, in every representation', () => {
    fc.assert(
      fc.property(thrown, accept, method, (create, accepted, verb) => {
        const error = create()
        const request = { method: verb, url: '/', headers: accepted === undefined ? {} : { accept: accepted } }
        const { headers, body } = negotiating.toReply(error, request)
        if (verb === 'HEAD') expect(body).to.equal(null)
        else expect(body).to.be.a('string')
        const names = Object.keys(headers).map((name) => name.toLowerCase())
        expect(new Set(names).size).to.equal(names.length)
        for (const [name, value] of Object.entries(headers)) {
          validateHeaderName(name)
          for (const line of [value].flat()) validateHeaderValue(name, line as string)
        }
        expect(negotiating.toResponse(error, request)).to.be.instanceOf(Response)
      }),
      { numRuns: 1000 },
    )
  })

  it('never sends causes, withheld members, unmarked properties or unknown errors', () => {
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
    const secretErrors = fc.constantFrom<(() => unknown)[]>(
      () => new StockUnknown(SECRET, withheld),
      () => new NotFound(SECRET, { ...withheld, expose: false }),
      () => new NotFound('Lost.', { cause, extensions: { error: cause, list: [cause], map: new Map([['a', cause]]) } }),
      () => cause,
      () => Object.assign(new Error(SECRET), { status: 404, expose: true, headers: { 'X-Secret': SECRET } }),
      () => SECRET,
      () => ({ message: SECRET, toJSON: () => SECRET, toProblem: () => ({ detail: SECRET }) }),
    )
    fc.assert(
      fc.property(secretErrors, accept, (create, accepted) => {
        const headers = accepted === undefined ? {} : { accept: accepted }
        expect(JSON.stringify(negotiating.toReply(create(), { method: 'GET', url: '/', headers }))).not.to.contain(
          SECRET,
        )
      }),
    )
  })

  it('sends valid problem details when hooks throw or return any value', () => {
    const hook = fc
      .oneof(anything, fc.constant(boom), fc.constant(Promise.resolve()))
      .map((value) => () => (value === boom ? boom() : withHostileValues(value)))
    const hooks = fc.record(
      { translate: hook, describe: hook, extend: hook, cacheControl: hook, onFailure: hook, onWarning: hook },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(thrown, hooks, (create, given) => {
        const { status, body } = new FailureResponder({ ...silent, ...(given as FailureResponderOptions) }).toReply(
          create(),
        )
        const problem = JSON.parse(body ?? '')
        expect(problem.status).to.equal(status)
        expect(isProblem(problem), JSON.stringify(isProblem.errors)).to.equal(true)
      }),
      { numRuns: 1000 },
    )
  })
})

/** Replaces factories with the hostile values that they create. */
function withHostileValues(value: unknown): unknown {
  if (hostileFactories.includes(value as () => unknown)) return (value as () => unknown)()
  if (Array.isArray(value)) return value.map(withHostileValues)
  if (Object.prototype.toString.call(value) !== '[object Object]') return value
  return Object.fromEntries(Object.entries(value as object).map(([name, member]) => [name, withHostileValues(member)]))
}

function boom(): never {
  throw new Error('boom')
}
