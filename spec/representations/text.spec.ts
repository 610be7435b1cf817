import { expect } from 'chai'
import { Conflict, FailureResponder, NotFound } from '../../src/index.js'
import { text } from '../../src/representations/index.js'

class OutOfStock extends Conflict {
  override get type() {
    return 'https://bookshop.example/problems/out-of-stock'
  }
  override get title() {
    return 'Out of stock'
  }
  override get code() {
    return 'OUT_OF_STOCK'
  }
}

const written = (error: unknown) => new FailureResponder({ represent: text, onWarning: () => undefined }).toReply(error)

describe('text', () => {
  it('is status and title', () => {
    const { headers, body } = written(new NotFound())
    expect(body).to.equal('404 Not Found\n')
    expect(headers['Content-Type']).to.equal('text/plain; charset=utf-8')
  })

  it('has the detail, and a line for each further member', () => {
    const extensions = { isbn: '978-0131103627', copies: 0, shelves: [{ room: 'A' }], next: null, big: 1n }
    const failure = new OutOfStock('No copy is left.\nThere was one.', { instance: '/orders/1', extensions })
    expect(written(failure).body).to.equal(
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

  it('keeps a value in its line', () => {
    const extensions = { isbn: 'a\nstatus: 200\r\nb\rc\u2028d', 'x\ny': 'z' }
    expect(written(new NotFound('x', { extensions })).body).to.equal(
      '404 Not Found\n\nx\n\nisbn: a\\nstatus: 200\\nb\\nc\\nd\nx\\ny: z\n',
    )
  })

  it('does not steer a terminal', () => {
    const hostile = '\u001b[2J\u009b31m\u0000\u0008\u007f\ud800'
    const { body } = written(new NotFound(hostile, { extensions: { isbn: hostile, [hostile]: [hostile] } }))
    expect(body).not.to.match(/(?!\n)[\p{Cc}\p{Cs}]/u)
    expect(body).to.contain('\ufffd[2J\ufffd31m\ufffd\ufffd\ufffd\ufffd')
  })
})
