import {
  BadRequestException,
  HttpException,
  InternalServerErrorException,
  NotFoundException,
  ServiceUnavailableException,
  UnauthorizedException,
} from '@nestjs/common'
import { expect } from 'chai'
import { Conflict, type Failure, NotFound, Unauthorized } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'

/** The failure that the filter makes of an error, as the hooks see it. */
function failureOf(error: unknown): Failure {
  const told: Failure[] = []
  new FailureFilter({ onFailure: (failure) => told.push(failure) }).responder.reply(error)
  return told[0]!
}

describe('FailureFilter, given an exception of Nest', () => {
  it('makes a failure of the same status, caused by it', () => {
    const exception = new NotFoundException('No such book.')
    const failure = failureOf(exception)
    expect(failure).to.be.instanceOf(NotFound)
    expect(failure.cause).to.equal(exception)
    expect(failure.detail).to.equal('No such book.')
  })

  it('does not repeat the status as a detail', () => {
    expect(failureOf(new NotFoundException()).detail).to.equal(undefined)
  })

  it('reads a response that is a string, an object, and an object without a message', () => {
    expect(failureOf(new HttpException('Gone for good.', 410)).detail).to.equal('Gone for good.')
    expect(failureOf(new HttpException({ message: 'Gone for good.' }, 410)).detail).to.equal('Gone for good.')
    expect(failureOf(new HttpException({ reason: 'Gone for good.' }, 410)).detail).to.equal(undefined)
    expect(failureOf(new HttpException({ message: { text: 'Gone' } }, 410)).detail).to.equal(undefined)
  })

  it('joins the messages of a ValidationPipe', () => {
    const failure = failureOf(new BadRequestException(['isbn must be a string', 'copies must be positive']))
    expect(failure.detail).to.equal('isbn must be a string; copies must be positive')
  })

  it('keeps the message of a server error to itself', () => {
    for (const exception of [new InternalServerErrorException('sda1'), new ServiceUnavailableException('sda1')]) {
      const failure = failureOf(exception)
      expect(failure.status).to.equal(exception.getStatus())
      expect(JSON.stringify(failure)).not.to.include('sda1')
      expect(failure.cause).to.equal(exception)
    }
  })

  it('keeps a status that is not registered', () => {
    expect(failureOf(new HttpException('Enhance your calm.', 420)).toProblem()).to.deep.equal({
      type: 'about:blank',
      title: 'Client Error',
      status: 420,
      detail: 'Enhance your calm.',
    })
  })

  it('answers 500 to an exception whose status is none of a failure', () => {
    expect(failureOf(new HttpException('Found', 302)).status).to.equal(500)
  })

  it('has no challenge to offer for a 401, and answers it all the same', () => {
    const failure = failureOf(new UnauthorizedException('No key.'))
    expect(failure).to.be.instanceOf(Unauthorized)
    expect(failure.headers).to.deep.equal({})
  })

  it('finds the failure that a platform has wrapped on its way through next()', () => {
    const failure = new Conflict()
    expect(failureOf(new HttpException(failure.message, 409, { cause: failure }))).to.equal(failure)
  })

  it('takes nothing else for a wrapped failure', () => {
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
