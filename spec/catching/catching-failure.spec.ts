import { expect } from 'chai'
import { CatchingFailure, Conflict, FailureResponder, Forbidden, NotFound } from '../../src/index.js'

// Runs twice: with legacy decorators, and with standard ones.

const failure = new NotFound('There is no such book.')
const foreign = new Error('foreign')
const silent = { onFailure: () => undefined }

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

  @CatchingFailure()
  showThenable(found: boolean): PromiseLike<string | globalThis.Response> {
    return new Thenable(found ? { value: this.title } : { error: failure }) as unknown as PromiseLike<string>
  }

  @CatchingFailure()
  fail(error: unknown): globalThis.Response {
    throw error
  }

  @CatchingFailure()
  async failLater(error: unknown): Promise<globalThis.Response> {
    throw error
  }

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
  find(...given: unknown[]): string | globalThis.Response {
    return given.join()
  }

  @CatchingFailure()
  count(first: unknown, second = 2, ...others: unknown[]): unknown {
    return [first, second, ...others]
  }
}

/** A thenable that is no promise, and that counts how often it is asked. */
class Thenable {
  static asked = 0
  constructor(readonly outcome: { value: unknown } | { error: unknown }) {}

  // biome-ignore lint/suspicious/noThenProperty: a thenable is what this is about.
  then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
    Thenable.asked++
    if ('value' in this.outcome) resolve(this.outcome.value)
    else reject(this.outcome.error)
  }
}

const books = new Books()

async function problemIn(response: unknown) {
  expect(response).to.be.instanceOf(Response)
  return (response as Response).json()
}

