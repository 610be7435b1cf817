import { expect } from 'chai'
import { Extension, FailureResponder, Forbidden, validationFailure } from '../../src/index.js'

// The examples of RFC 9457, section 3, as this library sends them. Its problem details also contain `status`, which the
// examples omit.

class OutOfCredit extends Forbidden {
  override get type() {
    return 'https://example.com/probs/out-of-credit'
  }
  override get title() {
    return 'You do not have enough credit.'
  }
  @Extension() readonly balance: number
  @Extension() readonly accounts: readonly string[]

  constructor(balance: number, cost: number, accounts: readonly string[], instance: string) {
    super(`Your current balance is ${balance}, but that costs ${cost}.`, { instance })
    this.balance = balance
    this.accounts = accounts
  }
}

describe('RFC 9457, section 3', () => {
  it('sends the example of an account that is out of credit', async () => {
    const accounts = ['/account/12345', '/account/67890']
    const failure = new OutOfCredit(30, 50, accounts, '/account/12345/msgs/abc')
    const describe = () => ({ title: failure.title, language: 'en' })
    const response = new FailureResponder({ describe }).toResponse(failure)
    expect(response.status).to.equal(403)
    expect(response.headers.get('content-type')).to.equal('application/problem+json')
    expect(response.headers.get('content-language')).to.equal('en')
    expect(await response.json()).to.deep.equal({
      type: 'https://example.com/probs/out-of-credit',
      title: 'You do not have enough credit.',
      status: 403,
      detail: 'Your current balance is 30, but that costs 50.',
      instance: '/account/12345/msgs/abc',
      balance: 30,
      accounts: ['/account/12345', '/account/67890'],
    })
  })

  it('reports the errors of the example of an invalid request', () => {
    const issues = [
      { message: 'must be a positive integer', path: ['age'] },
      { message: "must be 'green', 'red' or 'blue'", path: ['profile', 'color'] },
    ]
    expect(validationFailure(issues).toProblem()['errors']).to.deep.equal([
      { detail: 'must be a positive integer', pointer: '#/age' },
      { detail: "must be 'green', 'red' or 'blue'", pointer: '#/profile/color' },
    ])
  })
})
