import { HttpException } from '@nestjs/common'
import { isFailureStatus } from '../failure/answered-status.js'
import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { isError } from '../problem/is-error.js'
import { HttpStatus } from '../status/http-status.js'
import { failureFromNest } from './failure-from-nest.js'

/**
 * The Failure that stands for an exception which was written for the client of another transport: an `RpcException`, a
 * `WsException` or a `GraphQLError`; `undefined` for any other error. They are known by what they are like, since none
 * of their packages need be installed.
 *
 * What they say is read as if an `HttpException` said it, so that nothing is told of a server error.
 */
export function failureFromTransport(error: unknown): Failure | undefined {
  try {
    const content = contentOf(error)
    if (content === undefined) return undefined
    if (isFailure(content)) return content
    return failureFromNest(isError(content) ? content : new HttpException(content, statusOf(content), { cause: error }))
  } catch {
    // The exception is somebody else's.
    return undefined
  }
}

/**
 * Whether an error is the `KafkaRetriableException` that lets a consumer of Kafka have its message again, if it is
 * returned as it is: the one exception that says nothing but itself.
 */
export function isRetriable(error: unknown): boolean {
  try {
    return isMessageException(error) && Object.is(error.getError(), error)
  } catch {
    return false
  }
}

type Members = Readonly<Record<string, unknown>>
/** What an exception says: a text, or members as of a response. */
type Content = string | Members

function contentOf(error: unknown): Content | undefined {
  if (isMessageException(error)) return error.getError()
  return isGraphqlError(error) ? { ...error.extensions, message: error.message } : undefined
}

/** An `RpcException` or a `WsException`. */
interface MessageException extends Error {
  getError(): Content
}

function isMessageException(error: unknown): error is MessageException {
  return isError(error) && hasMethod(error, 'getError') && hasMethod(error, 'initMessage')
}

function hasMethod(error: Error, name: string): boolean {
  return typeof Reflect.get(error, name) === 'function'
}

/** One that was thrown as such: where it was made of another error, the message is that of the other one. */
function isGraphqlError(error: unknown): error is Error & { readonly extensions?: Members } {
  if (!isError(error) || Object.prototype.toString.call(error) !== '[object GraphQLError]') return false
  return Reflect.get(error, 'originalError') === undefined
}

/** The status that an exception names, if only by its code; one that names none is the client's fault, as a Failure is. */
function statusOf(content: Content): number {
  if (content === REFUSAL) return HttpStatus.FORBIDDEN
  const { status, statusCode, code } = content as Members
  return [status, statusCode, statusOfCode(code)].find(isStatus) ?? HttpStatus.BAD_REQUEST
}

/** What Nest says when a guard refuses, in a transport that has no statuses. */
const REFUSAL = 'Forbidden resource'

/** Codes of GraphQL are called like statuses, except for that of Apollo for a client that has not said who it is. */
function statusOfCode(code: unknown): unknown {
  if (code === 'UNAUTHENTICATED') return HttpStatus.UNAUTHORIZED
  return typeof code === 'string' ? Reflect.get(HttpStatus, code) : undefined
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && isFailureStatus(value)
}
