import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { ConsoleLogger, Logger } from '@nestjs/common'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { expect } from 'chai'
import { createBookshop } from '../../examples/bookshop/bookshop.js'
import { readIsbn } from '../../examples/bookshop/isbn.js'
import { OrdersController } from '../../examples/bookshop/orders.controller.js'
import { SEED } from '../../examples/bookshop/seed.js'

describe('examples/bookshop', () => {
  let app: NestExpressApplication
  let origin: string
  const log: string[] = []
  const debugLog: unknown[] = []

  before(async () => {
    app = await createBookshop()
    Logger.overrideLogger({
      log() {},
      warn() {},
      error: (...args: unknown[]) => log.push(args.join('\n')),
      debug: (line: unknown) => debugLog.push(line),
    })
    await app.listen(0)
    origin = `http://localhost:${(app.getHttpServer().address() as AddressInfo).port}`
  })

  after(async () => {
    await app.close()
    Logger.overrideLogger(new ConsoleLogger())
  })

  beforeEach(() => {
    log.length = 0
    debugLog.length = 0
  })

  const get = (path: string, headers: Record<string, string> = {}) => fetch(origin + path, { headers })
  const send = (method: string, path: string) => fetch(origin + path, { method })
  const post = (path: string, content: unknown) => postText(path, JSON.stringify(content))
  const postText = (path: string, body: string | Uint8Array, headers: Record<string, string> = JSON_CONTENT) =>
    fetch(origin + path, { method: 'POST', body, headers })

  describe('the seed', () => {
    it('has valid ISBNs', () => {
      for (const [isbn] of SEED) expect(readIsbn(isbn)).to.equal(isbn)
    })

    it('has one book with a single copy and one that is sold out', () => {
      const copies = SEED.map((row) => row[5])
      expect(copies.filter((left) => left === 1)).to.have.lengthOf(1)
      expect(copies.filter((left) => left === 0)).to.have.lengthOf(1)
    })
  })

  describe('GET /', () => {
    it('lists routes that exist', async () => {
      const routes = Object.keys((await (await get('/')).json()) as object)
      expect(routes).to.include('GET /books').and.to.include('POST /orders')
      for (const route of routes) {
        const [method, path] = route.replace('{id}', UNKNOWN_ORDER).split(' ') as [string, string]
        const response = await send(method, path)
        expect(response.status, route).not.to.equal(405)
        expect(await response.text(), route).not.to.include('Cannot')
      }
    })
  })

  describe('GET /books', () => {
    it('lists the catalog', async () => {
      const books = (await (await get('/books')).json()) as { isbn: string }[]
      expect(books.map(({ isbn }) => isbn)).to.include.members(SEED.map(([isbn]) => isbn))
    })

    it('searches titles and authors case-insensitively', async () => {
      for (const query of ['kNUTH', 'art of computer']) {
        const books = (await (await get(`/books?q=${encodeURIComponent(query)}`)).json()) as object[]
        expect(books).to.deep.equal([
          {
            isbn: '9780201896831',
            title: 'The Art of Computer Programming, Volume 1',
            author: 'Donald E. Knuth',
            year: 1997,
            priceInCents: 7999,
            copies: 4,
          },
        ])
      }
    })

    it('searches for wildcards and quotes literally', async () => {
      for (const query of ['%', '_', "'", "' or 1=1 --", '\\']) {
        expect(await (await get(`/books?q=${encodeURIComponent(query)}`)).json(), query).to.deep.equal([])
      }
    })

    it('parses the year in since, and lists the books published since then', async () => {
      for (const [since, count] of [
        ['2003', 3],
        ['02003', 3],
        ['9999', 0],
        ['99999999999999999999', 0],
        ['-1', SEED.length],
      ]) {
        const books = (await (await get(`/books?since=${since}`)).json()) as { isbn: string }[]
        const seeded = books.filter(({ isbn }) => SEED.some((row) => row[0] === isbn))
        expect(seeded, String(since)).to.have.lengthOf(count as number)
      }
      expect(await (await get('/books?q=design&since=2000')).json()).to.have.lengthOf(1)
    })

    for (const since of ['MM', '', '1.5', '0x10', '1e3', '%00', '1&since=2', '9'.repeat(400)]) {
      it(`rejects ?since=${since.slice(0, 20)} with 400`, async () => {
        expect(await problemOf(await get(`/books?since=${since}`), 400)).to.deep.equal({
          type: 'about:blank',
          title: 'Bad Request',
          status: 400,
          detail: 'The query failed validation.',
          errors: [{ detail: 'Validation failed (numeric string is expected)', parameter: 'since' }],
        })
      })
    }

    for (const query of ['q=%00', 'q=%0A', 'q=a&q=b', 'q=%20', `q=${'x'.repeat(101)}`]) {
      it(`rejects ?${query.slice(0, 20)} with 400`, async () => {
        expect(await problemOf(await get(`/books?${query}`), 400)).to.deep.equal({
          type: 'about:blank',
          title: 'Bad Request',
          status: 400,
          detail: 'Expected a single q of at most 100 characters, without control characters.',
        })
      })
    }
  })

  describe('GET /books/{isbn}', () => {
    it('returns a book for its ISBN with or without hyphens', async () => {
      for (const isbn of ['9780201835953', '978-0201835953', '978-0-201-83595-3']) {
        expect(await (await get(`/books/${isbn}`)).json()).to.deep.equal({
          isbn: '9780201835953',
          title: 'The Mythical Man-Month',
          author: 'Frederick P. Brooks Jr.',
          year: 1995,
          priceInCents: 3999,
          copies: 9,
        })
      }
    })

    it('sends 404 for an unknown book', async () => {
      expect(await problemOf(await get('/books/9780306406157'), 404)).to.deep.equal({
        type: 'https://bookshop.example/problems/unknown-book',
        title: 'Unknown book',
        status: 404,
        detail: 'There is no book 9780306406157 in this shop.',
        isbn: '9780306406157',
      })
    })

    it('rejects an ISBN with a wrong check digit with 400', async () => {
      expect(await problemOf(await get('/books/978-0131103620'), 400)).to.deep.equal({
        type: 'https://bookshop.example/problems/invalid-isbn',
        title: 'Invalid ISBN',
        status: 400,
        detail: 'The last digit of 9780131103620 does not match the others: expected 7.',
      })
    })

    for (const isbn of [
      '0',
      '0131103628',
      '978013110362X',
      '9'.repeat(3000),
      '%00',
      '..%2f',
      '９７８0131103627',
      '-',
      "'",
    ]) {
      it(`rejects the ISBN ${isbn.slice(0, 20)} with 400`, async () => {
        expect(await problemOf(await get(`/books/${isbn}`), 400)).to.have.property('title', 'Invalid ISBN')
      })
    }

    it('sends 400 for an invalid percent-encoding in the path', async () => {
      await problemOf(await get('/books/%ff'), 400)
    })
  })

  describe('POST /books', () => {
    it('adds a book and sends its Location', async () => {
      const book = newBook()
      const response = await post('/books', book)
      expect(response.status).to.equal(201)
      expect(response.headers.get('Location')).to.equal(`/books/${book.isbn}`)
      expect(await response.json()).to.deep.equal(book)
      expect(await (await get(`/books/${book.isbn}`)).json()).to.deep.equal(book)
    })

    it('sends 409 for a duplicate, without details of the database error', async () => {
      const book = newBook()
      const responses = await Promise.all([post('/books', book), post('/books', book)])
      const [created, rejected] = responses.sort((one, other) => one.status - other.status) as [Response, Response]
      expect(created.status).to.equal(201)
      expect(await problemOf(rejected, 409)).to.deep.equal({
        type: 'about:blank',
        title: 'Conflict',
        status: 409,
        detail: 'A book with this ISBN is already in the catalog.',
      })
    })

    it('reports all errors of a book with pointers', async () => {
      const book = { isbn: 9780131103627, title: '', year: '1988', priceInCents: 1e9, copies: -1, 'pages/sheets': 272 }
      expect(await problemOf(await post('/books', book), 422)).to.deep.equal({
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        detail: 'The body failed validation.',
        errors: [
          { detail: 'property pages/sheets should not exist', pointer: '#/pages~1sheets' },
          { detail: 'Expected an ISBN-13 as a string.', pointer: '#/isbn' },
          { detail: 'title must be a string of 1 to 200 characters, without control characters', pointer: '#/title' },
          { detail: 'author must be a string of 1 to 200 characters, without control characters', pointer: '#/author' },
          { detail: 'year must be an integer number', pointer: '#/year' },
          { detail: 'priceInCents must not be greater than 1000000', pointer: '#/priceInCents' },
          { detail: 'copies must not be less than 0', pointer: '#/copies' },
        ],
      })
    })

    it('removes the hyphens of an ISBN before validating it', async () => {
      const { isbn, ...rest } = newBook()
      const hyphenated = isbn.replace(/^(\d{3})(\d)/, '$1-$2-')
      expect(await (await post('/books', { isbn: hyphenated, ...rest })).json()).to.have.property('isbn', isbn)
      const { errors } = await problemOf(await post('/books', { isbn: '978-0131103620', ...rest }), 422)
      expect(errors).to.deep.equal([
        { detail: 'The last digit of 9780131103620 does not match the others: expected 7.', pointer: '#/isbn' },
      ])
    })

    const INVALID: [name: string, value: unknown][] = [
      ['copies', 1e12],
      ['copies', 1.5],
      ['copies', '3'],
      ['copies', true],
      ['copies', null],
      ['priceInCents', -1],
      ['year', 99999],
      ['title', ' '],
      ['title', 'a\u0000b'],
      ['title', '\ud800'],
      ['title', 'x'.repeat(201)],
      ['author', ['Jane Austen']],
      ['isbn', '9780131103620'],
      ['isbn', ['9780131103627']],
      ['isbn', {}],
    ]
    for (const [name, value] of INVALID) {
      it(`rejects the ${name} ${JSON.stringify(value).slice(0, 20)} with 422`, async () => {
        const { errors } = await problemOf(await post('/books', { ...newBook(), [name]: value }), 422)
        expect(errors).to.have.lengthOf(1)
        expect(errors).to.have.nested.property('[0].pointer', `#/${name}`)
      })
    }

    it('rejects a number that overflows to Infinity', async () => {
      const json = JSON.stringify(newBook()).replace('"copies":3', '"copies":1e400')
      expect(await problemOf(await postText('/books', json), 422)).to.have.nested.property(
        'errors[0].pointer',
        '#/copies',
      )
    })

    it('ignores members inside __proto__', async () => {
      const json = `{"__proto__":${JSON.stringify(newBook())}}`
      expect((await problemOf(await postText('/books', json), 422)).errors).to.have.lengthOf(6)
    })

    it('rejects an array with 422', async () => {
      for (const array of [[], [newBook()]]) {
        expect((await problemOf(await post('/books', array), 422)).errors).not.to.be.empty
      }
    })

    for (const body of ['{', '{"isbn": "978', 'null', '1', '"text"', 'isbn=9780131103627', '\u0000']) {
      it(`rejects the body ${JSON.stringify(body)} with 400`, async () => {
        expect(await problemOf(await postText('/books', body), 400)).to.have.property('title', 'Bad Request')
      })
    }

    it('rejects an empty body with 422', async () => {
      expect((await problemOf(await postText('/books', ''), 422)).errors).not.to.be.empty
    })

    it('rejects a body that is too large with 413', async () => {
      await problemOf(await post('/books', { ...newBook(), title: 'x'.repeat(200_000) }), 413)
    })

    for (const type of [
      'text/csv',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/jsonp',
      ';',
    ]) {
      it(`rejects the content type ${type} with 415`, async () => {
        const response = await postText('/books', JSON.stringify(newBook()), { 'Content-Type': type })
        expect(response.headers.get('Accept')).to.equal('application/json')
        expect(await problemOf(response, 415)).to.deep.equal({
          type: 'about:blank',
          title: 'Unsupported Media Type',
          status: 415,
          detail: 'Send JSON with Content-Type: application/json.',
        })
      })
    }

    it('rejects a body without a content type with 415', async () => {
      await problemOf(await postText('/books', new TextEncoder().encode(JSON.stringify(newBook())), {}), 415)
    })

    it('rejects unknown charsets and encodings with 415, and invalid gzip with 400', async () => {
      const json = JSON.stringify(newBook())
      await problemOf(await postText('/books', json, { 'Content-Type': 'application/json; charset=bogus' }), 415)
      await problemOf(await postText('/books', json, { ...JSON_CONTENT, 'Content-Encoding': 'bogus' }), 415)
      await problemOf(await postText('/books', json, { ...JSON_CONTENT, 'Content-Encoding': 'gzip' }), 400)
    })
  })

  describe('POST /orders', () => {
    it('reduces the stock and creates the order at its Location', async () => {
      const { isbn } = await addBook(5)
      const response = await post('/orders', orderOf(isbn, 2))
      expect(response.status).to.equal(201)
      const order = (await response.json()) as { id: string }
      expect(order).to.deep.equal({
        id: order.id,
        items: [{ isbn, title: 'A Book of Tests', copies: 2, priceInCents: PRICE }],
        totalInCents: 2 * PRICE,
      })
      expect(response.headers.get('Location')).to.equal(`/orders/${order.id}`)
      expect(await (await get(`/orders/${order.id}`)).json()).to.deep.equal(order)
      expect(await (await get(`/books/${isbn}`)).json()).to.have.property('copies', 3)
    })

    it('sends 409 when too few copies are left, and keeps the stock unchanged', async () => {
      const { isbn } = await addBook(2)
      expect(await problemOf(await post('/orders', orderOf(isbn, 3)), 409)).to.deep.equal({
        type: 'https://bookshop.example/problems/out-of-stock',
        title: 'Out of stock',
        status: 409,
        detail: `There are not enough copies of ${isbn}: 2 left.`,
        isbn,
        copiesLeft: 2,
      })
      expect(await (await get(`/books/${isbn}`)).json()).to.have.property('copies', 2)
    })

    it('sells the last copy to one of two concurrent customers', async () => {
      const { isbn } = await addBook(1)
      const responses = await Promise.all([post('/orders', orderOf(isbn, 1)), post('/orders', orderOf(isbn, 1))])
      const [sold, rejected] = responses.sort((one, other) => one.status - other.status) as [Response, Response]
      expect(sold.status).to.equal(201)
      expect(await problemOf(rejected, 409)).to.deep.equal({
        type: 'https://bookshop.example/problems/out-of-stock',
        title: 'Out of stock',
        status: 409,
        detail: `No copy of ${isbn} is left.`,
        isbn,
        copiesLeft: 0,
      })
    })

    it('sells no more copies than are in stock to concurrent customers', async () => {
      const { isbn } = await addBook(10)
      const responses = await Promise.all(Array.from({ length: 25 }, () => post('/orders', orderOf(isbn, 1))))
      const statuses = responses.map(({ status }) => status)
      expect(statuses.filter((status) => status === 201)).to.have.lengthOf(10)
      expect(statuses.filter((status) => status === 409)).to.have.lengthOf(15)
      expect(await (await get(`/books/${isbn}`)).json()).to.have.property('copies', 0)
    })

    it('sells either all items of an order or none', async () => {
      const [plenty, few] = [await addBook(5), await addBook(1)]
      const items = [
        { isbn: plenty.isbn, copies: 1 },
        { isbn: few.isbn, copies: 2 },
      ]
      expect(await problemOf(await post('/orders', { items }), 409)).to.have.property('isbn', few.isbn)
      expect(await (await get(`/books/${plenty.isbn}`)).json()).to.have.property('copies', 5)
    })

    it('processes concurrent orders that list the same books in different order', async () => {
      const [one, other] = [await addBook(20), await addBook(20)]
      const items = [
        { isbn: one.isbn, copies: 1 },
        { isbn: other.isbn, copies: 1 },
      ]
      const orders = Array.from({ length: 20 }, (_, index) => ({ items: index % 2 ? items : items.toReversed() }))
      const responses = await Promise.all(orders.map((order) => post('/orders', order)))
      expect(new Set(responses.map(({ status }) => status))).to.deep.equal(new Set([201]))
    })

    it('sends 404 for an unknown book', async () => {
      const problem = await problemOf(await post('/orders', orderOf('9780306406157', 1)), 404)
      expect(problem).to.have.property('title', 'Unknown book')
    })

    for (const copies of [0, -1, 1.5, 1e9, 1e300, '1', null, undefined]) {
      it(`rejects an order of ${JSON.stringify(copies)} copies with 422`, async () => {
        const { errors } = await problemOf(await post('/orders', orderOf('9780131103627', copies)), 422)
        expect(errors).to.have.lengthOf(1)
        expect(errors).to.have.nested.property('[0].pointer', '#/items/0/copies')
      })
    }

    it('reports the errors of nested items with pointers', async () => {
      const items = [
        { isbn: '978-0131103627', copies: 0 },
        { isbn: '978-0131103620', copies: 1, colour: 'blue' },
      ]
      expect(await problemOf(await post('/orders', { items }), 422)).to.deep.equal({
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        detail: 'The body failed validation.',
        errors: [
          { detail: 'copies must not be less than 1', pointer: '#/items/0/copies' },
          { detail: 'property colour should not exist', pointer: '#/items/1/colour' },
          {
            detail: 'The last digit of 9780131103620 does not match the others: expected 7.',
            pointer: '#/items/1/isbn',
          },
        ],
      })
    })

    const ITEM = { isbn: '9780131103627', copies: 1 }
    for (const items of [undefined, null, 'x', 1, {}, ITEM, [], [ITEM, null], [1], [[]], [[ITEM]], [ITEM, ITEM]]) {
      it(`rejects the items ${JSON.stringify(items)?.slice(0, 50)} with 422`, async () => {
        const { errors } = await problemOf(await post('/orders', { items }), 422)
        expect(errors).to.have.nested.property('[0].pointer', '#/items')
      })
    }

    it('rejects more than 20 items with 422', async () => {
      const { errors } = await problemOf(await post('/orders', { items: Array(21).fill(ITEM) }), 422)
      expect(errors).to.deep.equal([{ detail: 'items must contain no more than 20 elements', pointer: '#/items' }])
    })

    it('returns a Response to direct callers of the controller', async () => {
      const response = await app.get(OrdersController).place(orderOf(readIsbn('9780441478125'), 1))
      expect(await problemOf(response, 409)).to.have.property('title', 'Out of stock')
    })
  })

  describe('GET /orders/{id}', () => {
    it('sends 404 for an unknown order', async () => {
      expect(await problemOf(await get(`/orders/${UNKNOWN_ORDER}`), 404)).to.deep.equal({
        type: 'https://bookshop.example/problems/unknown-order',
        title: 'Unknown order',
        status: 404,
        detail: `There is no order ${UNKNOWN_ORDER}.`,
      })
    })

    it('rejects an invalid id with 400', async () => {
      for (const id of ['1', '-1', '%00', "'"]) {
        for (const path of [`/orders/${id}`, `/orders/${id}/receipt`]) {
          expect(await problemOf(await get(path), 400)).to.deep.equal({
            type: 'about:blank',
            title: 'Bad Request',
            status: 400,
            detail: 'Validation failed (uuid is expected)',
          })
        }
      }
    })
  })

  describe('GET /orders/{id}/receipt', () => {
    it('sends the receipt as plain text, and only its headers for HEAD', async () => {
      const { isbn } = await addBook(2)
      const placed = await post('/orders', orderOf(isbn, 2))
      const response = await get(`${placed.headers.get('Location')}/receipt`)
      expect(response.status).to.equal(200)
      expect(response.headers.get('Content-Type')).to.equal('text/plain; charset=utf-8')
      const { id } = (await placed.json()) as { id: string }
      expect(await response.text()).to.equal(`Order ${id}\n\n2 × A Book of Tests: 25.00\n\nTotal: 25.00\n`)
      const head = await send('HEAD', `/orders/${id}/receipt`)
      expect([head.status, await head.text()]).to.deep.equal([200, ''])
    })

    it('sends 404 for an unknown order', async () => {
      expect(await problemOf(await get(`/orders/${UNKNOWN_ORDER}/receipt`), 404)).to.deep.equal({
        type: 'https://bookshop.example/problems/unknown-order',
        title: 'Unknown order',
        status: 404,
        detail: `There is no order ${UNKNOWN_ORDER}.`,
      })
    })

    it('returns a Response to direct callers of the controller', async () => {
      const response = await app.get(OrdersController).receipt(UNKNOWN_ORDER)
      expect(await problemOf(response, 404)).to.have.property('title', 'Unknown order')
    })
  })

  describe('traceId', () => {
    it('is the trace id of the traceparent header in every error response', async () => {
      const paths = [
        '/books/9780306406157',
        '/books?since=MM',
        `/orders/${UNKNOWN_ORDER}/receipt`,
        '/orders/1',
        '/members/offers',
        '/reports/sales',
        '/cafeteria',
      ]
      for (const path of paths) {
        const problem = (await (await get(path, { traceparent: TRACEPARENT })).json()) as object
        expect(problem, path).to.have.property('traceId', '4bf92f3577b34da6a3ce929d0e0e4736')
      }
    })

    it('is omitted for an invalid traceparent', async () => {
      for (const traceparent of ['', '4bf92f3577b34da6a3ce929d0e0e4736', TRACEPARENT.replaceAll(/[^-]/g, '0')]) {
        expect(await problemOf(await get('/cafeteria', { traceparent }), 404)).not.to.have.property('traceId')
      }
    })
  })

  describe('GET /members/offers', () => {
    it('sends 401 with a challenge without a token', async () => {
      for (const credentials of [{}, { Authorization: 'Basic cmVhZGluZy1sYW1w' }, { Authorization: 'Bearer' }]) {
        const response = await get('/members/offers', credentials as Record<string, string>)
        expect(response.headers.get('WWW-Authenticate')).to.equal('Bearer realm="members"')
        expect(await problemOf(response, 401)).to.deep.equal({
          type: 'about:blank',
          title: 'Unauthorized',
          status: 401,
          detail: 'For members only: send your token.',
        })
      }
    })

    it('sends 401 with invalid_token for a wrong token', async () => {
      const response = await get('/members/offers', { Authorization: 'Bearer bread-lamp' })
      expect(response.headers.get('WWW-Authenticate')).to.equal('Bearer realm="members", error="invalid_token"')
      expect(await problemOf(response, 401)).to.have.property('detail', 'This token is not valid.')
    })

    it('lists the discounted prices for a valid token', async () => {
      const response = await get('/members/offers', { Authorization: 'Bearer reading-lamp' })
      const books = (await response.json()) as { isbn: string; priceInCents: number }[]
      expect(books.find(({ isbn }) => isbn === '9780142437247')).to.have.property('priceInCents', 960)
    })
  })

  describe('GET /recommendations', () => {
    const realNow = Date.now
    // A minute later, the requests of earlier tests are no longer counted.
    beforeEach(() => void (Date.now = () => realNow() + 60_000))
    afterEach(() => void (Date.now = realNow))

    it('allows three requests in ten seconds, then sends 429 with Retry-After', async () => {
      const statuses = []
      for (let count = 0; count < 3; count += 1) statuses.push((await get('/recommendations')).status)
      expect(statuses).to.deep.equal([200, 200, 200])

      const response = await get('/recommendations')
      expect(Number(response.headers.get('Retry-After'))).to.be.within(1, 10)
      expect(await problemOf(response, 429)).to.deep.equal({
        type: 'about:blank',
        title: 'Too Many Requests',
        status: 429,
        detail: 'The limit is 3 recommendations in 10 seconds.',
      })

      Date.now = () => realNow() + 70_001
      expect((await get('/recommendations')).status).to.equal(200)
    })
  })

  describe('GET /reports/sales', () => {
    it('sends a 500 without details', async () => {
      expect(await problemOf(await get('/reports/sales'), 500)).to.deep.equal({
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
      })
    })

    it('logs the error with its causes once', async () => {
      await get('/reports/sales?customer=17')
      expect(log).to.have.lengthOf(1)
      expect(log[0]).to.match(/^GET \/reports\/sales 500\n/)
      expect(log[0]).to.include('correct-horse').and.to.include('ECONNREFUSED').and.to.include('reports.controller.ts')
    })
  })

  describe('the application', () => {
    it('sends 404 for an unknown path', async () => {
      expect(await problemOf(await get('/cafeteria'), 404)).to.deep.equal({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: 'Cannot GET /cafeteria',
      })
      for (const path of ['/members', '/reports', '/books/1/2', '/%', '//books', '/.env'])
        await problemOf(await get(path), 404)
    })

    const METHODS: [path: string, allow: string][] = [
      ['/', 'GET, HEAD'],
      ['/books', 'GET, HEAD, POST'],
      ['/books/9780131103627', 'GET, HEAD'],
      ['/orders', 'POST'],
      ['/orders/1', 'GET, HEAD'],
      ['/orders/1/receipt', 'GET, HEAD'],
      ['/members/offers', 'GET, HEAD'],
      ['/recommendations', 'GET, HEAD'],
      ['/reports/sales', 'GET, HEAD'],
    ]
    for (const [path, allow] of METHODS) {
      it(`sends 405 with Allow for other methods of ${path}`, async () => {
        for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
          const response = await send(method, path)
          expect(response.headers.get('Allow')).to.equal(allow)
          expect(await problemOf(response, 405)).to.deep.equal({
            type: 'about:blank',
            title: 'Method Not Allowed',
            status: 405,
            detail: `${method} is not allowed for this resource.`,
          })
        }
      })
    }

    it('responds to HEAD like GET, without content', async () => {
      for (const path of [
        '/books',
        '/books/9780131103627',
        '/books/1',
        '/orders/1',
        '/members/offers',
        '/reports/sales',
      ]) {
        const [headResponse, getResponse] = [await send('HEAD', path), await get(path)]
        expect(headResponse.status, path).to.equal(getResponse.status)
        expect(headResponse.headers.get('Content-Type')).to.equal(getResponse.headers.get('Content-Type'))
        expect(headResponse.headers.get('Content-Length')).to.equal(
          String((await getResponse.arrayBuffer()).byteLength),
        )
        expect(await headResponse.text()).to.equal('')
      }
    })

    it('keeps running when a client disconnects', async () => {
      const socket = connect(Number(new URL(origin).port))
      await once(socket, 'connect')
      const head = 'POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n'
      socket.write(`${head}{"is`, () => socket.resetAndDestroy())
      await once(socket, 'close')
      expect((await get('/books')).status).to.equal(200)
      expect(log).to.deep.equal([])
    })

    it('logs client failures at level debug', async () => {
      await get('/cafeteria?customer=17')
      await post('/books', {})
      await get('/members/offers')
      expect(log).to.deep.equal([])
      expect(debugLog).to.deep.equal([
        'GET /cafeteria 404 NotFound: Cannot GET /cafeteria',
        'POST /books 422 UnprocessableContent: The body failed validation.',
        'GET /members/offers 401 Unauthorized: For members only: send your token.',
      ])
    })
  })

  async function addBook(copies: number) {
    const book = { ...newBook(), copies }
    expect((await post('/books', book)).status).to.equal(201)
    return book
  }
})

