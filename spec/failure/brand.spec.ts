import { expect } from 'chai'
import { Failure, isFailure, NotFound } from '../../src/index.js'
import { loadSecondCopy } from '../second-copy.js'

describe('Across two copies of the package', () => {
  const other = loadSecondCopy()
  const otherFailure = new other.NotFound('x')

  it('the Failure classes differ', () => {
    expect(other.Failure).not.to.equal(Failure)
  })

  it('isFailure() and instanceof Failure recognize a failure of either copy', () => {
    expect(isFailure(otherFailure)).to.equal(true)
    expect(otherFailure).to.be.instanceOf(Failure)
    expect(new NotFound()).to.be.instanceOf(other.Failure)
  })

  it('instanceof a subclass recognizes failures of its own copy only', () => {
    expect(otherFailure).not.to.be.instanceOf(NotFound)
    expect(otherFailure).to.be.instanceOf(other.NotFound)
  })
})

describe('isFailure', () => {
  it('is true for failures only', () => {
    expect(isFailure(new NotFound())).to.equal(true)
    const others = [undefined, null, 404, 'x', {}, new Error('x'), { status: 404, message: 'x' }, Failure, NotFound]
    for (const other of others) {
      expect(isFailure(other)).to.equal(false)
      expect((other as object) instanceof Failure).to.equal(false)
    }
  })

  it('is true for a proxy of a failure, and false once the proxy is revoked', () => {
    const { proxy, revoke } = Proxy.revocable(new NotFound(), {})
    expect(isFailure(proxy)).to.equal(true)
    revoke()
    expect(isFailure(proxy)).to.equal(false)
  })
})
