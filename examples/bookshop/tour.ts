import { Guide, get, post, type TourRequest } from './guide.js'
import { MEMBERS_TOKEN } from './member.guard.js'
import { REQUESTS_PER_WINDOW } from './rate-limit.guard.js'

const THE_C_BOOK = '978-0131103627'
const MISTYPED = '978-0131103620'
const MOBY_DICK = '9780142437247'
const LAST_COPY = '9780141439471'
const SOLD_OUT = '9780441478125'
const UNKNOWN_BOOK = '9780306406157'
const UNKNOWN_ORDER = '00000000-0000-4000-8000-000000000000'
const NEW_BOOK = {
  isbn: '9781449373320',
  title: 'Designing Data-Intensive Applications',
  author: 'Martin Kleppmann',
  year: 2017,
  priceInCents: 4999,
  copies: 3,
}

/** Sends a request for each route and each failure of the bookshop, and prints the requests and responses. */
export async function tour(origin: string, print: (text: string) => void): Promise<void> {
  const guide = new Guide(origin, print)

  await guide.show('All routes', get('/'))
  await guide.show('The catalog', get('/books'))
  await guide.show('A search for books published since 2000', get('/books?q=design&since=2000'))
  await guide.show('A search with a year in Roman numerals', get('/books?since=MM'))
  await guide.show('A book', get(`/books/${THE_C_BOOK}`))
  await guide.show('A book that does not exist', get(`/books/${UNKNOWN_BOOK}`))
  await guide.show(
    'The same with a traceparent header: the response contains the trace id',
    traced(get(`/books/${UNKNOWN_BOOK}`)),
  )
  await guide.show('An ISBN with a mistyped digit', get(`/books/${MISTYPED}`))

  await guide.show('A new book', post('/books', NEW_BOOK))
  await guide.show('The same book again: the database rejects it', post('/books', NEW_BOOK))
  const invalidBook = { ...NEW_BOOK, title: '', year: '2017', pages: 616 }
  await guide.show('An invalid book: the response lists all errors with pointers', post('/books', invalidBook))
  await guide.show('Truncated JSON', { ...post('/books', {}), body: '{"isbn": "978' })
  await guide.show('A content type other than JSON', { ...post('/books', {}), headers: { 'Content-Type': 'text/csv' } })

  const [placed] = await guide.show('An order', order([THE_C_BOOK, 2], [MOBY_DICK, 1]))
  const location = placed?.headers.get('location') ?? '/orders'
  await guide.show('The order, read from its Location', get(location))
  await guide.show('Its receipt: a method that returns a Fetch Response', get(`${location}/receipt`))
  await guide.show('The receipt of an order that does not exist', get(`/orders/${UNKNOWN_ORDER}/receipt`))
  await guide.show('An invalid order id: a pipe of Nest rejects it', get('/orders/1'))
  await guide.show('An order with two invalid items', order([THE_C_BOOK, 0], [MISTYPED, 1]))
  await guide.show('An order for a book that is sold out', order([SOLD_OUT, 1]))
  const lastCopy = order([LAST_COPY, 1])
  await guide.show('Two customers order the last copy at the same time: one of them gets it', lastCopy, lastCopy)

  await guide.show('The offers for members, without a token', get('/members/offers'))
  await guide.show('The same with a wrong token', withToken(get('/members/offers'), 'bread-lamp'))
  await guide.show('The same with the right token', withToken(get('/members/offers'), MEMBERS_TOKEN))

  const recommendations = Array.from({ length: REQUESTS_PER_WINDOW + 1 }, () => get('/recommendations'))
  await guide.show('Too many requests in a short time', ...recommendations)

  await guide.show('A bug: the client receives no details, the log contains all of them', get('/reports/sales'))
  await guide.show('A method that the route does not have', { ...get('/books'), method: 'DELETE' })
  await guide.show('A route that does not exist', get('/cafeteria'))
}

function order(...items: [isbn: string, copies: number][]): TourRequest {
  return post('/orders', { items: items.map(([isbn, copies]) => ({ isbn, copies })) })
}

/** Adds the example value of the W3C Trace Context specification. */
function traced(request: TourRequest): TourRequest {
  return { ...request, headers: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' } }
}

function withToken(request: TourRequest, token: string): TourRequest {
  return { ...request, headers: { Authorization: `Bearer ${token}` } }
}