describe('@CatchingFailure()', () => {
  it('answers a failure that is thrown, and a sync method stays sync', async () => {
    const response = books.show(false)
    expect(response).to.be.instanceOf(Response)
    expect((response as Response).status).to.equal(404)
    expect(await problemIn(response)).to.deep.equal(failure.toProblem())
  })

  it('answers a failure that a promise is rejected with', async () => {
    const promise = books.showLater(false)
    expect(promise).to.be.instanceOf(Promise)
    expect(await problemIn(await promise)).to.deep.equal(failure.toProblem())
  })

  it('answers a failure that a thenable is rejected with, asked once', async () => {
    Thenable.asked = 0
    expect(await problemIn(await books.showThenable(false))).to.deep.equal(failure.toProblem())
    expect(Thenable.asked).to.equal(1)
  })

  it('keeps the class of a promise, and takes a function for a thenable', async () => {
    class Tracked<Value> extends Promise<Value> {}
    const callable = Object.assign(() => 'x', {
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what this is about.
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

  it('leaves a result as it is', async () => {
    expect(books.show(true)).to.equal(books.title)
    expect(await books.showLater(true)).to.equal(books.title)
    expect(await books.showThenable(true)).to.equal(books.title)
  })

  it('lets other errors pass, the same object', async () => {
    for (const error of [foreign, 'a text', undefined, null, 404]) {
      expect(caught(() => books.fail(error))).to.deep.equal([error])
      expect(
        await books.failLater(error).then(
          () => 'answered',
          (reason) => [reason],
        ),
      ).to.deep.equal([error])
    }
    expect(caught(() => books.fail(foreign))[0]).to.equal(foreign)
  })

  it('decorates static, private, generic and overloaded methods', () => {
    expect(Books.list(3)).to.equal(3)
    expect(Books.list(-1)).to.be.instanceOf(Response)
    expect(books.callSecret()).to.equal(books.title)
    expect(books.pick(['a', 'b'], 1)).to.equal('b')
    expect(books.pick(['a', 'b'], 2)).to.be.instanceOf(Response)
    expect(books.find('1')).to.equal('1')
    expect(books.find('Kernighan', 1988)).to.equal('Kernighan,1988')
  })

  it('keeps this and the arguments', () => {
    expect(books.count(1)).to.deep.equal([1, 2])
    expect(books.count(1, undefined, 3, 4)).to.deep.equal([1, 2, 3, 4])
    const borrowed = { title: 'Refactoring', show: books.show }
    expect(borrowed.show(true)).to.equal('Refactoring')
  })

  it('keeps the name, the length and the kind of property', () => {
    for (const [name, length] of Object.entries({ show: 1, showLater: 1, pick: 2, find: 0, count: 1, secret: 0 })) {
      const descriptor = Object.getOwnPropertyDescriptor(Books.prototype, name) as PropertyDescriptor
      expect(descriptor.value.name).to.equal(name)
      expect(descriptor.value.length).to.equal(length)
      expect(descriptor.enumerable).to.equal(false)
      expect(descriptor.configurable && descriptor.writable).to.equal(true)
    }
    expect(Books.list.name).to.equal('list')
  })

  it('is no constructor, as no method is', () => {
    expect(() => Reflect.construct(books.show, [])).to.throw(TypeError, /not a constructor/)
    expect(books.show).not.to.have.own.property('prototype')
  })

  it('decorates a generator method, whose failures come when it is iterated', () => {
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
        const answer = super.show(found)
        return typeof answer === 'string' ? `${answer}, signed` : answer
      }
    }
    expect(new SignedBooks().show(true)).to.equal('The C Programming Language, signed')
    expect(new SignedBooks().show(false)).to.be.instanceOf(Response)
  })

  it('uses the Response of the moment', () => {
    const original = globalThis.Response
    class Faster extends original {}
    globalThis.Response = Faster
    try {
      expect(books.show(false)).to.be.instanceOf(Faster)
    } finally {
      globalThis.Response = original
    }
  })

  it('may stand twice', async () => {
    class Twice {
      @CatchingFailure()
      @CatchingFailure()
      show(): globalThis.Response {
        throw failure
      }
    }
    expect(await problemIn(new Twice().show())).to.deep.equal(failure.toProblem())
  })

  describe('with a policy', () => {
    const translate = (error: unknown) => (error === foreign ? new Conflict('Taken.', { cause: foreign }) : undefined)
    const told: unknown[] = []
    const onFailure = (_: unknown, { error, method, path }: { error: unknown; method?: string; path?: string }) =>
      told.push([error, method, path])

    class Orders {
      @CatchingFailure({ translate, onFailure } as never)
      order(error: unknown, ..._context: unknown[]): globalThis.Response {
        throw error
      }

      @CatchingFailure(new FailureResponder({ translate, ...silent }))
      async orderLater(error: unknown): Promise<globalThis.Response> {
        throw error
      }
    }
    const orders = new Orders()
    beforeEach(() => told.splice(0))

    it('answers what translate turns into a failure', async () => {
      expect(orders.order(foreign).status).to.equal(409)
      expect((await orders.orderLater(foreign)).status).to.equal(409)
    })

    it('lets pass what translate knows nothing of', async () => {
      const other = new Error('other')
      expect(caught(() => orders.order(other))).to.deep.equal([other])
      expect(await orders.orderLater(other).catch((error) => error)).to.equal(other)
      expect(told).to.deep.equal([])
    })

    it('tells onFailure once, with what was thrown', () => {
      orders.order(foreign)
      expect(told).to.deep.equal([[foreign, undefined, undefined]])
    })

    it('finds the request among the arguments', () => {
      const request = new Request('http://localhost/orders', { method: 'POST' })
      const contexts = [request, { request }, { req: { raw: request } }]
      for (const context of contexts) orders.order(failure, 1, null, 'x', context)
      expect(told).to.deep.equal(contexts.map(() => [failure, 'POST', '/orders']))
    })

    it('takes nothing else for a request', () => {
      const broken = Object.defineProperty({}, 'request', { get: boom })
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      for (const context of [{ method: 'PUT', url: '/' }, { request: { method: 'PUT' } }, { req: 1 }, broken, proxy]) {
        orders.order(failure, context)
      }
      expect(told).to.deep.equal(Array(5).fill([failure, undefined, undefined]))
    })

    it('has no body for HEAD', () => {
      const request = new Request('http://localhost/orders', { method: 'HEAD' })
      expect(orders.order(failure, request).body).to.equal(null)
    })
  })

  it('logs by default what the client does not see', () => {
    const { error } = console
    const logged: unknown[][] = []
    console.error = (_format: string, ...given: unknown[]) => logged.push(given)
    try {
      const hidden = new Forbidden('secret', { expose: false })
      books.fail(hidden)
      books.show(false)
      expect(logged).to.deep.equal([['403', hidden]])
    } finally {
      console.error = error
    }
  })

  describe('refuses', () => {
    // Without the type check, since none of these compiles.
    const catching = CatchingFailure as unknown as () => (...given: unknown[]) => never

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

function caught(run: () => unknown): [unknown] {
  try {
    run()
  } catch (error) {
    return [error]
  }
  throw new Error('Nothing was thrown')
}

function boom(): never {
  throw new Error('boom')
}
