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
    throw new Conflict(`${isbn} is there already.`)
  }
}

/** As compilers call a legacy decorator, since no runtime knows the syntax. */
function decorate(name, decorator) {
  const descriptor = Object.getOwnPropertyDescriptor(Books.prototype, name)
  decorator(Books.prototype, name, descriptor)
  Object.defineProperty(Books.prototype, name, descriptor)
}
decorate('find', CatchingFailure())
decorate('add', CatchingFailure({ represent: byAccept(problemJson, text) }))

check('CatchingFailure: a sync method answers at once, and keeps its this', async () => {
  same(new Books().find('1'), '1')
  const response = new Books().find('2')
  same([response instanceof Response, response.status], [true, 404])
  same((await response.json()).detail, 'No book 2.')
})

check('CatchingFailure: an async method answers, and negotiates with the request', async () => {
  const request = new Request('https://bookshop.example/', { headers: { Accept: 'text/plain' } })
  const response = await new Books().add(request, '1')
  same([response.status, await response.text()], [409, '409 Conflict\n\n1 is there already.\n'])
})

check('CatchingFailure: other errors pass through', async () => {
  same((await errorOf(() => new Books().find())).message, 'a bug')
})

check('CatchingFailure: the method keeps its name and its length', () => {
  same([Books.prototype.find.name, Books.prototype.find.length], ['find', 1])
  same(Object.keys(Books.prototype), [])
})

check('CatchingFailure: it decorates under the standard as well', () => {
  const context = { kind: 'method', name: 'find', static: false, private: false, metadata: {} }
  const method = CatchingFailure()(() => {
    throw new NotFound()
  }, context)
  same(method().status, 404)
})
