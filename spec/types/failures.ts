import { z } from 'zod'
import {
  BadGateway,
  BadRequest,
  Conflict,
  createFailure,
  Extension,
  Failure,
  HttpStatus,
  type HttpStatusName,
  isFailure,
  MethodNotAllowed,
  NotFound,
  ProxyAuthenticationRequired,
  type ReportedIssue,
  readJson,
  TooManyRequests,
  Unauthorized,
  UnprocessableContent,
  UnsupportedMediaType,
  UpgradeRequired,
  validationFailure,
} from '../../src/index.js'

// Code that compiles, and code that does not. compiler-messages.spec.ts compares the compiler's message with the string
// after each @ts-expect-error.

declare const someError: Error
declare const anything: unknown
declare const number: number
declare const status: HttpStatus

// HttpStatus

const notFound: 404 = HttpStatus.NOT_FOUND
const tooLarge: 413 = HttpStatus.PAYLOAD_TOO_LARGE
const phrase: 'Not Found' = HttpStatus.phrase(404)
const name: 'NOT_FOUND' = HttpStatus.of(404).name
const reference: 'RFC 9110, 15.5.5' = HttpStatus.of(404).reference
const registration: 'unused' = HttpStatus.of(418).registration
const perhaps: string | undefined = HttpStatus.phrase(number)
const reverse: string | undefined = HttpStatus[404]
const type: typeof HttpStatus.OK = 200
const names: HttpStatusName[] = [...HttpStatus].map((row) => row.name)
const known: HttpStatus = notFound

// @ts-expect-error Type '499' is not assignable to type
const wrongLiteral: HttpStatus = 499
// @ts-expect-error Type 'number' is not assignable to type
const anyNumber: HttpStatus = number
// @ts-expect-error possibly 'undefined'
HttpStatus.of(number).phrase
// @ts-expect-error Type '405' is not assignable to type '404'
const mistaken: 404 = HttpStatus.METHOD_NOT_ALLOWED
// @ts-expect-error read-only
HttpStatus.NOT_FOUND = 404

// The constructors

new NotFound()
new NotFound('There is no such book.')
new NotFound({ cause: anything })
new NotFound('There is no such book.', { instance: '/books/1', extensions: { isbn: '1' } })
new NotFound(undefined, {})
new NotFound(undefined, undefined)
new TooManyRequests({ retryAfter: 3 })
new TooManyRequests({ retryAfter: new Date() })
new UnsupportedMediaType({ accept: 'application/json' })
new MethodNotAllowed({ allow: ['GET', 'PURGE'] })
new MethodNotAllowed('Only GET is allowed.', { allow: ['GET'] })
new MethodNotAllowed(undefined, { allow: ['GET'] })
new Unauthorized({ challenge: 'Bearer' })
new Unauthorized({ challenge: [{ scheme: 'Bearer', realm: 'books' }, 'Basic realm="books"'] })
new BadGateway({ cause: someError })
new BadGateway('The stock is unknown.', { cause: someError })

// @ts-expect-error Cannot create an instance of an abstract class
new Failure()
// @ts-expect-error A 405 must list the allowed methods: new MethodNotAllowed({ allow: ['GET', 'HEAD'] })
new MethodNotAllowed()
// @ts-expect-error A 405 must list the allowed methods: new MethodNotAllowed({ allow: ['GET', 'HEAD'] })
new MethodNotAllowed('Only GET is allowed.')
// @ts-expect-error A 405 must list the allowed methods: new MethodNotAllowed({ allow: ['GET', 'HEAD'] })
new MethodNotAllowed({})
// @ts-expect-error A 401 must contain a challenge
new Unauthorized()
// @ts-expect-error A 401 must contain a challenge
new Unauthorized('Sign in first.')
// @ts-expect-error A 407 must contain a challenge
new ProxyAuthenticationRequired()
// @ts-expect-error A 426 must list the required protocols
new UpgradeRequired()
// @ts-expect-error an Error is a cause: write { cause: error }
new BadGateway('The stock is unknown.', someError)
// @ts-expect-error an Error is a cause: write { cause: error }
new BadGateway(someError)
// @ts-expect-error an Error is a cause: write { cause: error }
new BadGateway(new NotFound())
// @ts-expect-error 'retryAfter' does not exist
new NotFound({ retryAfter: 3 })
// @ts-expect-error Types of property 'acceptEncoding' are incompatible
new UnsupportedMediaType({ accept: 'text/csv', acceptEncoding: 'gzip' })
// @ts-expect-error is not assignable to parameter of type
new NotFound(404)

