import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { FailureResponder, Forbidden, NotFound } from '../../src/index.js'
import { toJson } from '../../src/problem/json.js'
import { processorTime } from '../processor-time.js'

/** The value that a client receives for an extension member. */
async function sentValue(value: unknown): Promise<unknown> {
  const response = new NotFound({ extensions: { value, after: 1 } }).toResponse()
  const problem = (await response.json()) as Record<string, unknown>
  expect(problem).to.include({ status: 404, after: 1 })
  return problem['value']
}

describe('JSON serialization', () => {
  function converts(title: string, value: unknown, expected: unknown): void {
    it(title, async () => {
      expect(await sentValue(value)).to.deep.equal(expected)
    })
  }

  converts('sends a bigint as a string', 2n ** 64n, '18446744073709551616')

  const circular: Record<string, unknown> = { name: 'a' }
  circular['self'] = circular
  circular['list'] = [circular, 1]
  converts('omits a circular reference', circular, { name: 'a', list: [null, 1] })

  const shared = { a: 1 }
  converts('sends a shared reference twice', { x: shared, y: [shared, 1n] }, { x: { a: 1 }, y: [{ a: 1 }, '1'] })

  const throwing = Object.defineProperty({ a: 1 }, 'b', { get: boom, enumerable: true })
  converts('omits a getter that throws', throwing, { a: 1 })

  converts('omits an object whose toJSON() throws', { toJSON: boom }, undefined)
  converts('sends a toJSON that is not a function as a member', { toJSON: 'x', a: 1 }, { toJSON: 'x', a: 1 })
  converts('sends the result of toJSON()', { toJSON: () => ({ big: 1n }) }, { big: '1' })

  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  converts('omits a revoked proxy', proxy, undefined)

  converts('sends NaN and Infinity as strings', [Number.NaN, -Infinity, 1], ['NaN', '-Infinity', 1])
  converts(
    'sends a date as a string, and an invalid date as null',
    [new Date(0), new Date('x')],
    ['1970-01-01T00:00:00.000Z', null],
  )
  converts(
    'sends a map as an object',
    new Map<unknown, unknown>([
      ['a', 1n],
      [2, new Map()],
    ]),
    { a: '1', 2: {} },
  )
  converts('sends a set as an array', new Set([1, 'a', new Set()]), [1, 'a', []])
  converts(
    'sends typed arrays as arrays',
    [new Uint8Array([1, 2]), Buffer.from([3]), new BigInt64Array([4n])],
    [[1, 2], [3], ['4']],
  )
  converts(
    'sends an array buffer and a data view as empty objects',
    [new ArrayBuffer(2), new DataView(new ArrayBuffer(2))],
    [{}, {}],
  )
  converts('omits an error of another realm', { e: runInNewContext('new Error("secret")'), a: 1 }, { a: 1 })
  converts('sends a boxed bigint as a string', [Object(1n)], ['1'])
  converts('sends null for an array item whose toJSON() throws', [1, throwingItem(), 3], [1, null, 3])
  converts(
    'omits a map key that cannot be converted to a string',
    new Map<unknown, unknown>([
      [Object.create(null), 1],
      ['a', 2],
    ]),
    { a: 2 },
  )
  converts('sends an array whose iterator never ends', Object.assign([1, 2], { [Symbol.iterator]: endless }), [1, 2])
  converts('omits an error', { e: new Error('secret'), a: 1 }, { a: 1 })

  const forbidden = { type: 'about:blank', title: 'Forbidden', status: 403, detail: 'Go away.' }
  converts('sends a failure as its problem details', new Forbidden('Go away.', { cause: 'secret' }), forbidden)

  converts('sends boxed values as primitives', [Object(1), Object('a'), Object(true)], [1, 'a', true])
  converts('sends a URL as a string', new URL('https://a.example/'), 'https://a.example/')
  converts('sends a sparse array with null in its holes', Object.assign([1], { 2: 3 }), [1, null, 3])
  converts(
    'replaces a lone surrogate in a string and in a name',
    { 'a\ud800': ['\udc00b\u{1f4d6}'] },
    { 'a\ufffd': ['\ufffdb\u{1f4d6}'] },
  )
  converts(
    'sends one of several members whose names become equal',
    { 'a\ud800': 1, 'a\ud801': 2, 'a\ufffd': 3 },
    { 'a\ufffd': 3 },
  )
  it('sends each name once, at any depth', () => {
    const members = { 'a\ud800': 1, 'a\ud801': 2 }
    const json = toJson({ ...members, members })
    expect(json.match(/a\ufffd/g)).to.have.length(2)
    expect(toJson({ '\ud800': 1, '\ufffd': 2 })).to.equal('{"\ufffd":2}')
  })

  it('takes a linear time for many names with lone surrogates', () => {
    const members = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`\ud800${index}`, index]))
    expect(processorTime(() => toJson(members)).milliseconds).to.be.below(1000)
  })
  converts('sends an object without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 })
  converts('omits a symbol and a function', { s: Symbol('x'), f: boom, a: 1 }, { a: 1 })

  it('omits values beyond the limit of 100,000, within 5 seconds each', async () => {
    let shared: object = { end: 1 }
    for (let level = 0; level < 40; level++) shared = { a: shared, b: shared }
    const endlessly = (): object => ({
      get left() {
        return endlessly()
      },
      get right() {
        return endlessly()
      },
    })
    const growing = { toJSON: () => [growing, { toJSON: () => [endlessly()] }] }
    for (const huge of [
      shared,
      endlessly(),
      growing,
      new Array(2 ** 32 - 1),
      new Set(Array(200_000).keys()),
      new EndlessSet(),
      new EndlessMap(),
    ]) {
      const responder = new FailureResponder({ onWarning: () => undefined })
      const { result, milliseconds } = processorTime(() => responder.toReply(new NotFound({ extensions: { huge } })))
      const { body } = result
      expect(milliseconds).to.be.below(5000)
      expect(body?.length).to.be.below(10_000_000)
      expect(JSON.parse(body ?? '')).to.include({ status: 404 })
    }
    const many = Object.fromEntries(Array.from({ length: 100_010 }, (_, index) => [`member${index}`, [index]]))
    expect(Object.keys((await new NotFound({ extensions: many }).toResponse().json()) as object)).to.have.length.below(
      60_000,
    )
    const manyEntries = new Map(Object.entries(many))
    expect(Object.keys((await sentLargeValue(manyEntries)) as object)).to.have.length.below(60_000)
  })

  it('omits a reference to the document itself', () => {
    const document: Record<string, unknown> = { type: 'about:blank', inner: {} }
    document['self'] = document
    document['inner'] = { outer: document }
    expect(toJson(document)).to.equal('{"type":"about:blank","inner":{}}')
  })

  it('omits the members after the limit of 100,000 values', () => {
    const list = new Array(99_999).fill(0)
    expect(Object.keys(JSON.parse(toJson({ list, after: [] })))).to.deep.equal(['list'])
    expect(Object.keys(JSON.parse(toJson({ list: list.slice(1), after: [] })))).to.deep.equal(['list', 'after'])
  })

  it('sends integer-like names after all other members', () => {
    const { body } = new FailureResponder({ onWarning: () => undefined }).toReply(
      new NotFound('d', { extensions: { 404: 'x', '007': 'z', isbn: '1', 0: Symbol('x'), 1: 'y' } }),
    )
    expect(body).to.equal(
      '{"type":"about:blank","title":"Not Found","status":404,"detail":"d","007":"z","isbn":"1","1":"y","404":"x"}',
    )
  })

  it('omits values nested deeper than 100 levels', async () => {
    let deep: unknown = 'bottom'
    for (let depth = 0; depth < 10_000; depth++) deep = { deep }
    const json = JSON.stringify(await sentValue(deep))
    expect(json).to.equal(`${'{"deep":'.repeat(99)}{}${'}'.repeat(99)}`)
  })

  it('sends exactly 100,000 values', async () => {
    const list = (await sentLargeValue(Array(100_010).fill(7))) as unknown[]
    expect(list).to.have.length(99_999)
    const set = (await sentLargeValue(new Set(Array(100_010).keys()))) as unknown[]
    expect(set).to.have.length(99_999)
    const members = (await sentLargeValue(Object.fromEntries(Array(100_010).entries()))) as object
    expect(Object.keys(members)).to.have.length(0)
    const named = Object.fromEntries(Array.from({ length: 100_010 }, (_, index) => [`m${index}`, index]))
    expect(Object.keys((await sentLargeValue(named)) as object)).to.have.length(99_999)
    expect(Object.keys((await sentLargeValue(new Map(Object.entries(named)))) as object)).to.have.length(99_999)
  })

  it('sends a detail of 10 MB with control characters', async () => {
    const detail = 'ä\u0000"'.repeat(2_500_000)
    expect(((await new NotFound(detail).toResponse().json()) as { detail: string }).detail === detail).to.equal(true)
  })

  it('keeps a member named __proto__', async () => {
    const value = JSON.parse('{"__proto__":{"admin":true}}')
    expect(JSON.stringify(await sentValue([value, 1n]))).to.equal('[{"__proto__":{"admin":true}},"1"]')
  })
})

