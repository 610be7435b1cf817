import { expect } from 'chai'
import { type ParsedProblem, parseProblem } from '../../src/index.js'

const BLANK = { type: 'about:blank' }

describe('parseProblem', () => {
  const document = {
    type: 'https://bookshop.example/problems/out-of-stock',
    title: 'Out of stock',
    status: 409,
    detail: 'No copy is left.',
    instance: '/orders/7',
    isbn: '978-0131103627',
    copies: { here: 0, elsewhere: [1, null] },
  }

  it('accepts problem details as an object or a JSON string', () => {
    const problem: ParsedProblem = parseProblem(document)
    expect(problem).to.deep.equal(document)
    expect(parseProblem(JSON.stringify(document))).to.deep.equal(document)
  })

  it('ignores a byte order mark at the start of a string, and keeps any other', () => {
    expect(parseProblem('\ufeff{"title":"Gone"}')).to.deep.equal({ ...BLANK, title: 'Gone' })
    expect(parseProblem('{"title":"\ufeffGone"}')).to.deep.equal({ ...BLANK, title: '\ufeffGone' })
  })

  it('adds the default type about:blank', () => {
    expect(parseProblem({ title: 'Gone' })).to.deep.equal({ type: 'about:blank', title: 'Gone' })
  })

  const invalid: Record<string, readonly unknown[]> = {
    type: [7, null, true, {}, ['about:blank']],
    title: [7, null, {}],
    status: ['409', 409.5, 99, 600, -1, null, Number.NaN, [409]],
    detail: [7, null, { text: 'x' }],
    instance: [7, null, []],
  }

  for (const [name, values] of Object.entries(invalid)) {
    it(`ignores an invalid ${name} and keeps the other members`, () => {
      for (const value of values) {
        const { [name as 'title']: _, ...others } = document
        expect(parseProblem({ ...document, [name]: value })).to.deep.equal({ ...BLANK, ...others })
      }
    })
  }

  it('accepts statuses from 100 to 599', () => {
    for (const status of [100, 200, 599]) expect(parseProblem({ status })).to.deep.equal({ ...BLANK, status })
  })

  it('returns only a type for values that are not a JSON object', () => {
    for (const value of [undefined, null, 7, true, [], [document], 'x', '', '"x"', '7', '[]', '{"title":', () => 1]) {
      expect(parseProblem(value)).to.deep.equal(BLANK)
    }
  })

  it('keeps members named __proto__, constructor and toString as data', () => {
    const problem = parseProblem('{"__proto__":{"polluted":true},"constructor":1,"toString":null}')
    expect(Object.keys(problem)).to.deep.equal(['type', '__proto__', 'constructor', 'toString'])
    expect(Object.getPrototypeOf(problem)).to.equal(Object.prototype)
    expect(problem['polluted']).to.equal(undefined)
  })

  it('ignores inherited properties', () => {
    expect(parseProblem(Object.create({ title: 'Inherited', isbn: '1' }))).to.deep.equal(BLANK)
  })

  it('returns only a type for objects that throw', () => {
    const boom = () => {
      throw new Error('boom')
    }
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const hostile = [
      proxy,
      new Proxy({}, { ownKeys: boom }),
      new Proxy({ title: 'x' }, { get: boom }),
      new Proxy({ title: 'x' }, { getOwnPropertyDescriptor: boom }),
      Object.defineProperties({}, { title: { get: boom, enumerable: true }, isbn: { get: boom, enumerable: true } }),
    ]
    for (const value of hostile) expect(parseProblem(value)).to.deep.equal(BLANK)
  })
})