/** The example value of the W3C Trace Context specification. */
const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
const JSON_CONTENT = { 'Content-Type': 'application/json' }
const UNKNOWN_ORDER = '00000000-0000-4000-8000-000000000000'
const PRICE = 1250

function orderOf<Isbn, Copies>(isbn: Isbn, copies: Copies) {
  return { items: [{ isbn, copies }] }
}

/** A book with an ISBN that no other test uses. */
function newBook() {
  return {
    isbn: freshIsbn(),
    title: 'A Book of Tests',
    author: 'N. N.',
    year: 2026,
    priceInCents: PRICE,
    copies: 3,
  }
}

let isbnCount = 0

function freshIsbn(): string {
  isbnCount += 1
  const digits = `97999${String(isbnCount).padStart(7, '0')}`
  const isbn = Array.from({ length: 10 }, (_, digit) => `${digits}${digit}`).find(isValidIsbn)
  return isbn as string
}

function isValidIsbn(isbn: string): boolean {
  try {
    return readIsbn(isbn) === isbn
  } catch {
    return false
  }
}

/** The problem details of a response, which must not be cacheable. */
async function problemOf(response: Response, status: number): Promise<Record<string, unknown>> {
  expect(response.status).to.equal(status)
  expect(response.headers.get('Content-Type')).to.equal('application/problem+json')
  expect(response.headers.get('Cache-Control')).to.equal('no-store')
  const problem = (await response.json()) as Record<string, unknown>
  expect(problem.status).to.equal(status)
  return problem
}
