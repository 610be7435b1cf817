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

/** Sends a bookshop a request for each of its routes and failures, and prints what goes over the wire. */
export async function tour(origin: string, print: (text: string) => void): Promise<void> {
  const guide = new Guide(origin, print)

  await guide.show('What there is to try', get('/'))
  await guide.show('The catalogue', get('/books'))
  await guide.show('A search in it, for books from the year 2000 on', get('/books?q=design&since=2000'))
  await guide.show('A year in Roman numerals', get('/books?since=MM'))
  await guide.show('A book', get(`/books/${THE_C_BOOK}`))
  await guide.show('A book that the shop does not know', get(`/books/${UNKNOWN_BOOK}`))
  await guide.show('The same in a traced request: the problem names its trace', traced(get(`/books/${UNKNOWN_BOOK}`)))
  await guide.show('An ISBN with a mistyped digit', get(`/books/${MISTYPED}`))

  await guide.show('A new book', post('/books', NEW_BOOK))
  await guide.show('The same book again: the database refuses it', post('/books', NEW_BOOK))
  const badlyDescribed = { ...NEW_BOOK, title: '', year: '2017', pages: 616 }
  await guide.show('A new book, badly described: all that is wrong, and where', post('/books', badlyDescribed))
  await guide.show('JSON that breaks off', { ...post('/books', {}), body: '{"isbn": "978' })
  await guide.show('Something else than JSON', { ...post('/books', {}), headers: { 'Content-Type': 'text/csv' } })

  const [placed] = await guide.show('An order', order([THE_C_BOOK, 2], [MOBY_DICK, 1]))
  const location = placed?.headers.get('location') ?? '/orders'
  await guide.show('The same order, later', get(location))
  await guide.show('Its receipt: a Response that a method has returned', get(`${location}/receipt`))
  await guide.show('The receipt of an order that does not exist', get(`/orders/${UNKNOWN_ORDER}/receipt`))
  await guide.show('An order number that cannot be one: a pipe of Nest refuses it', get('/orders/1'))
  await guide.show('An order with two mistakes, deep inside', order([THE_C_BOOK, 0], [MISTYPED, 1]))
  await guide.show('An order for a book that is sold out', order([SOLD_OUT, 1]))
  const lastCopy = order([LAST_COPY, 1])
  await guide.show('Two customers order the last copy at once: one gets it', lastCopy, lastCopy)

  await guide.show('What is for members, without a token', get('/members/offers'))
  await guide.show('With a wrong token', withToken(get('/members/offers'), 'bread-lamp'))
  await guide.show('With the right one', withToken(get('/members/offers'), MEMBERS_TOKEN))

  const recommendations = Array.from({ length: REQUESTS_PER_WINDOW + 1 }, () => get('/recommendations'))
  await guide.show('Too many questions in a short time', ...recommendations)

  await guide.show('A bug in the shop: the log shows all of it, the client reads nothing', get('/reports/sales'))
  await guide.show('A method that the route does not have', { ...get('/books'), method: 'DELETE' })
  await guide.show('A route that does not exist', get('/cafeteria'))
}

function order(...items: [isbn: string, copies: number][]): TourRequest {
  return post('/orders', { items: items.map(([isbn, copies]) => ({ isbn, copies })) })
}

/** The example of W3C Trace Context. */
function traced(request: TourRequest): TourRequest {
  return { ...request, headers: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' } }
}

function withToken(request: TourRequest, token: string): TourRequest {
  return { ...request, headers: { Authorization: `Bearer ${token}` } }
}