/** Like `sentValue`, for a value so large that the members after it are left out. */
async function sentLargeValue(value: unknown): Promise<unknown> {
  return ((await new NotFound({ extensions: { value } }).toResponse().json()) as Record<string, unknown>)['value']
}

/** An item that throws when it is serialized. */
function throwingItem(): unknown {
  return { toJSON: boom }
}

function* endless() {
  for (;;) yield 1
}

class EndlessSet extends Set<number> {
  override *[Symbol.iterator](): ReturnType<Set<number>['values']> {
    for (;;) yield 7
  }
}

class EndlessMap extends Map<string, number> {
  override *[Symbol.iterator](): ReturnType<Map<string, number>['entries']> {
    for (let key = 0; ; key++) yield [`key${key}`, 7]
  }
}

function boom(): never {
  throw new Error('boom')
}

describe('toJson()', () => {
  it('returns the same JSON as JSON.stringify for valid and invalid standard members', () => {
    const documents = [
      { type: 'about:blank', title: 'Not Found', status: 404 },
      { type: '/a"\\b', title: 'Not Found', status: 404 },
      { type: 'about:blank', title: 'Not "Found"', status: 404, detail: '\u2028 \u0007' },
      { type: 'about:blank', title: 'Not Found', status: 404, detail: 7 },
      { type: 7, title: 'Not Found', status: 404 },
      { type: 'about:blank', title: 'Not Found', status: 404.5 },
      { title: 'Not Found', type: 'about:blank', status: 404 },
    ]
    for (const document of documents) expect(toJson(document)).to.equal(JSON.stringify(document))
  })

  it('escapes the same characters as JSON.stringify, in names and in values', () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const documentWith = (character: string) => ({
        type: character,
        [`x${character}`]: character,
        y: `a${character}`,
      })
      const character = String.fromCharCode(unit)
      // JSON.stringify escapes lone surrogates, which other parsers reject.
      const expected = JSON.stringify(documentWith(/\p{Surrogate}/u.test(character) ? '\ufffd' : character))
      if (toJson(documentWith(character)) !== expected) expect.fail(`\\u${unit.toString(16)}`)
    }
  })

  it('returns an empty object for a document without members that JSON has', () => {
    expect(toJson({})).to.equal('{}')
    expect(toJson({ type: undefined, 7: Symbol('x') })).to.equal('{}')
    expect(toJson({ detail: undefined, title: 'Lost' })).to.equal('{"title":"Lost"}')
  })
})
