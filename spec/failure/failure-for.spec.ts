import { expect } from 'chai'
import { Failure, failureFor, MethodNotAllowed, NotFound } from '../../src/index.js'

describe('failureFor', () => {
  it('makes the failure of a status', () => {
    const failure = failureFor(404, 'There is no such book.', { instance: '/books/1' })
    expect(failure).to.be.instanceOf(NotFound)
    expect(failure.detail).to.equal('There is no such book.')
    expect(failure.instance).to.equal('/books/1')
  })

  it('takes the options of the class', () => {
    const failure: MethodNotAllowed = failureFor(405, { allow: ['GET'] })
    expect(failure.headers).to.deep.equal({ Allow: 'GET' })
  })

  it('makes a failure for every status from 400 to 599', () => {
    for (let status = 400; status < 600; status++) {
      const failure = failureFor(status as number, 'x')
      expect(failure).to.be.instanceOf(Failure)
      expect(failure.status).to.equal(status)
      expect(failure.toResponse().status).to.equal(status)
    }
  })

  it('names the class of an unregistered status, as RFC 9110 calls it', () => {
    expect(failureFor(499).toProblem()).to.deep.equal({ type: 'about:blank', title: 'Client Error', status: 499 })
    expect(failureFor(599).toProblem()).to.deep.equal({ type: 'about:blank', title: 'Server Error', status: 599 })
    expect(failureFor(499).message).to.equal('Client Error')
    expect(failureFor(499).name).to.equal('UnregisteredFailure')
    expect(failureFor(499)).to.be.instanceOf(failureFor(499).constructor)
  })

  for (const status of [200, 399, 600, 404.5, Number.NaN, '404', undefined, null]) {
    it(`refuses ${String(status)}`, () => {
      expect(() => failureFor(status as number)).to.throw(
        RangeError,
        `A failure has a status from 400 to 599, not ${String(status)}`,
      )
    })
  }
})
