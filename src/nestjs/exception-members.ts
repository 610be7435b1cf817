import { STATUS_CODES } from 'node:http'
import type { HttpException } from '@nestjs/common'
import { isObject } from '../problem/foreign-values.js'
import { isError } from '../problem/is-error.js'
import { HttpStatus } from '../status/http-status.js'
import { type MessageMembers, membersOfMessage } from './exception-message.js'

/** The members of a problem in an exception of Nest; missing members are absent. */
export interface ExceptionMembers {
  readonly detail?: string
  /** Options of the occurrence. */
  readonly options: { readonly instance?: string; readonly extensions?: Readonly<Record<string, unknown>> }
  /** Members of the problem type. */
  readonly kind: { readonly type?: string; readonly title?: string; readonly code?: string }
}

/**
 * Reads the response of an exception: its message becomes the detail, its `description` the title, its `errorCode` the
 * `code`. A custom response object is read as problem details; its other members become extension members.
 */
export function membersOfException(exception: HttpException): ExceptionMembers {
  const status = exception.getStatus()
  const { message, statusCode, error, errorCode, type, title, detail, instance, ...others } = bodyOf(exception)
  const isNestBody = message !== undefined && statusCode === status
  const fromMessage: MessageMembers = isNonEmptyString(detail)
    ? { detail, extensions: { message } }
    : membersOfMessage(message)
  // Nest has it since version 12; custom classes may have it before.
  const code = (exception as { readonly errorCode?: unknown }).errorCode ?? errorCode
  const extensions = defined({
    ...fromMessage.extensions,
    statusCode: statusCode === status ? undefined : statusCode,
    error: isNestBody && isNonEmptyString(error) ? undefined : error,
    errorCode: isNonEmptyString(code) ? undefined : errorCode,
    ...others,
  })
  return {
    ...nonEmptyStrings({ detail: informative(fromMessage.detail, status) }),
    options: { ...nonEmptyStrings({ instance }), ...(Object.keys(extensions).length > 0 ? { extensions } : {}) },
    kind: {
      ...nonEmptyStrings({ type, code }),
      ...nonEmptyStrings({
        title: isNonEmptyString(title) ? title : isNestBody ? informative(error, status) : undefined,
      }),
    },
  }
}

/** The members of a response; if it isn't an object, it is the message. */
function bodyOf(exception: HttpException): Readonly<Record<string, unknown>> {
  const response: unknown = exception.getResponse()
  // Nest doesn't send an error that is passed as the response either.
  if (isError(response)) return {}
  const isBody = isObject(response) && !Array.isArray(response)
  return isBody ? (response as Record<string, unknown>) : { message: response }
}

/** The value, unless it only repeats the phrase of the status: that of Nest, of Node or of the registry. */
function informative(value: unknown, status: number): unknown {
  const phrases = [HttpStatus.phrase(status), STATUS_CODES[status], PHRASES_OF_NEST[status]].map((phrase) =>
    phrase?.toLowerCase(),
  )
  return isNonEmptyString(value) && phrases.includes(value.toLowerCase()) ? undefined : value
}

/** Default messages that differ from the phrases of Node and of the registry. */
const PHRASES_OF_NEST: Readonly<Record<number, string>> = { 421: 'Misdirected' }

function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** The members that are non-empty strings. */
function nonEmptyStrings<Name extends string>(
  members: Readonly<Record<Name, unknown>>,
): { readonly [N in Name]?: string } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isNonEmptyString(value))) as Record<
    Name,
    string
  >
}

function defined(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
