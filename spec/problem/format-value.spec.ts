import { expect } from 'chai'
import { formatValue } from '../../src/problem/format-value.js'

describe('formatValue', () => {
  class Settings {}
  const circular: Record<string, unknown> = { isbn: '1' }
  circular['self'] = circular
  const cases: [value: unknown, formatted: string][] = [
    ['/problems', '"/problems"'],
    ['a\nb', '"a\\nb"'],
    ['', '""'],
    [-1, '-1'],
    [Number.NaN, 'NaN'],
    [7n, '7n'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('shelf'), 'Symbol(shelf)'],
    [() => 7, 'a function'],
    [Settings, 'a function'],
    [[], '[]'],
    [['GET', 7], '["GET",7]'],
    [{ scheme: '' }, '{"scheme":""}'],
    [Object.assign(Object.create(null), { isbn: '1' }), '{"isbn":"1"}'],
    [circular, '{"isbn":"1"}'],
    [new Settings(), 'an instance of Settings'],
    [new Date(Number.NaN), 'Invalid Date'],
    [new TypeError('secret'), 'an instance of TypeError'],
    ['x'.repeat(100), `"${'x'.repeat(100)}"`],
    ['x'.repeat(101), `"${'x'.repeat(100)}…"`],
    [['x'.repeat(200)], `["${'x'.repeat(98)}…`],
    [revoked(), 'an object'],
    [Object.create({ constructor: undefined }), 'an object'],
  ]

  for (const [value, formatted] of cases) {
    it(`returns ${formatted.slice(0, 60)}`, () => {
      expect(formatValue(value)).to.equal(formatted)
    })
  }
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