// Custom classes

class InvalidIsbn extends BadRequest {
  override get code() {
    return 'INVALID_ISBN'
  }
}
class OutOfStock extends Conflict {
  override get title() {
    return 'Out of stock'
  }
  @Extension() readonly isbn: string
  constructor(isbn: string) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}
class ReadOnly extends MethodNotAllowed {
  constructor() {
    super('This shelf is read-only.', { allow: ['GET'] })
  }
}
class Teapot extends Failure {
  override get status() {
    return HttpStatus.IM_A_TEAPOT
  }
}

new InvalidIsbn('No ISBN.', { cause: someError })
new OutOfStock('1')
new ReadOnly()
new Teapot()

class Titled extends Conflict {
  // @ts-expect-error 'title' is defined as an accessor
  override readonly title = 'Out of stock'
}
class Lazy extends MethodNotAllowed {
  constructor() {
    // @ts-expect-error A 405 must list the allowed methods
    super('Only GET is allowed.')
  }
}
class NoFailure {
  // @ts-expect-error is not assignable to
  @Extension() readonly isbn = '1'
}

// createFailure

const noBook: NotFound = createFailure(404, 'There is no such book.')
const unknown: Failure = createFailure(number)
const unregistered: Failure = createFailure(499, { cause: someError })
createFailure(405, { allow: ['GET'] })
// @ts-expect-error A 405 must list the allowed methods
createFailure(405)
// @ts-expect-error is not assignable
const notConflict: Conflict & { isbn: string } = createFailure(409)

// readJson and validationFailure

declare const request: Request

const Order = z.object({ isbn: z.string(), copies: z.string().transform(Number) })

async function readOrders() {
  const order: { isbn: string; copies: number } = await readJson(request, Order)
  const anyJson: unknown = await readJson(request, undefined, { limit: 1000 })
  const body = { headers: new Headers(), body: null, bodyUsed: false }
  await readJson(body, Order, { limit: 1000 })
  // @ts-expect-error Type 'number' is not assignable to type 'string'
  const input: { copies: string } = await readJson(request, Order)
  // @ts-expect-error Property 'title' does not exist
  order.title
  // @ts-expect-error is of type 'unknown'
  ;(await readJson(request)).isbn
  // @ts-expect-error is not assignable to parameter of type
  readJson(request, { limit: 1000 })
  // @ts-expect-error Object literal may only specify known properties
  readJson({ headers: { 'content-type': 'application/json' }, body: null, bodyUsed: false })
  void [anyJson, input]
}

const issues = [{ message: 'Expected a number.', path: ['items', 0, { key: 'price' }] }]
const invalid: UnprocessableContent = validationFailure(issues)
const invalidQuery: UnprocessableContent = validationFailure(issues, { in: 'query', detail: 'The page is invalid.' })
const malformed: InvalidIsbn = validationFailure(issues, { class: InvalidIsbn, in: 'header', cause: someError })
const reported: ReportedIssue = { detail: 'Expected a number.', pointer: '#/items/0/price' }

// @ts-expect-error Type '422' is not assignable to type '409'
const notConflicting: Conflict = validationFailure(issues)
// @ts-expect-error is not assignable to type
validationFailure(issues, { class: MethodNotAllowed })
// @ts-expect-error is not assignable to type
validationFailure(issues, { in: 'cookie' })

// Narrowing

if (isFailure(anything)) anything.toResponse()
if (anything instanceof Failure) anything.toProblem().detail
if (anything instanceof NotFound) {
  const narrowed: 404 = anything.status
  void narrowed
}

void [tooLarge, phrase, name, reference, registration, perhaps, reverse, type, names, known, status]
void [wrongLiteral, anyNumber, mistaken, Titled, Lazy, NoFailure, noBook, unknown, unregistered, notConflict]
void [readOrders, invalid, invalidQuery, malformed, reported, notConflicting]
