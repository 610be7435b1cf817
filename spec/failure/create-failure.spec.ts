import { expect } from 'chai'
import { createFailure, Failure, MethodNotAllowed, NotFound } from '../../src/index.js'

describe('createFailure', () => {
  it('creates a failure of the class of a status', () => {
    const failure = createFailure(404, 'There is no such book.', { instance: '/books/1' })
    expect(failure).to.be.instanceOf(NotFound)
    expect(failure.detail).to.equal('There is no such book.')
    expect(failure.instance).to.equal('/books/1')
  })

  it('accepts the options of the class', () => {
    const failure: MethodNotAllowed = createFailure(405, { allow: ['GET'] })
    expect(failure.headers).to.deep.equal({ Allow: 'GET' })
  })

  it('creates a failure for every status from 400 to 599', () => {
    for (let status = 400; status < 600; status++) {
      const failure = createFailure(status as number, 'x')
      expect(failure).to.be.instanceOf(Failure)
      expect(failure.status).to.equal(status)
      expect(failure.toResponse().status).to.equal(status)
    }
  })

  it('uses Client Error or Server Error as the title of an unregistered status', () => {
    // RFC 9110, 15.
    expect(createFailure(499).toProblem()).to.deep.equal({ type: 'about:blank', title: 'Client Error', status: 499 })
    expect(createFailure(599).toProblem()).to.deep.equal({ type: 'about:blank', title: 'Server Error', status: 599 })
    expect(createFailure(499).message).to.equal('Client Error')
    expect(createFailure(499).name).to.equal('UnregisteredFailure')
    expect(createFailure(499)).to.be.instanceOf(createFailure(499).constructor)
  })

  for (const status of [200, 399, 600, 404.5, Number.NaN, '404', undefined, null]) {
    const received = typeof status === 'string' ? `"${status}"` : status

    it(`throws a RangeError for ${received}`, () => {
      expect(() => createFailure(status as number)).to.throw(
        RangeError,
        `createFailure: "status" must be an integer from 400 to 599, received ${received}`,
      )
    })
  }
})
