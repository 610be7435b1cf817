import { expect } from 'chai'
import {
  FailureResponder,
  failureFromResponse,
  MethodNotAllowed,
  NotFound,
  Unauthorized,
  UnavailableForLegalReasons,
  UnsupportedMediaType,
  UpgradeRequired,
  validationFailure,
} from '../../src/index.js'
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

  it('with many values of one header field', () => {
    const shelves = Array.from({ length: 100_000 }, (_, index) => `shelf ${index}`)
    const pairs = shelves.map((shelf): [string, string] => ['X-Shelf', shelf])
    const link = shelves.map((_, index) => `</${index}>; rel="item"`)
    for (const failure of [
      new NotFound({ headers: { 'X-Shelf': shelves } }),
      new NotFound({ headers: pairs }),
      new UnavailableForLegalReasons({ blockedBy: '/isp', headers: { link } }),
      new NotFound({ headers: { 'Retry-After': shelves.map(() => '5') } }),
    ]) {
      expectShort(() => new FailureResponder(silent).toReply(failure))
    }
  })

  it('with options that are endless', () => {
    const sparse: never[] = new Array(2 ** 32 - 1) as never[]
    const endless = Object.assign(new Headers(), {
      *[Symbol.iterator]() {
        for (;;) yield ['x-shelf', 'full']
      },
    })
    for (const failure of [
      new NotFound({ headers: endless as never }),
      new NotFound({ headers: { 'X-Shelf': sparse } }),
      new MethodNotAllowed({ allow: sparse }),
      new Unauthorized({ challenge: sparse }),
      new UpgradeRequired({ upgrade: sparse }),
    ]) {
      expectShort(() => new FailureResponder(silent).toReply(failure))
    }
  })

  it('with media types and codings that match in many ways', () => {
    for (const spaces of ['; ', ' ;', ';', ' ', '\t;']) {
      const accept = `a/b${spaces.repeat(50_000)}@`
      const acceptEncoding = `gzip${spaces.repeat(50_000)}@`
      expectShort(() => new FailureResponder(silent).toReply(new UnsupportedMediaType({ accept })))
      expectShort(() => new FailureResponder(silent).toReply(new UnsupportedMediaType({ acceptEncoding })))
    }
  })

  it('with a string that is shared by many members', () => {
    const rows = Array(5000).fill('x'.repeat(1_000_000))
    const { body } = expectShort(() => new FailureResponder(silent).toReply(new NotFound({ extensions: { rows } })))
    expect(body).to.have.length.below(110_000_000)
  })

  it('for any Accept', () => {
    const { choose } = byAccept(problemJson, html, text)
    expectShort(() => {
      for (let time = 0; time < 100; time++) choose(`${'a/b,'.repeat(500)}text/html;q=0.${time}`)
    })
  })

  for (const [name, representation] of Object.entries<Representation>({ html, text })) {
    it(`with strings of 10 MB in ${name}, of which it contains the beginning`, () => {
      const long = `<${'&'.repeat(10_000_000)}`
      const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`member${index}`, 'x'.repeat(1000)]))
      const failure = new NotFound(long, { extensions: { note: long, list: [long], [long]: 1, ...many } })
      const responder = new FailureResponder({ ...silent, represent: representation })
      const { body } = expectShort(() => responder.toReply(failure))
      expect(body).to.have.length.below(400_000)
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
