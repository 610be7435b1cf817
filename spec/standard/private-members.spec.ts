import { expect } from 'chai'
import { CatchingFailure, Extension, NotFound } from '../../src/index.js'

// Only standard decorators can decorate #private members.

describe('With standard decorators', () => {
  it('@CatchingFailure() decorates #private methods', () => {
    class Books {
      @CatchingFailure()
      #show(): string | globalThis.Response {
        throw new NotFound()
      }

      show() {
        return this.#show()
      }
    }
    expect(new Books().show()).to.be.instanceOf(Response)
  })

  it('@Extension() throws a TypeError for a #private field, which it cannot read', () => {
    const extension: () => any = Extension
    expect(() => {
      class Wrong extends NotFound {
        @extension() readonly #shelf = 7

        get shelf() {
          return this.#shelf
        }
      }
      return Wrong
    }).to.throw(TypeError, 'received private field "#shelf"')
  })
})
