import { expect } from 'chai'
import { BadGateway, Conflict, Extension, Failure, NotFound } from '../../src/index.js'

// Runs twice: with legacy decorators, and with standard ones.

class OutOfStock extends Conflict {
  @Extension() readonly isbn: string
  @Extension() readonly copies: number
  readonly warehouse = 'secret'

  constructor(isbn: string, copies: number) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
    this.copies = copies
  }
}

describe('@Extension()', () => {
  it('makes a field a member of the problem document', () => {
    const failure = new OutOfStock('978-0131103627', 0)
    expect(failure.toProblem()).to.deep.equal({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'No copy of 978-0131103627 is left.',
      isbn: '978-0131103627',
      copies: 0,
    })
    expect(failure.extensions).to.deep.equal({ isbn: '978-0131103627', copies: 0 })
  })

  it('is inherited, and added to by a subclass alone', () => {
    class LastCopySold extends OutOfStock {
      @Extension() readonly soldTo = 'a customer'
    }
    const members = Object.keys(new LastCopySold('1', 0).extensions)
    expect(members).to.deep.equal(['isbn', 'copies', 'soldTo'])
    expect(Object.keys(new OutOfStock('1', 0).extensions)).to.deep.equal(['isbn', 'copies'])
    expect(new NotFound().extensions).to.deep.equal({})
  })

  it('names a redeclared field once', () => {
    class Renumbered extends OutOfStock {
      @Extension() override readonly isbn = '2'
    }
    expect(new Renumbered('1', 0).extensions).to.deep.equal({ isbn: '2', copies: 0 })
  })

  it('takes a getter as well', () => {
    class Shelved extends NotFound {
      readonly shelf = { number: 7 }
      @Extension() get shelfNumber() {
        return this.shelf.number
      }
    }
    expect(new Shelved().toProblem()).to.include({ shelfNumber: 7 })
  })

  it('leaves out what is undefined, and a getter that throws', () => {
    class Broken extends NotFound {
      @Extension() readonly nothing?: string
      @Extension() get broken(): string {
        throw new Error('boom')
      }
      @Extension() readonly shelf = 7
    }
    expect(new Broken().extensions).to.deep.equal({ shelf: 7 })
  })

  it('is public by declaration, even in a failure that is not exposed', () => {
    class StockUnknown extends BadGateway {
      @Extension() readonly retry = true
    }
    const problem = new StockUnknown('secret', { extensions: { secret: 1 } }).toProblem()
    expect(problem).to.deep.equal({ type: 'about:blank', title: 'Bad Gateway', status: 502, retry: true })
  })

  it('wins over an extension of one occurrence, and over no standard member', () => {
    class Odd extends Failure {
      @Extension() readonly shelf = 7
    }
    expect(new Odd({ extensions: { shelf: 8, row: 9 } }).extensions).to.deep.equal({ shelf: 7, row: 9 })
  })

  describe('refuses', () => {
    // Without the type check, since none of these compiles.
    const extension: () => any = Extension

    it('a static member', () => {
      expect(() => {
        class Wrong extends NotFound {
          @extension() static readonly shelf = 7
        }
        return Wrong
      }).to.throw(
        TypeError,
        /@Extension\(\) must decorate a field or getter .*, received static (field|member) "shelf"/,
      )
    })

    it('a method', () => {
      expect(() => {
        class Wrong extends NotFound {
          @extension() shelf() {}
        }
        return Wrong
      }).to.throw(TypeError, '@Extension() must decorate a field or getter with a string name, received method "shelf"')
    })

    it('a member that a symbol names', () => {
      const shelf = Symbol('shelf')
      expect(() => {
        class Wrong extends NotFound {
          @extension() readonly [shelf] = 7
        }
        return Wrong
      }).to.throw(TypeError, /received (field|member) "Symbol\(shelf\)"/)
    })
  })
})
