import { CatchingFailure, Conflict, NotFound } from 'http-failure'
import { byAccept, problemJson, text } from 'http-failure/representations'
import { check, errorOf, same } from './check.mjs'

class Books {
  prefix = 'No'

  find(isbn) {
    if (isbn === undefined) throw new TypeError('a bug')
    if (isbn === '1') return isbn
    throw new NotFound(`${this.prefix} book ${isbn}.`)
  }

  async add(_request, isbn) {
    throw new Conflict(`${isbn} already exists.`)
  }
}

/** Applies a legacy decorator like compilers do, since no runtime supports the syntax. */
function decorate(name, decorator) {
  const descriptor = Object.getOwnPropertyDescriptor(Books.prototype, name)
  decorator(Books.prototype, name, descriptor)
  Object.defineProperty(Books.prototype, name, descriptor)
}
decorate('find', CatchingFailure())
decorate('add', CatchingFailure({ represent: byAccept(problemJson, text) }))

check('CatchingFailure: a sync method returns a Response synchronously and keeps its this', async () => {
  same(new Books().find('1'), '1')
  const response = new Books().find('2')
  same([response instanceof Response, response.status], [true, 404])
  same((await response.json()).detail, 'No book 2.')
})

check('CatchingFailure: an async method resolves to a Response negotiated with the request', async () => {
  const request = new Request('https://bookshop.example/', { headers: { Accept: 'text/plain' } })
  const response = await new Books().add(request, '1')
  same([response.status, await response.text()], [409, '409 Conflict\n\n1 already exists.\n'])
})

check('CatchingFailure: rethrows errors that are not failures', async () => {
  same((await errorOf(() => new Books().find())).message, 'a bug')
})

check('CatchingFailure: the method keeps its name and length', () => {
  same([Books.prototype.find.name, Books.prototype.find.length], ['find', 1])
  same(Object.keys(Books.prototype), [])
})

check('CatchingFailure: is also a standard decorator', () => {
  const context = { kind: 'method', name: 'find', static: false, private: false, metadata: {} }
  const method = CatchingFailure()(() => {
    throw new NotFound()
  }, context)
  same(method().status, 404)
})
