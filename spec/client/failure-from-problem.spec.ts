import { types } from 'node:util'
import { expect } from 'chai'
import fc from 'fast-check'
import * as z from 'zod'
import {
  BadGateway,
  Conflict,
  createFailure,
  Extension,
  type Failure,
  type FailureFromProblemOptions,
  failureFromProblem,
  HttpStatus,
  InternalServerError,
  NotFound,
  type ProblemType,
  UpgradeRequired,
} from '../../src/index.js'
import { NoSuchShelf, OutOfStock, StockUnknown } from './domain.js'

const classes = [OutOfStock, NoSuchShelf, StockUnknown]

describe('failureFromProblem', () => {
  describe('restores the failure of', () => {
    for (const { code, phrase } of [...HttpStatus].filter((status) => status.code >= 400)) {
      it(`${code} ${phrase}`, () => {
        const options = { instance: '/orders/7', extensions: { shelf: [7] }, expose: true }
        const problem = createFailure(code as number, 'Something went wrong.', options).toProblem()
        const restored = failureFromProblem(problem)
        expect(restored).to.be.instanceOf(createFailure(code as number).constructor)
        expect(restored).to.include({ status: code, detail: 'Something went wrong.', instance: '/orders/7' })
        expect(restored.extensions['shelf']).to.deep.equal([7])
        expect(restored.expose).to.equal(createFailure(code as number).expose)
      })
    }
  })

  it('restores a class in "classes" with its @Extension() field', () => {
    const problem = new OutOfStock('978-0131103627').toProblem()
    for (const document of [problem, JSON.stringify(problem)]) {
      const failure = failureFromProblem(document, { classes })
      expect(failure).to.be.instanceOf(OutOfStock)
      if (!(failure instanceof OutOfStock)) throw failure
      const isbn: string = failure.isbn
      expect(isbn).to.equal('978-0131103627')
      expect(failure.code).to.equal('OUT_OF_STOCK')
      expect(failure.toProblem()).to.deep.equal(problem)
      expect(types.isNativeError(failure)).to.equal(true)
      expect(failure.stack).to.include('failure-from-problem.spec.ts')
    }
  })

  it('matches a relative type as written or resolved against "typeBase"', () => {
    const typeBase = 'https://bookshop.example/problems/'
    const problem = new NoSuchShelf().toProblem()
    const resolved = { ...problem, type: `${typeBase}no-such-shelf` }
    expect(failureFromProblem(problem, { classes })).to.be.instanceOf(NoSuchShelf)
    expect(failureFromProblem(problem, { classes, typeBase })).to.be.instanceOf(NoSuchShelf)
    expect(failureFromProblem(resolved, { classes, typeBase })).to.be.instanceOf(NoSuchShelf)
    expect(failureFromProblem(resolved, { classes })).to.be.instanceOf(NotFound).and.not.instanceOf(NoSuchShelf)
  })

  describe('the status', () => {
    const { type } = new OutOfStock('1')

    it('is read from the document, even if the class defines another', () => {
      const failure = failureFromProblem({ type, status: 410 }, { classes })
      expect(failure).to.be.instanceOf(OutOfStock)
      expect(failure.toProblem()).to.include({ status: 410 })
      expect(failureFromProblem({ status: 499, detail: 'Odd.' }).toProblem()).to.include({ status: 499 })
    })

    for (const status of [undefined, '404', 200, 99, 404.5, 600, null]) {
      it(`falls back to the matched class, or to 500, when the document contains ${JSON.stringify(status)}`, () => {
        const matched = failureFromProblem({ type, status, title: 'x' }, { classes })
        expect(matched).to.be.instanceOf(OutOfStock)
        expect(matched.status).to.equal(409)
        const unmatched = failureFromProblem({ type, status, title: 'x' })
        expect(unmatched).to.be.instanceOf(InternalServerError)
        expect(unmatched).to.include({ status: 500, title: 'x', type })
      })
    }
  })

  it('sets no headers, since problem details contain none', () => {
    const upgrade = failureFromProblem({ status: 426 })
    expect(upgrade).to.be.instanceOf(UpgradeRequired)
    expect(upgrade.headers).to.deep.equal({})
    expect(failureFromProblem({ status: 429 }).retryAfter).to.equal(undefined)
  })

  it('keeps the members of a 502 readable, but withholds them from toProblem()', () => {
    const failure = failureFromProblem({ status: 502, detail: 'secret', host: 'db-1' })
    expect(failure).to.be.instanceOf(BadGateway)
    expect(failure).to.include({ detail: 'secret' })
    expect(failure.extensions).to.have.property('host', 'db-1')
    expect(Object.keys(failure.extensions)).to.deep.equal([])
    expect(failure.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Bad Gateway', status: 502 })
  })

  it('validates fields synchronously, and omits fields with an asynchronous schema', async () => {
    const schemaOf = (validate: () => unknown) => ({ '~standard': { version: 1, vendor: 'spec', validate } }) as never
    class Stock extends Conflict {
      static override readonly problem: ProblemType = { type: 'urn:stock' }
      @Extension(z.number()) readonly copies?: number
      @Extension(z.string()) readonly isbn?: string
      @Extension(z.iso.datetime().transform((value) => new Date(value))) readonly since?: Date
      @Extension(z.string().refine(async () => true)) readonly customer?: string
      @Extension(schemaOf(() => Promise.reject(new Error('boom')))) readonly rejects?: string
      @Extension(schemaOf(() => undefined)) readonly nothing?: string
      @Extension() readonly anything?: unknown
    }
    const failure = failureFromProblem(
      {
        type: 'urn:stock',
        status: 409,
        copies: '7',
        isbn: '1',
        since: '2030-01-01T00:00:00Z',
        customer: 'Alice',
        rejects: 1,
        nothing: 1,
        anything: [1],
        shelf: 7,
      },
      { classes: [Stock] },
    )
    expect(failure).to.be.instanceOf(Stock)
    expect(failure.extensions).to.deep.equal({
      isbn: '1',
      since: new Date('2030-01-01T00:00:00Z'),
      anything: [1],
      shelf: 7,
    })
    // An unhandled rejection would end the process here.
    await new Promise(setImmediate)
  })

  it('ignores @Extension() on a standard member such as title', () => {
    class Titled extends Conflict {
      static override readonly problem: ProblemType = { type: 'urn:titled' }
      @Extension() override get title() {
        return 'Titled'
      }
    }
    const failure = failureFromProblem({ type: 'urn:titled', title: 'Other', status: 409 }, { classes: [Titled] })
    expect(failure.title).to.equal('Other')
    expect(Object.keys(failure)).to.deep.equal([])
  })

  describe('returns an InternalServerError with the value as its cause for', () => {
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const values: Record<string, unknown> = {
      'a string that is not JSON': 'There is no matching message handler defined.',
      'JSON that is not an object': '[]',
      'an empty string': '',
      'an error': new Error('secret'),
      'an error with a status': Object.assign(new Error('secret'), { status: 404, title: 'x', type: 'urn:x' }),
      'a network error': Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
      'the error that Nest sends for an unknown exception': { status: 'error', message: 'Internal server error' },
      'an object without a standard member': { code: 5, details: 'Not found' },
      'an empty object': {},
      'an array': [{ status: 404 }],
      'a number': 404,
      undefined: undefined,
      null: null,
      'a function': () => ({ status: 404 }),
      'a revoked proxy': revoked.proxy,
    }
    for (const [label, value] of Object.entries(values)) {
      it(label, () => {
        const failure = failureFromProblem(value, { classes })
        expect(failure).to.be.instanceOf(InternalServerError)
        expect(failure.cause === value).to.equal(true)
        expect(failure.toProblem()).to.deep.equal({
          type: 'about:blank',
          title: 'Internal Server Error',
          status: 500,
        })
      })
    }
  })

  it('returns a failure unchanged', () => {
    const failure = new NotFound()
    expect(failureFromProblem(failure, { classes })).to.equal(failure)
  })

  it('returns a failure for any value', () => {
    const anything = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true }),
      fc.dictionary(
        fc.oneof(fc.constantFrom('type', 'title', 'status', 'detail', 'instance', 'isbn', 'code'), fc.string()),
        fc.anything(),
      ),
      fc.json(),
      fc.string(),
    )
    fc.assert(
      fc.property(anything, (value) => {
        const failure: Failure = failureFromProblem(value, { classes })
        expect(failure.status).to.be.within(400, 599)
        expect(failure.toProblem().status).to.equal(failure.status)
      }),
    )
  })

  describe('with invalid options', () => {
    const invalid: [FailureFromProblemOptions, string][] = [
      [{ typeBase: '/problems/' }, 'failureFromProblem: "typeBase" must be an absolute URL, received "/problems/"'],
      [
        { classes: OutOfStock as never },
        'failureFromProblem: "classes" must be an array of classes, received a function',
      ],
    ]
    for (const [options, message] of invalid) {
      it(`throws a TypeError: ${message}`, () => {
        expect(() => failureFromProblem({ status: 404 }, options)).to.throw(TypeError, message)
      })
    }
  })
})
