import * as nest from '@nestjs/common'
import {
  BadRequestException,
  ConflictException,
  HttpException,
  HttpVersionNotSupportedException,
  InternalServerErrorException,
  NotFoundException,
  PayloadTooLargeException,
  ServiceUnavailableException,
  UnauthorizedException,
} from '@nestjs/common'
import { expect } from 'chai'
import { Conflict, type Failure, HttpStatus, NotFound, Unauthorized } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import { createError } from './http-errors.js'
import { since } from './nest-version.js'

/** The Failure that the filter converts an error to, as passed to `onFailure`. */
function failureOf(error: unknown): Failure {
  const failures: Failure[] = []
  new FailureFilter({ onFailure: (failure) => failures.push(failure) }).responder.toReply(error)
  return failures[0]!
}

describe('FailureFilter, given an exception of Nest', () => {
  it('creates a failure with the same status and the exception as its cause', () => {
    const exception = new NotFoundException('No such book.')
    const failure = failureOf(exception)
    expect(failure).to.be.instanceOf(NotFound)
    expect(failure.cause).to.equal(exception)
    expect(failure.detail).to.equal('No such book.')
  })

  it('captures no stack trace, since the exception has one', () => {
    for (const error of [new NotFoundException('No such book.'), new ServiceUnavailableException()]) {
      expect(failureOf(error).stack).not.to.match(/^ +at /m)
    }
    expect(Error.stackTraceLimit).to.be.above(0)
  })

  it('sets no detail when the message only repeats the status', () => {
    expect(failureOf(new NotFoundException()).detail).to.equal(undefined)
  })

  it('reads a response that is a string, a number or empty', () => {
    expect(failureOf(new HttpException('Gone for good.', 410)).detail).to.equal('Gone for good.')
    expect(failureOf(new BadRequestException(42)).detail).to.equal('42')
    for (const response of [undefined, null, '', {}]) {
      const { detail, extensions } = failureOf(new HttpException(response as string, 410))
      expect({ detail, extensions }).to.deep.equal({ detail: undefined, extensions: {} })
    }
  })

  it('omits the message and the properties of an Error passed as the response', () => {
    const error = Object.assign(new Error('connection refused'), { host: 'db.internal' })
    expect(failureOf(new HttpException(error, 400)).toProblem()).to.deep.equal({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
    })
  })

  it('uses the description as title unless it only repeats the status', () => {
    const titleOf = (error: unknown) => failureOf(error).title
    expect(titleOf(new NotFoundException('No book 978.', { description: 'No such book' }))).to.equal('No such book')
    expect(titleOf(new NotFoundException('No book 978.', 'No such book'))).to.equal('No such book')
    expect(titleOf(new NotFoundException('No book 978.'))).to.equal('Not Found')
    expect(titleOf(new PayloadTooLargeException('2 MB'))).to.equal('Content Too Large')
    expect(titleOf(new HttpVersionNotSupportedException())).to.equal('HTTP Version Not Supported')
  })

  it('sets only type, title and status for each exception class without arguments', () => {
    const isException = (value: unknown): value is new () => HttpException =>
      typeof value === 'function' && value.prototype instanceof HttpException
    const classes = Object.values<unknown>(nest).filter(isException)
    expect(classes).to.have.length.above(20)
    for (const Class of classes) {
      const status = new Class().getStatus()
      expect(failureOf(new Class()).toProblem(), Class.name).to.deep.equal({
        type: 'about:blank',
        title: HttpStatus.phrase(status),
        status,
      })
    }
  })

  since(12)('uses errorCode as code', async () => {
    const failure = failureOf(new ConflictException('No copy is left.', { errorCode: 'OUT_OF_STOCK' }))
    expect(failure.code).to.equal('OUT_OF_STOCK')
    expect(failure.toProblem()).to.deep.equal({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'No copy is left.',
      code: 'OUT_OF_STOCK',
    })
    expect(failureOf(new HttpException('Gone.', 410, { errorCode: 'GONE' })).code).to.equal('GONE')
    expect(failureOf(new HttpException({ errorCode: 'GONE' }, 410)).toProblem()).to.deep.include({ code: 'GONE' })
    expect(failureOf(new HttpException({ errorCode: 7 }, 410)).extensions).to.deep.equal({ errorCode: 7 })
  })

  it('keeps the cause of the exception', () => {
    const cause = new Error('unique violation')
    expect((failureOf(new ConflictException('Taken.', { cause })).cause as Error).cause).to.equal(cause)
  })

  it('uses the members of a custom response as extension members', () => {
    const response = { statusCode: 409, message: 'No copy is left.', isbn: '978', copies: [0], shelf: { row: 7 } }
    expect(failureOf(new ConflictException(response)).toProblem()).to.deep.equal({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'No copy is left.',
      isbn: '978',
      copies: [0],
      shelf: { row: 7 },
    })
    expect(failureOf(new HttpException({ message: { text: 'Gone' } }, 410)).extensions).to.deep.equal({
      message: { text: 'Gone' },
    })
    expect(failureOf(new HttpException({ error: 'no_copy', statusCode: 7 }, 409)).extensions).to.deep.equal({
      error: 'no_copy',
      statusCode: 7,
    })
    const error = { reason: 'no copy' }
    expect(failureOf(new HttpException({ message: 'No.', error, statusCode: 409 }, 409)).extensions).to.deep.equal({
      error,
    })
  })

  it('reads a custom response that contains problem details', () => {
    const problem = {
      type: 'https://bookshop.example/problems/out-of-stock',
      title: 'Out of stock',
      status: 409,
      detail: 'No copy is left.',
      instance: '/orders/7',
      code: 'OUT_OF_STOCK',
      isbn: '978',
    }
    expect(failureOf(new HttpException(problem, 409)).toProblem()).to.deep.equal(problem)
    expect(failureOf(new HttpException({ ...problem, message: 'Sorry.' }, 409)).toProblem()).to.deep.equal({
      ...problem,
      message: 'Sorry.',
    })
    expect(failureOf(new HttpException({ type: 7, title: '', detail: [] }, 409)).toProblem()).to.deep.equal({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
    })
  })

  it('lists several messages in errors, such as those of a ValidationPipe', () => {
    const failure = failureOf(new BadRequestException(['isbn must be a string', 'copies must be positive']))
    expect(failure.detail).to.equal('There are 2 errors.')
    expect(failure.extensions).to.deep.equal({
      errors: [{ detail: 'isbn must be a string' }, { detail: 'copies must be positive' }],
    })
  })

  it('uses a single message as detail', () => {
    const { detail, extensions } = failureOf(new BadRequestException(['isbn must be a string']))
    expect({ detail, extensions }).to.deep.equal({ detail: 'isbn must be a string', extensions: {} })
    expect(failureOf(new BadRequestException([])).toProblem()).to.not.have.any.keys('detail', 'errors')
  })

  it('lists messages that are objects unchanged', () => {
    const errors = [{ property: 'isbn', constraints: { isString: 'isbn must be a string' } }]
    const failure = failureOf(new BadRequestException(errors))
    expect(failure.detail).to.equal('There is an error.')
    expect(failure.extensions).to.deep.equal({ errors })
  })

  it('lists at most 100 messages', () => {
    const failure = failureOf(new HttpException(Array(101).fill('wrong'), 400))
    expect(failure.detail).to.equal('There are 101 errors; the first 100 are listed.')
    expect(failure.extensions['errors']).to.have.length(100)
  })

  it('removes the query from the message for an unknown route', () => {
    const detailOf = (message: string) => failureOf(new NotFoundException(message)).detail
    expect(detailOf('Cannot GET /x?secret=1')).to.equal('Cannot GET /x')
    expect(detailOf('Cannot M-SEARCH http://host/x?a=1?b')).to.equal('Cannot M-SEARCH http://host/x')
    expect(detailOf('Cannot GET /x')).to.equal('Cannot GET /x')
    expect(detailOf('Cannot GET /x? Why?')).to.equal('Cannot GET /x? Why?')
    expect(detailOf('Where is it?')).to.equal('Where is it?')
  })

  describe('with header fields', () => {
    class Limited extends HttpException {
      constructor(
        readonly retryAfter: unknown,
        readonly headers?: unknown,
        status = 429,
      ) {
        super('Slow down.', status)
      }
    }

    it('sends headers or the result of getHeaders()', () => {
      expect(failureOf(new Limited(5, { 'X-Limit': '7' })).headers).to.deep.equal({
        'X-Limit': '7',
        'Retry-After': '5',
      })
      const headers = new Headers({ 'x-limit': '7' })
      expect(failureOf(new Limited(undefined, headers)).headers).to.deep.equal({ 'x-limit': '7' })
      class WithMethod extends HttpException {
        getHeaders() {
          return { Allow: 'GET' }
        }
      }
      expect(failureOf(new WithMethod('No.', 405)).headers).to.deep.equal({ Allow: 'GET' })
    })

    it('sends a valid retryAfter as Retry-After for any status', () => {
      for (const status of [429, 403]) {
        const failure = failureOf(new Limited(1.5, undefined, status))
        expect(failure.retryAfter).to.equal(1.5)
        expect(failure.headers).to.deep.equal({ 'Retry-After': '2' })
      }
      const date = new Date(Date.UTC(2026, 6, 6))
      expect(failureOf(new Limited(date)).headers).to.deep.equal({ 'Retry-After': 'Mon, 06 Jul 2026 00:00:00 GMT' })
      expect(failureOf(new Limited('soon', { 'bad name': '1' })).headers).to.deep.equal({})
    })

    it('sends those of a server error, but not its message', () => {
      const failure = failureOf(new Limited(5, { 'X-Node': '7' }, 503))
      expect(failure.headers).to.deep.equal({ 'X-Node': '7', 'Retry-After': '5' })
      expect(failure.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Service Unavailable', status: 503 })
    })

    it('sends those of the cause only when the platform wrapped it', () => {
      const headers = { 'Content-Range': 'bytes */7' }
      const cause = createError(416, { headers })
      expect(failureOf(new HttpException(cause.message, 416, { cause })).headers).to.deep.equal(headers)
      for (const exception of [
        new HttpException('No.', 410, { cause }),
        new NotFoundException('No.', { cause }),
        new HttpException('No.', 416, { cause: Object.assign(new Error(), { headers, statusCode: 416 }) }),
      ]) {
        expect(failureOf(exception).headers).to.deep.equal({})
      }
    })
  })

  it('withholds the message of a server error', () => {
    for (const exception of [
      new InternalServerErrorException('sda1'),
      new ServiceUnavailableException('sda1', { description: 'sda1', errorCode: 'sda1' }),
      new HttpException({ message: ['sda1'], disk: 'sda1' }, 502),
    ]) {
      const failure = failureOf(exception)
      expect(failure.status).to.equal(exception.getStatus())
      expect(JSON.stringify(failure)).not.to.include('sda1')
      expect(failure.cause).to.equal(exception)
    }
  })

  it('keeps an unregistered status', () => {
    expect(failureOf(new HttpException('Enhance your calm.', 420)).toProblem()).to.deep.equal({
      type: 'about:blank',
      title: 'Client Error',
      status: 420,
      detail: 'Enhance your calm.',
    })
  })

  it('creates a 500 for an exception with a redirect status', () => {
    expect(failureOf(new HttpException('Found', 302)).status).to.equal(500)
  })

  it('creates an Unauthorized without a challenge for a 401', () => {
    const failure = failureOf(new UnauthorizedException('No key.'))
    expect(failure).to.be.instanceOf(Unauthorized)
    expect(failure.headers).to.deep.equal({})
  })

  it('unwraps a failure that the platform wrapped after next()', () => {
    const failure = new Conflict()
    expect(failureOf(new HttpException(failure.message, 409, { cause: failure }))).to.equal(failure)
  })

  it('does not unwrap any other cause', () => {
    const cause = new NotFound('No such author.')
    for (const exception of [
      new NotFoundException('No such book.', { cause }),
      new HttpException('No such book.', 410, { cause }),
      new HttpException('No such book.', 404, { cause: new Error() }),
    ]) {
      expect(failureOf(exception).detail).to.equal('No such book.')
    }
  })
})
