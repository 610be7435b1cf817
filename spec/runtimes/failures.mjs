import {
  BadGateway,
  createFailure,
  Failure,
  HttpStatus,
  InternalServerError,
  isFailure,
  MethodNotAllowed,
  NotFound,
  ServiceUnavailable,
  TooManyRequests,
  Unauthorized,
} from 'http-failure'
import { check, same } from './check.mjs'
import { OutOfStock } from './domain.mjs'

check('Failure: is an Error with name, message and stack', () => {
  const failure = new NotFound('There is no such book.')
  same([failure instanceof Error, failure instanceof Failure, isFailure(failure)], [true, true, true])
  same(isFailure(new Error()) || isFailure({ status: 404 }) || isFailure(undefined), false)
  same(String(failure), 'NotFound: There is no such book.')
  same(typeof failure.stack, 'string')
})

check('Failure: every 4xx and 5xx status has a class', () => {
  const codes = [...HttpStatus].map(({ code }) => code).filter((code) => code >= 400)
  same(
    codes.map((code) => createFailure(code).status),
    codes,
  )
  same(
    codes.map((code) => createFailure(code).title),
    codes.map((code) => HttpStatus.phrase(code)),
  )
})

check('Failure: toProblem() and JSON.stringify() return the problem details', () => {
  const problem = { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such book.' }
  same(new NotFound('There is no such book.').toProblem(), problem)
  same(JSON.parse(JSON.stringify(new NotFound('There is no such book.'))), problem)
})

check('Failure: without a detail, the message is the phrase of the status', () => {
  same([new NotFound().message, new NotFound().detail === undefined], ['Not Found', true])
})

check('Failure: toResponse() returns a Response with problem details', async () => {
  const response = new NotFound('There is no such book.').toResponse()
  same([response instanceof Response, response.status], [true, 404])
  same(response.headers.get('Content-Type'), 'application/problem+json')
  same(response.headers.get('Cache-Control'), 'no-store')
  same(response.headers.get('X-Content-Type-Options'), 'nosniff')
  same((await response.json()).detail, 'There is no such book.')
})

check('Failure: a 500 omits its detail, instance and extensions unless exposed', () => {
  const failure = new InternalServerError('secret', { instance: '/secret', extensions: { secret: true } })
  same(failure.toProblem(), { type: 'about:blank', title: 'Internal Server Error', status: 500 })
  same(new InternalServerError('public', { expose: true }).toProblem().detail, 'public')
})

check('Failure: has its cause, but never sends it', () => {
  const cause = new Error('secret')
  same(new NotFound('gone', { cause }).cause === cause, true)
  same(new BadGateway(cause).cause === cause, true)
  same(JSON.stringify(new NotFound('gone', { cause })).includes('secret'), false)
})

check('Failure: sets the header fields that HTTP requires', () => {
  same(new MethodNotAllowed({ allow: ['GET', 'HEAD'] }).headers, { Allow: 'GET, HEAD' })
  same(new Unauthorized({ challenge: { scheme: 'Bearer', realm: 'books' } }).headers, {
    'WWW-Authenticate': 'Bearer realm="books"',
  })
  same(new TooManyRequests({ retryAfter: 60 }).headers, { 'Retry-After': '60' })
  const date = new Date('2030-01-01T00:00:00Z')
  same(new ServiceUnavailable({ retryAfter: date }).headers, { 'Retry-After': 'Tue, 01 Jan 2030 00:00:00 GMT' })
})

check('Failure: omits malformed header fields', () => {
  const failure = new NotFound({ headers: { 'X-Good': 'yes', 'X-Bad': 'a\r\nb', 'no name': 'x' } })
  same(failure.toResponse().headers.get('X-Good'), 'yes')
  same(failure.toResponse().headers.get('X-Bad'), null)
})

check('Failure: converts or omits values that JSON does not support', async () => {
  const circular = { name: 'loop' }
  circular.self = circular
  const extensions = {
    circular,
    big: 10n,
    nan: Number.NaN,
    call() {},
    get trap() {
      throw new Error('trap')
    },
  }
  const problem = await new NotFound({ extensions }).toResponse().json()
  same([problem.status, problem.circular, problem.big, problem.nan], [404, { name: 'loop' }, '10', 'NaN'])
  same(['call' in problem, 'trap' in problem], [false, false])
})

check('Failure: sends 500 for an invalid status', () => {
  class Broken extends Failure {
    get status() {
      return 200
    }
  }
  same(new Broken().toResponse().status, 500)
})

check('Extension: sends only decorated fields', () => {
  same(new OutOfStock('1').toProblem(), {
    type: 'https://bookshop.example/problems/out-of-stock',
    title: 'Out of stock',
    status: 409,
    detail: 'No copy of 1 is left.',
    code: 'OUT_OF_STOCK',
    isbn: '1',
  })
})

check('Extension: defines Symbol.metadata for standard decorators', () => {
  same(typeof Symbol.metadata, 'symbol')
})
