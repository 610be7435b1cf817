import { expect } from 'chai'
import { BadGateway, Conflict, Extension, Failure, NotFound } from '../../src/index.js'

// Runs twice: with legacy and with standard decorators.

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
  it('adds a field to the problem details', () => {
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

  it('is inherited, without adding the fields of a subclass to its base class', () => {
    class LastCopySold extends OutOfStock {
      @Extension() readonly soldTo = 'a customer'
    }
    const members = Object.keys(new LastCopySold('1', 0).extensions)
    expect(members).to.deep.equal(['isbn', 'copies', 'soldTo'])
    expect(Object.keys(new OutOfStock('1', 0).extensions)).to.deep.equal(['isbn', 'copies'])
    expect(new NotFound().extensions).to.deep.equal({})
  })

  it('lists a redeclared field once, with the value of the subclass', () => {
    class Renumbered extends OutOfStock {
      @Extension() override readonly isbn = '2'
    }
    expect(new Renumbered('1', 0).extensions).to.deep.equal({ isbn: '2', copies: 0 })
  })

  it('decorates a getter', () => {
    class Shelved extends NotFound {
      readonly shelf = { number: 7 }
      @Extension() get shelfNumber() {
        return this.shelf.number
      }
    }
    expect(new Shelved().toProblem()).to.include({ shelfNumber: 7 })
  })

  it('omits undefined fields and getters that throw', () => {
    class Broken extends NotFound {
      @Extension() readonly nothing?: string
      @Extension() get broken(): string {
        throw new Error('boom')
      }
      @Extension() readonly shelf = 7
    }
    expect(new Broken().extensions).to.deep.equal({ shelf: 7 })
  })

  it('sends the field even if the failure is not exposed', () => {
    class StockUnknown extends BadGateway {
      @Extension() readonly retry = true
    }
    const problem = new StockUnknown('secret', { extensions: { secret: 1 } }).toProblem()
    expect(problem).to.deep.equal({ type: 'about:blank', title: 'Bad Gateway', status: 502, retry: true })
  })

  it('takes precedence over the extensions option', () => {
    class Odd extends Failure {
      @Extension() readonly shelf = 7
    }
    expect(new Odd({ extensions: { shelf: 8, row: 9 } }).extensions).to.deep.equal({ shelf: 7, row: 9 })
  })

  describe('throws a TypeError for', () => {
    // Untyped, since these decorations do not compile.
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

    it('a class', () => {
      expect(() => {
        @extension()
        class Wrong extends NotFound {}
        return Wrong
      }).to.throw(TypeError, /received (a class|class "Wrong")/)
    })

    it('the descriptor of an older proposal, as Babel passes it with version "2018-09"', () => {
      const descriptor = { kind: 'field', key: 'shelf', placement: 'own', initializer: () => 7 }
      expect(() => extension()(descriptor)).to.throw(TypeError, '@Extension() needs the metadata of decorators')
    })

    it('a method', () => {
      expect(() => {
        class Wrong extends NotFound {
          @extension() shelf() {}
        }
        return Wrong
      }).to.throw(TypeError, '@Extension() must decorate a field or getter with a string name, received method "shelf"')
    })

    it('a member named by a symbol', () => {
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
