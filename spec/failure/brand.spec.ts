import { expect } from 'chai'
import { Failure, isFailure, NotFound } from '../../src/index.js'

/** Loads the sources a second time, as a second installed copy of the package would be. */
function anotherCopy(): typeof import('../../src/index.js') {
  const loaded = { ...require.cache }
  for (const path of Object.keys(require.cache)) if (path.includes('/src/')) delete require.cache[path]
  try {
    return require('../../src/index.js')
  } finally {
    Object.assign(require.cache, loaded)
  }
}

describe('Across two copies of the package', () => {
  const other = anotherCopy()
  const theirs = new other.NotFound('x')

  it('are two different classes', () => {
    expect(other.Failure).not.to.equal(Failure)
  })

  it('isFailure and instanceof Failure hold', () => {
    expect(isFailure(theirs)).to.equal(true)
    expect(theirs).to.be.instanceOf(Failure)
    expect(new NotFound()).to.be.instanceOf(other.Failure)
  })

  it('instanceof a subclass holds within one copy', () => {
    expect(theirs).not.to.be.instanceOf(NotFound)
    expect(theirs).to.be.instanceOf(other.NotFound)
  })
})

describe('isFailure', () => {
  it('holds for failures alone', () => {
    expect(isFailure(new NotFound())).to.equal(true)
    const others = [undefined, null, 404, 'x', {}, new Error('x'), { status: 404, message: 'x' }, Failure, NotFound]
    for (const other of others) {
      expect(isFailure(other)).to.equal(false)
      expect((other as object) instanceof Failure).to.equal(false)
    }
  })

  it('survives a proxy that throws', () => {
    const { proxy, revoke } = Proxy.revocable(new NotFound(), {})
    expect(isFailure(proxy)).to.equal(true)
    revoke()
    expect(isFailure(proxy)).to.equal(false)
  })
})
