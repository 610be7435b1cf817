import { expect } from 'chai'
import fc from 'fast-check'
import {
  createFailure,
  type Failure,
  type FailureClass,
  failureFromResponse,
  HttpStatus,
  type ProblemType,
  parseProblem,
} from '../../src/index.js'
import { OutOfStock } from './domain.js'

// A failed property prints its seed and path: pass them to fc.assert(…, { seed, path }) to reproduce the failure.

const anything = () =>
  fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withTypedArray: true,
  })

const standardMember = fc.constantFrom('type', 'title', 'status', 'detail', 'instance')

/** A value after a round trip through JSON, which changes `-0` to `0`, for example. */
function throughJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value))
}

describe('For any value', () => {
  const documents = fc.oneof(
    anything(),
    fc.dictionary(fc.oneof(standardMember, fc.string()), anything()),
    fc.string(),
    fc.json(),
    fc.dictionary(standardMember, fc.jsonValue()).map((document) => JSON.stringify(document)),
  )

  it('parseProblem returns valid problem details', () => {
    fc.assert(
      fc.property(documents, (value) => {
        const { type, title = '', status = 100, detail = '', instance = '' } = parseProblem(value)
        for (const member of [type, title, detail, instance]) expect(member).to.be.a('string')
        expect(status).to.be.within(100, 599)
      }),
    )
  })

  it('failureFromResponse returns a failure of the status', async () => {
    const statuses = fc.integer({ min: 400, max: 599 })
    const bodies = fc.oneof(fc.json(), fc.string(), fc.uint8Array())
    await fc.assert(
      fc.asyncProperty(statuses, bodies, fc.integer({ min: 1, max: 200 }), async (status, body, limit) => {
        const response = new Response(body, { status, headers: { 'Content-Type': 'application/problem+json' } })
        const failure = await failureFromResponse(response, { limit, classes: [OutOfStock] })
        expect(failure).to.be.instanceOf(createFailure(status).constructor)
        expect(failure.toResponse().status).to.equal(status)
      }),
    )
  })
})

describe('For every class, failureFromResponse restores', () => {
  const occurrences = fc.record(
    {
      detail: fc.string({ unit: 'binary' }),
      instance: fc.webPath(),
      extensions: fc.dictionary(fc.string(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )

  async function expectRestored(failure: Failure): Promise<void> {
    const classes = [failure.constructor as FailureClass]
    const restored = await failureFromResponse(failure.toResponse(), { classes })
    expect(restored).to.be.instanceOf(failure.constructor)
    expect(restored.toProblem()).to.deep.equal(throughJson(failure.toProblem()))
    if (failure.expose) expect(restored.detail).to.equal(failure.detail)
  }

  for (const { code, phrase } of [...HttpStatus].filter((status) => status.code >= 400)) {
    it(`${code} ${phrase}`, async () => {
      await fc.assert(
        fc.asyncProperty(occurrences, async ({ detail, ...options }) => {
          await expectRestored(createFailure(code as number, detail, options))
        }),
        { numRuns: 30 },
      )
    })

    it(`a subclass of ${code} ${phrase}`, async () => {
      const Base = createFailure(code as number).constructor as FailureClass
      class Own extends Base {
        static override readonly problem: ProblemType = { type: 'own', title: 'Own', code: 'OWN' }
      }
      await fc.assert(
        fc.asyncProperty(occurrences, async ({ detail, ...options }) => expectRestored(new Own(detail, options))),
        { numRuns: 30 },
      )
    })
  }

  it('an @Extension() field', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (isbn) => {
        const failure = await failureFromResponse(new OutOfStock(isbn).toResponse(), { classes: [OutOfStock] })
        expect(failure).to.include({ isbn, detail: `No copy of ${isbn} is left.` })
      }),
    )
  })
})
