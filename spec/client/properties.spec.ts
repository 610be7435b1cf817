import { expect } from 'chai'
import fc from 'fast-check'
import {
  createFailure,
  type Failure,
  type FailureClass,
  failureFromResponse,
  HttpStatus,
  parseProblem,
} from '../../src/index.js'
import { OutOfStock } from './domain.js'

// A property that fails prints its seed, with which fc.assert(…, { seed, path }) fails again.

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

/** What JSON makes of a value: `-0`, for one, is `0`. */
function sent<Value>(value: Value): Value {
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

  it('parseProblem returns a problem', () => {
    fc.assert(
      fc.property(documents, (value) => {
        const { type, title = '', status = 100, detail = '', instance = '' } = parseProblem(value)
        for (const text of [type, title, detail, instance]) expect(text).to.be.a('string')
        expect(status).to.be.within(100, 599)
      }),
    )
  })

  it('failureFromResponse gives the failure of the status', async () => {
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

describe('For every class, failureFromResponse gives back', () => {
  const occurrences = fc.record(
    {
      detail: fc.string({ unit: 'binary' }),
      instance: fc.webPath(),
      extensions: fc.dictionary(fc.string(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )

  async function givesBack(failure: Failure): Promise<void> {
    const classes = [failure.constructor as FailureClass]
    const restored = await failureFromResponse(failure.toResponse(), { classes })
    expect(restored).to.be.instanceOf(failure.constructor)
    expect(restored.toProblem()).to.deep.equal(sent(failure.toProblem()))
    if (failure.expose) expect(restored.detail).to.equal(failure.detail)
  }

  for (const { code, phrase } of [...HttpStatus].filter((status) => status.code >= 400)) {
    it(`${code} ${phrase}`, async () => {
      await fc.assert(
        fc.asyncProperty(occurrences, async ({ detail, ...options }) => {
          await givesBack(createFailure(code as number, detail, options))
        }),
        { numRuns: 30 },
      )
    })

    it(`${code} ${phrase} of a domain`, async () => {
      const Base = createFailure(code as number).constructor as FailureClass
      class Own extends Base {
        override get type() {
          return 'own'
        }
        override get title() {
          return 'Own'
        }
        override get code() {
          return 'OWN'
        }
      }
      await fc.assert(
        fc.asyncProperty(occurrences, async ({ detail, ...options }) => givesBack(new Own(detail, options))),
        { numRuns: 30 },
      )
    })
  }

  it('a typed field', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (isbn) => {
        const failure = await failureFromResponse(new OutOfStock(isbn).toResponse(), { classes: [OutOfStock] })
        expect(failure).to.include({ isbn, detail: `No copy of ${isbn} is left.` })
      }),
    )
  })
})
