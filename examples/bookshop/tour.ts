import { Guide, get, post, type TourRequest } from './guide.js'
import { MEMBERS_TOKEN } from './member.guard.js'
import { REQUESTS_PER_WINDOW } from './rate-limit.guard.js'

const THE_C_BOOK = '978-0131103627'
const LAST_COPY = '9780141439471'
const SOLD_OUT = '9780441478125'
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
  await guide.show('A search in it', get('/books?q=design'))
  await guide.show('A book', get(`/books/${THE_C_BOOK}`))
  await guide.show('A book that the shop does not know', get('/books/9780306406157'))
  await guide.show('An ISBN with a mistyped digit', get('/books/978-0131103620'))

  await guide.show('A new book', post('/books', NEW_BOOK))
  await guide.show('The same book again: the database refuses it', post('/books', NEW_BOOK))
  await guide.show('A new book, badly described', post('/books', { ...NEW_BOOK, title: '', year: '2017', copies: -1 }))
  await guide.show('JSON that breaks off', { ...post('/books', {}), body: '{"isbn": "978' })
  await guide.show('Something else than JSON', { ...post('/books', {}), headers: { 'Content-Type': 'text/csv' } })

  const [placed] = await guide.show('An order', post('/orders', { isbn: THE_C_BOOK, copies: 2 }))
  await guide.show('The same order, later', get(placed?.headers.get('location') ?? '/orders'))
  await guide.show('An order for a book that is sold out', post('/orders', { isbn: SOLD_OUT, copies: 1 }))
  const lastCopy = post('/orders', { isbn: LAST_COPY, copies: 1 })
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

function withToken(request: TourRequest, token: string): TourRequest {
  return { ...request, headers: { Authorization: `Bearer ${token}` } }
}
