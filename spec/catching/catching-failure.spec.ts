import { expect } from 'chai'
import { CatchingFailure, Conflict, FailureResponder, Forbidden, NotFound } from '../../src/index.js'

// Runs twice: with legacy and with standard decorators.

const failure = new NotFound('There is no such book.')
const foreign = new Error('foreign')

class Books {
  readonly title = 'The C Programming Language'

  @CatchingFailure()
  show(found: boolean): string | globalThis.Response {
    if (!found) throw failure
    return this.title
  }

  @CatchingFailure()
  async showLater(found: boolean): Promise<string | globalThis.Response> {
    await Promise.resolve()
    if (!found) throw failure
    return this.title
  }
}

const books = new Books()

describe('@CatchingFailure()', () => {
  it('returns a Response synchronously for a failure thrown by a synchronous method', async () => {
    const response = books.show(false)
    expect(response).to.be.instanceOf(Response)
    expect((response as Response).status).to.equal(404)
    expect(await problemIn(response)).to.deep.equal(failure.toProblem())
  })

  it('resolves to a Response when a promise is rejected with a failure', async () => {
    const promise = books.showLater(false)
    expect(promise).to.be.instanceOf(Promise)
    expect(await problemIn(await promise)).to.deep.equal(failure.toProblem())
  })

  it('resolves to a Response for a rejected thenable, calling then() once', async () => {
    const thenable = new Thenable({ error: failure })
    class Shelves {
      @CatchingFailure()
      show(): PromiseLike<string | globalThis.Response> {
        return thenable as unknown as PromiseLike<string>
      }
    }
    expect(await problemIn(await new Shelves().show())).to.deep.equal(failure.toProblem())
    expect(thenable.calls).to.equal(1)
  })

  it('returns an object whose accessors throw, from a method with or without a request', () => {
    const unreadable = Object.defineProperty({}, 'then', { get: () => expect.fail('The accessor was not guarded.') })
    class Shelves {
      @CatchingFailure()
      show(..._given: unknown[]): any {
        return unreadable
      }
    }
    const shelves = new Shelves()
    for (const given of [[], [new Request('http://localhost/')], [{}, {}, () => undefined]]) {
      expect(shelves.show(...given) === unreadable).to.equal(true)
    }
  })

  it('returns a promise whose then() throws as it is', () => {
    class Unsubscribable extends Promise<string> {
      // biome-ignore lint/suspicious/noThenProperty: the test needs a broken promise.
      override then(): never {
        throw new Error('The promise is broken.')
      }
    }
    const promise = new Unsubscribable(() => undefined)
    class Shelves {
      @CatchingFailure()
      show(): any {
        return promise
      }
    }
    expect(new Shelves().show() === promise).to.equal(true)
  })

  it('keeps the class of a promise, and accepts a function as a thenable', async () => {
    class Tracked<Value> extends Promise<Value> {}
    const callable = Object.assign(() => 'x', {
      // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
      then: (_: unknown, reject: (error: unknown) => void) => reject(failure),
    })
    class Shelves {
      @CatchingFailure()
      tracked(): Promise<Response> {
        return Tracked.reject(failure)
      }

      @CatchingFailure()
      callable(): any {
        return callable
      }
    }
    const promise = new Shelves().tracked()
    expect(promise).to.be.instanceOf(Tracked)
    expect((await promise).status).to.equal(404)
    expect((await new Shelves().callable()).status).to.equal(404)
  })

  it('returns other results unchanged', async () => {
    class Shelves {
      @CatchingFailure()
      show(): PromiseLike<string | globalThis.Response> {
        return new Thenable({ value: books.title }) as unknown as PromiseLike<string>
      }
    }
    expect(books.show(true)).to.equal(books.title)
    expect(await books.showLater(true)).to.equal(books.title)
    expect(await new Shelves().show()).to.equal(books.title)
  })

  it('rethrows other errors unchanged', async () => {
    class Shelves {
      @CatchingFailure()
      show(error: unknown): globalThis.Response {
        throw error
      }

      @CatchingFailure()
      async showLater(error: unknown): Promise<globalThis.Response> {
        throw error
      }
    }
    const shelves = new Shelves()
    for (const error of [foreign, 'a string', undefined, null, 404]) {
      expect(caught(() => shelves.show(error))).to.deep.equal([error])
      expect(
        await shelves.showLater(error).then(
          () => 'resolved',
          (reason) => [reason],
        ),
      ).to.deep.equal([error])
    }
    expect(caught(() => shelves.show(foreign))[0]).to.equal(foreign)
  })

  class Catalogue {
    readonly title = 'Catalogue'

    @CatchingFailure()
    static list(page: number): number | globalThis.Response {
      if (page < 0) throw new NotFound()
      return page
    }

    @CatchingFailure()
    private secret(): string | globalThis.Response {
      return this.title
    }

    callSecret() {
      return this.secret()
    }

    @CatchingFailure()
    pick<Book>(books: Book[], index: number): Book | globalThis.Response {
      const book = books[index]
      if (book === undefined) throw new NotFound()
      return book
    }

    find(isbn: string): string
    find(author: string, year: number): string | globalThis.Response
    @CatchingFailure()
    find(...args: unknown[]): string | globalThis.Response {
      return args.join()
    }

    @CatchingFailure()
    count(first: unknown, second = 2, ...others: unknown[]): unknown {
      return [first, second, ...others]
    }

    @CatchingFailure()
    async later(first: unknown): Promise<unknown> {
      return first
    }
  }

  const catalogue = new Catalogue()

  it('decorates static, private, generic and overloaded methods', () => {
    expect(Catalogue.list(3)).to.equal(3)
    expect(Catalogue.list(-1)).to.be.instanceOf(Response)
    expect(catalogue.callSecret()).to.equal('Catalogue')
    expect(catalogue.pick(['a', 'b'], 1)).to.equal('b')
    expect(catalogue.pick(['a', 'b'], 2)).to.be.instanceOf(Response)
    expect(catalogue.find('1')).to.equal('1')
    expect(catalogue.find('Kernighan', 1988)).to.equal('Kernighan,1988')
  })

  it('passes this and the arguments to the method', () => {
    expect(catalogue.count(1)).to.deep.equal([1, 2])
    expect(catalogue.count(1, undefined, 3, 4)).to.deep.equal([1, 2, 3, 4])
    const borrowed = { title: 'Refactoring', show: books.show }
    expect(borrowed.show(true)).to.equal('Refactoring')
  })

  it('keeps the name, length and property descriptor of the method', () => {
    for (const [name, length] of Object.entries({ pick: 2, find: 0, count: 1, later: 1, secret: 0 })) {
      const descriptor = Object.getOwnPropertyDescriptor(Catalogue.prototype, name) as PropertyDescriptor
      expect(descriptor.value.name).to.equal(name)
      expect(descriptor.value.length).to.equal(length)
      expect(descriptor.enumerable).to.equal(false)
      expect(descriptor.configurable && descriptor.writable).to.equal(true)
    }
    expect(Catalogue.list.name).to.equal('list')
  })

  it('returns a method that is not a constructor', () => {
    expect(() => Reflect.construct(books.show, [])).to.throw(TypeError, /not a constructor/)
    expect(books.show).not.to.have.own.property('prototype')
  })

  it('does not catch failures thrown while a generator is iterated', () => {
    class Pages {
      @CatchingFailure()
      *pages(): any {
        yield 1
        throw failure
      }
    }
    const pages = new Pages().pages()
    expect(pages.next()).to.deep.equal({ value: 1, done: false })
    expect(caught(() => pages.next())).to.deep.equal([failure])
  })

  it('lets a subclass override and call the method', async () => {
    class SignedBooks extends Books {
      override show(found: boolean) {
        const result = super.show(found)
        return typeof result === 'string' ? `${result}, signed` : result
      }
    }
    expect(new SignedBooks().show(true)).to.equal('The C Programming Language, signed')
    expect(new SignedBooks().show(false)).to.be.instanceOf(Response)
  })

  it('uses the current globalThis.Response', () => {
    const original = globalThis.Response
    class Faster extends original {}
    globalThis.Response = Faster
    try {
      expect(books.show(false)).to.be.instanceOf(Faster)
    } finally {
      globalThis.Response = original
    }
  })

  it('may be applied twice', async () => {
    class Twice {
      @CatchingFailure()
      @CatchingFailure()
      show(): globalThis.Response {
        throw failure
      }
    }
    expect(await problemIn(new Twice().show())).to.deep.equal(failure.toProblem())
  })

  describe('with options or a responder', () => {
    const translate = (error: unknown) => (error === foreign ? new Conflict('Taken.', { cause: foreign }) : undefined)
    const reported: unknown[] = []
    const onFailure = (_: unknown, { error, method, path }: { error: unknown; method?: string; path?: string }) =>
      reported.push([error, method, path])

    class Orders {
      @CatchingFailure({ translate, onFailure } as never)
      order(error: unknown, ..._context: unknown[]): globalThis.Response {
        throw error
      }

      @CatchingFailure(new FailureResponder({ translate, onFailure: () => undefined }))
      async orderLater(error: unknown): Promise<globalThis.Response> {
        throw error
      }
    }
    const orders = new Orders()
    beforeEach(() => reported.splice(0))

    it('returns a Response for an error that translate converts to a failure', async () => {
      expect(orders.order(foreign).status).to.equal(409)
      expect((await orders.orderLater(foreign)).status).to.equal(409)
    })

    it('rethrows, without onFailure, an error for which translate returns undefined', async () => {
      const other = new Error('other')
      expect(caught(() => orders.order(other))).to.deep.equal([other])
      expect(await orders.orderLater(other).catch((error) => error)).to.equal(other)
      expect(reported).to.deep.equal([])
    })

    it('calls onFailure once, with the thrown error', () => {
      orders.order(foreign)
      expect(reported).to.deep.equal([[foreign, undefined, undefined]])
    })

    it('finds the request among the arguments', () => {
      const request = new Request('http://localhost/orders', { method: 'POST' })
      const contexts = [request, { request }, { req: { raw: request } }]
      for (const context of contexts) orders.order(failure, 1, null, 'x', context)
      expect(reported).to.deep.equal(contexts.map(() => [failure, 'POST', '/orders']))
    })

    it('ignores arguments that are not a Fetch Request', () => {
      const broken = Object.defineProperty({}, 'request', { get: boom })
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      for (const context of [{ method: 'PUT', url: '/' }, { request: { method: 'PUT' } }, { req: 1 }, broken, proxy]) {
        orders.order(failure, context)
      }
      expect(reported).to.deep.equal(Array(5).fill([failure, undefined, undefined]))
    })

    it('sends no body for HEAD', () => {
      const request = new Request('http://localhost/orders', { method: 'HEAD' })
      expect(orders.order(failure, request).body).to.equal(null)
    })
  })

  it('logs failures that are not exposed, by default', () => {
    const { error } = console
    const logged: unknown[][] = []
    console.error = (_format: string, ...values: unknown[]) => logged.push(values)
    try {
      const hidden = new Forbidden('secret', { expose: false })
      class Shelves {
        @CatchingFailure()
        show(): globalThis.Response {
          throw hidden
        }
      }
      new Shelves().show()
      books.show(false)
      expect(logged).to.have.length(1)
      expect(logged[0]?.[0]).to.equal('403')
      expect(logged[0]?.[1]).to.match(/^Forbidden: secret\n/)
    } finally {
      console.error = error
    }
  })

  describe('throws a TypeError for', () => {
    // Untyped, since these decorations do not compile.
    const catching = CatchingFailure as unknown as () => (...args: unknown[]) => never

    it('a getter', () => {
      expect(() => {
        class Wrong {
          @catching() get name() {
            return 'x'
          }
        }
        return Wrong
      }).to.throw(TypeError, '@CatchingFailure() must decorate a method, received getter "name"')
    })

    it('a setter', () => {
      expect(() => {
        class Wrong {
          @catching() set name(_: string) {}
        }
        return Wrong
      }).to.throw(TypeError, '@CatchingFailure() must decorate a method, received setter "name"')
    })

    it('a field', () => {
      expect(() => {
        class Wrong {
          @catching() name = () => 'x'
        }
        return Wrong
      }).to.throw(TypeError, '@CatchingFailure() must decorate a method, received field "name"')
    })

    it('a class', () => {
      expect(() => {
        @catching()
        class Wrong {}
        return Wrong
      }).to.throw(TypeError, '@CatchingFailure() must decorate a method, received class "Wrong"')
    })
  })
})

/** A thenable that is not a promise, and counts the calls of `then()`. */
class Thenable {
  calls = 0
  constructor(readonly outcome: { value: unknown } | { error: unknown }) {}

  // biome-ignore lint/suspicious/noThenProperty: the test needs a thenable.
  then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
    this.calls++
    if ('value' in this.outcome) resolve(this.outcome.value)
    else reject(this.outcome.error)
  }
}

async function problemIn(response: unknown) {
  expect(response).to.be.instanceOf(Response)
  return (response as Response).json()
}

function caught(run: () => unknown): [unknown] {
  try {
    run()
  } catch (error) {
    return [error]
  }
  throw new Error('The function did not throw')
}

function boom(): never {
  throw new Error('boom')
}
