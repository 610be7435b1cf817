import { expect } from 'chai'
import { NotFound } from '../../src/index.js'
import { processorTime } from '../processor-time.js'

const instanceOf = (instance: string) => new NotFound({ instance }).toProblem().instance

describe('A URI reference', () => {
  const references = [
    '',
    '/orders/7',
    'orders/7',
    '../7?x=1&y=/?#/a/b',
    '#/errors/0',
    '?x',
    '//host.example:8080/a',
    'https://user:pass@host.example/a%20b;c=d,e',
    'http://[2001:db8::1]:80/',
    'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66',
    'tag:a.example,2026:x',
    'about:blank',
    './a:b',
    'mailto:a@b.example',
    'file:///a',
  ]
  for (const reference of references) {
    it(`is sent unchanged: ${reference}`, () => {
      expect(instanceOf(reference)).to.equal(reference)
    })
  }

  const encoded = {
    'a b': 'a%20b',
    '/bücher/1': '/b%C3%BCcher/1',
    '/<script>': '/%3Cscript%3E',
    '/a"b\n': '/a%22b%0A',
    '/100%': '/100%25',
    'http://[': 'http://%5B',
    '/a|b^`{}\\': '/a%7Cb%5E%60%7B%7D%5C',
  }
  for (const [given, expected] of Object.entries(encoded)) {
    it(`is percent-encoded where required: ${JSON.stringify(given)}`, () => {
      expect(instanceOf(given)).to.equal(expected)
    })
  }

  for (const invalid of ['1:2', ':', 'http://a:b:c/', '\ud800', '///\ud800', 'http://host:port/']) {
    it(`is omitted if it is invalid: ${JSON.stringify(invalid)}`, () => {
      expect(instanceOf(invalid)).to.equal(undefined)
    })
  }

  it('is omitted if it has more than 8000 characters', () => {
    expect(instanceOf(`/${'a'.repeat(7999)}`)).to.have.length(8000)
    expect(instanceOf(`/${'a'.repeat(8000)}`)).to.equal(undefined)
    expect(instanceOf(`/${'a'.repeat(10_000_000)}`)).to.equal(undefined)
  })

  it('is rejected within 5 seconds for input that could cause backtracking', () => {
    const rejectAll = () => {
      for (const part of ['a', '/', 'a:', '%41', '//a', '@', '[', '?#', '-.']) {
        expect(instanceOf(`${part.repeat(1500)}\ud800`), part).to.equal(undefined)
      }
    }
    expect(processorTime(rejectAll).milliseconds).to.be.below(5000)
  })

  it('that is invalid as a type becomes about:blank', () => {
    class InvalidType extends NotFound {
      override get type() {
        return '1:2'
      }
    }
    expect(new InvalidType().toProblem().type).to.equal('about:blank')
  })
})
