import { expect } from 'chai'
import { NotFound } from '../../src/index.js'

/** The member that a client gets for an extension member. */
async function sent(value: unknown): Promise<unknown> {
  const response = new NotFound({ extensions: { value, after: 1 } }).toResponse()
  const problem = (await response.json()) as Record<string, unknown>
  expect(problem).to.include({ status: 404, after: 1 })
  return problem['value']
}

describe('Serialisation', () => {
  const circular: Record<string, unknown> = { name: 'a' }
  circular['self'] = circular
  circular['list'] = [circular, 1]
  const shared = { a: 1 }
  const throwing = Object.defineProperty({ a: 1 }, 'b', { get: boom, enumerable: true })
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  let deep: unknown = 'bottom'
  for (let depth = 0; depth < 10_000; depth++) deep = { deep }

  const values: [what: string, value: unknown, expected: unknown][] = [
    ['a bigint as a string', 2n ** 64n, '18446744073709551616'],
    ['a circular reference as nothing', circular, { name: 'a', list: [null, 1] }],
    ['a shared reference twice', { x: shared, y: [shared, 1n] }, { x: { a: 1 }, y: [{ a: 1 }, '1'] }],
    ['a getter that throws as nothing', throwing, { a: 1 }],
    ['a toJSON that throws as nothing', { toJSON: boom }, undefined],
    ['what toJSON returns', { toJSON: () => ({ big: 1n }) }, { big: '1' }],
    ['a proxy that throws as nothing', proxy, undefined],
    ['a symbol and a function as nothing', { s: Symbol('x'), f: boom, a: 1 }, { a: 1 }],
    ['numbers that JSON has not as null', [Number.NaN, Number.POSITIVE_INFINITY, 1n], [null, null, '1']],
    ['a date as a string', [new Date(0), 1n], ['1970-01-01T00:00:00.000Z', '1']],
  ]
  for (const [what, value, expected] of values) {
    it(`sends ${what}`, async () => {
      expect(await sent(value)).to.deep.equal(expected)
    })
  }

  it('leaves out what lies too deep', async () => {
    expect(JSON.stringify(await sent(deep))).to.match(/^(\{"deep":)+\{\}\}+$/)
  })

  it('keeps a member that is called __proto__', async () => {
    const value = JSON.parse('{"__proto__":{"admin":true}}')
    expect(JSON.stringify(await sent([value, 1n]))).to.equal('[{"__proto__":{"admin":true}},"1"]')
  })
})

function boom(): never {
  throw new Error('boom')
}
