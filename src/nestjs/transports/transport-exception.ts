import { HttpException } from '@nestjs/common'
import type { Failure } from '../../failure/failure.js'
import { isFailure } from '../../failure/is-failure.js'
import { isError } from '../../problem/is-error.js'
import { hasMethod, isObject, isRecord, memberOf } from '../../problem/unknown-values.js'
import { isErrorOfGraphqlClient } from '../../responder/platform/graphql-client-error.js'
import { failureFromPlatform } from '../../responder/platform/platform-failure.js'
import { isFailureStatus } from '../../status/failure-status.js'
import { HttpStatus } from '../../status/http-status.js'
import { failureFromNest } from '../exceptions/failure-from-nest.js'

/**
 * The Failure for an exception of another transport: an `RpcException`, a `WsException` or a `GraphQLError`; `undefined` for
 * any other error. They are recognized by their shape, since their packages need not be installed.
 *
 * Their content is read like that of an `HttpException`, so the details of server errors are withheld.
 */
export function failureFromTransport(error: unknown): Failure | undefined {
  try {
    const content = contentOf(error)
    if (content === undefined) return undefined
    if (isFailure(content)) return content
    if (isError(content)) return failureFromNest(content) ?? failureFromPlatform(content, undefined)
    return failureFromNest(new HttpException(content, statusOfContent(content), { cause: error }))
  } catch {
    // Reading the exception may throw.
    return undefined
  }
}

/**
 * Whether an error is a `KafkaRetriableException`, which must be returned unchanged for the message to be redelivered. It is
 * the only exception whose content is the exception itself.
 */
export function isRetriable(error: unknown): boolean {
  try {
    return isMessageException(error) && Object.is(error.getError(), error)
  } catch {
    return false
  }
}

type ContentMembers = Readonly<Record<string, unknown>>
/** The content of an exception: a message, or the members of a response. */
type Content = string | ContentMembers

function contentOf(error: unknown): Content | undefined {
  if (isMessageException(error)) return withoutInternals(error.getError())
  if (!isGraphqlError(error)) return undefined
  const { http, status, ...members }: ContentMembers = withoutInternals(error.extensions)
  return { ...members, status: status ?? memberOf(http, 'status'), message: error.message }
}

/** The content without members that were written for a log. An error is read in another way. */
function withoutInternals<Given extends Content>(content: Given): Given {
  if (!isRecord(content) || isError(content)) return content
  return Object.fromEntries(Object.entries(content).filter(([name]) => !INTERNAL_MEMBERS.includes(name))) as Given
}

const INTERNAL_MEMBERS: readonly string[] = ['cause', 'exception', 'stack', 'stacktrace']

/** `extensions.http` of a `GraphQLError`, with which Apollo sets the status and the header fields of its response. */
export function httpOfGraphqlError(error: unknown): object | undefined {
  const http = isGraphqlError(error) ? memberOf(error.extensions, 'http') : undefined
  return isObject(http) ? http : undefined
}

/** An `RpcException` or a `WsException`. */
interface MessageException extends Error {
  getError(): Content
}

function isMessageException(error: unknown): error is MessageException {
  return isError(error) && hasMethod(error, 'getError') && hasMethod(error, 'initMessage')
}

/** A `GraphQLError` that was thrown as such. If it wraps another error, or a response, it has the message of that. */
function isGraphqlError(error: unknown): error is Error & { readonly extensions: ContentMembers } {
  if (!isError(error) || Object.prototype.toString.call(error) !== '[object GraphQLError]') return false
  return Reflect.get(error, 'originalError') === undefined && !isErrorOfGraphqlClient(error)
}

/** The status in an exception, or of its code. Default: 400, as for a Failure. */
function statusOfContent(content: Content): number {
  if (content === REFUSAL) return HttpStatus.FORBIDDEN
  const { status, statusCode, code } = content as ContentMembers
  return [status, statusCode, statusOfCode(code)].find(isCodeOfFailure) ?? HttpStatus.BAD_REQUEST
}

/** Nest's message if a guard refuses, in transports without status codes. */
const REFUSAL = 'Forbidden resource'

/** Codes of GraphQL are named like statuses, except for Apollo's `UNAUTHENTICATED`. */
function statusOfCode(code: unknown): unknown {
  if (code === 'UNAUTHENTICATED') return HttpStatus.UNAUTHORIZED
  return typeof code === 'string' ? Reflect.get(HttpStatus, code) : undefined
}

function isCodeOfFailure(value: unknown): value is number {
  return typeof value === 'number' && isFailureStatus(value)
}
