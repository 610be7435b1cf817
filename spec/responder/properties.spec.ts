import { readFileSync } from 'node:fs'
import { validateHeaderName, validateHeaderValue } from 'node:http'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'chai'
import fc from 'fast-check'
import * as core from '../../src/index.js'
import { BadGateway, Extension, FailureResponder, type FailureResponderOptions, NotFound } from '../../src/index.js'
import * as representations from '../../src/representations/index.js'
import { accept, method, outcomeOf, request, responderOptions, thrown, wildHooks } from './generated-cases.js'

// Properties that hold for any thrown value. A failing run prints its seed and the smallest counterexample.

const schema = JSON.parse(readFileSync('spec/fixtures/problem-schema.json', 'utf8'))
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
const isProblem = ajv.compile(schema)

const library = { ...core, ...representations }
const silent = { onFailure: () => undefined, onWarning: () => undefined }
const json = new FailureResponder(silent)
const negotiating = new FailureResponder({
  ...silent,
  represent: representations.byAccept(representations.problemJson, representations.html, representations.text),
})

const SECRET = 'planted-5ecret'

describe('A FailureResponder given any thrown value', () => {
  it('sends valid problem details that contain the status of the response', () => {
    fc.assert(
      fc.property(thrown, (create) => {
        const { status, body } = json.toReply(create(library))
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
        const problem = json.toProblem(create(library))
        expect(isProblem(problem), JSON.stringify(isProblem.errors)).to.equal(true)
        expect(JSON.parse(JSON.stringify(problem))).to.deep.equal(problem)
      }),
      { numRuns: 1000 },
    )
  })

  it('sends the same response and warnings with a hook that returns undefined', () => {
    const options = fc.record(
      { typeBase: fc.constant('https://bookshop.example/problems/'), challenge: fc.constant('Bearer realm="books"') },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(thrown, options, request, (create, given, incoming) => {
        const outcome = outcomeOf(library, create(library), given, incoming())
        const withHook = { ...given, extend: () => undefined }
        expect(outcomeOf(library, create(library), withHook, incoming())).to.deep.equal(outcome)
      }),
      { numRuns: 2000 },
    )
  })

  it('sends the response that failure.toResponse() returns, if no option changes it', async () => {
    await fc.assert(
      fc.asyncProperty(thrown, async (create) => {
        const failure = json.toFailure(create(library))
        const own = failure.toResponse()
        const response = json.toResponse(failure)
        expect(response.status).to.equal(own.status)
        expect([...response.headers]).to.deep.equal([...own.headers])
        expect(await response.text()).to.equal(await own.text())
      }),
      { numRuns: 1000 },
    )
  })

  it('calls onFailure once under any options', () => {
    fc.assert(
      fc.property(thrown, responderOptions, request, (create, options, incoming) => {
        const { status, failures } = outcomeOf(library, create(library), options(library), incoming())
        expect(failures).to.equal(1)
        expect(status).to.be.within(400, 599)
      }),
      { numRuns: 2000 },
    )
  })

  it('sends headers that Node.js and Fetch accept, in every representation', () => {
    fc.assert(
      fc.property(thrown, accept, method, (create, accepted, verb) => {
        const error = create(library)
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
    fc.assert(
      fc.property(thrown, wildHooks, (create, given) => {
        const { status, body } = new FailureResponder({ ...silent, ...(given as FailureResponderOptions) }).toReply(
          create(library),
        )
        const problem = JSON.parse(body ?? '')
        expect(problem.status).to.equal(status)
        expect(isProblem(problem), JSON.stringify(isProblem.errors)).to.equal(true)
      }),
      { numRuns: 1000 },
    )
  })
})
