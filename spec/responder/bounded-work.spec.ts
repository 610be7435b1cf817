import { expect } from 'chai'
import { FailureResponder, failureFromResponse, NotFound, validationFailure } from '../../src/index.js'
import { byAccept, html, problemJson, type Representation, text } from '../../src/representations/index.js'
import { processorTime } from '../processor-time.js'

// Work is bounded, whatever an application puts into a failure, or a client into a request.

/** Far above what is needed, and far below what unbounded work took. */
const LONGEST = 1000

const silent = { onFailure: () => undefined, onWarning: () => undefined }

function expectShort<Result>(work: () => Result): Result {
  const { result, milliseconds } = processorTime(work)
  expect(milliseconds).to.be.below(LONGEST)
  return result
}

describe('The response to a failure takes a bounded time', () => {
  const manyFields = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`X-Shelf-${index}`, 'full']))

  it('with many header fields', () => {
    const failure = new NotFound({ headers: manyFields })
    const { headers } = expectShort(() => new FailureResponder(silent).toReply(failure))
    expect(headers).to.include({ 'X-Shelf-19999': 'full' })
  })

  it('with many header fields of another server', async () => {
    const failure = await failureFromResponse({ status: 404, headers: manyFields })
    const { headers } = expectShort(() => new FailureResponder(silent).toReply(failure))
    expect(headers).to.include({ 'x-shelf-19999': 'full' })
  })

  it('with an issue at a very long path', () => {
    const path = Array.from({ length: 1_000_000 }, () => '')
    const failure = expectShort(() => validationFailure([{ message: 'Required', path }]))
    expect(JSON.stringify(failure.extensions)).to.have.length.below(1200)
  })

  for (const [name, representation] of Object.entries<Representation>({ html, text })) {
    it(`with strings of 10 MB in ${name}, of which it contains the beginning`, () => {
      const long = `<${'&'.repeat(10_000_000)}`
      const failure = new NotFound(long, { extensions: { note: long, list: [long] } })
      const responder = new FailureResponder({ ...silent, represent: representation })
      const { body } = expectShort(() => responder.toReply(failure))
      expect(body).to.have.length.below(200_000)
      expect(body).to.contain('…')
    })
  }

  it('with strings of 10 MB in JSON, which it contains in full', () => {
    const long = '&'.repeat(10_000_000)
    const responder = new FailureResponder({ ...silent, represent: byAccept(problemJson, html) })
    const { body } = expectShort(() => responder.toReply(new NotFound(long)))
    expect(JSON.parse(body as string).detail).to.equal(long)
  })
})
