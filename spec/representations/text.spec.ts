import { expect } from 'chai'
import { Conflict, FailureResponder, NotFound, type ProblemType } from '../../src/index.js'
import { text } from '../../src/representations/index.js'

class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = {
    type: 'https://bookshop.example/problems/out-of-stock',
    title: 'Out of stock',
    code: 'OUT_OF_STOCK',
  }
}

const reply = (error: unknown) => new FailureResponder({ represent: text, onWarning: () => undefined }).toReply(error)

describe('text', () => {
  it('renders status and title', () => {
    const { headers, body } = reply(new NotFound())
    expect(body).to.equal('404 Not Found\n')
    expect(headers['Content-Type']).to.equal('text/plain; charset=utf-8')
  })

  it('renders the detail, and a line for each other member', () => {
    const extensions = { isbn: '978-0131103627', copies: 0, shelves: [{ room: 'A' }], next: null, big: 1n }
    const failure = new OutOfStock('No copy is left.\nThere was one.', { instance: '/orders/1', extensions })
    expect(reply(failure).body).to.equal(
      [
        '409 Out of stock',
        '',
        'No copy is left.',
        'There was one.',
        '',
        'type: https://bookshop.example/problems/out-of-stock',
        'instance: /orders/1',
        'code: OUT_OF_STOCK',
        'isbn: 978-0131103627',
        'copies: 0',
        'shelves: [{"room":"A"}]',
        'next: null',
        'big: 1',
        '',
      ].join('\n'),
    )
  })

  it('escapes line breaks in names and values', () => {
    const extensions = { isbn: 'a\nstatus: 200\r\nb\rc\u2028d', 'x\ny': 'z' }
    expect(reply(new NotFound('x', { extensions })).body).to.equal(
      '404 Not Found\n\nx\n\nisbn: a\\nstatus: 200\\nb\\nc\\nd\nx\\ny: z\n',
    )
  })

  it('replaces control characters, which a terminal would interpret', () => {
    const hostile = '\u001b[2J\u009b31m\u0000\u0008\u007f\ud800'
    const { body } = reply(new NotFound(hostile, { extensions: { isbn: hostile, [hostile]: [hostile] } }))
    expect(body).not.to.match(/(?!\n)[\p{Cc}\p{Cs}]/u)
    expect(body).to.contain('\ufffd[2J\ufffd31m\ufffd\ufffd\ufffd\ufffd')
  })
})
