import { expect } from 'chai'

describe('The standard configuration', () => {
  it('compiles with standard decorators', () => {
    const contexts: unknown[] = []
    class Decorated {
      @((_: unknown, context: unknown) => void contexts.push(context))
      method() {}
    }
    expect(new Decorated().method).to.be.a('function')
    expect(contexts[0]).to.include({ kind: 'method', name: 'method' })
  })
})
