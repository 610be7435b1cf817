import { STATUS_CODES } from 'node:http'
import type { HttpException } from '@nestjs/common'
import { isObject } from '../problem/foreign-values.js'
import { isError } from '../problem/is-error.js'
import { HttpStatus } from '../status/http-status.js'
import { type Said, saidBy } from './exception-message.js'

/** What an exception of Nest says of a problem; what it does not say is not there. */
export interface ExceptionMembers {
  readonly detail?: string
  /** What belongs to the occurrence. */
  readonly options: { readonly instance?: string; readonly extensions?: Readonly<Record<string, unknown>> }
  /** What belongs to the kind of problem. */
  readonly kind: { readonly type?: string; readonly title?: string; readonly code?: string }
}

/**
 * Reads the response of an exception: its message becomes the detail, its `description` the title, its `errorCode` the
 * `code`. An object of somebody's own is read as a problem document, whose further members are extensions.
 */
export function membersOfException(exception: HttpException): ExceptionMembers {
  const status = exception.getStatus()
  const { message, statusCode, error, errorCode, type, title, detail, instance, ...others } = bodyOf(exception)
  const isNestBody = message !== undefined && statusCode === status
  const said: Said = isText(detail) ? { detail, extensions: { message } } : saidBy(message)
  // Nest knows it since version 12; a class may have had one before.
  const code = (exception as { readonly errorCode?: unknown }).errorCode ?? errorCode
  const extensions = defined({
    ...said.extensions,
    statusCode: statusCode === status ? undefined : statusCode,
    error: isNestBody && isText(error) ? undefined : error,
    errorCode: isText(code) ? undefined : errorCode,
    ...others,
  })
  return {
    ...textIn({ detail: informative(said.detail, status) }),
    options: { ...textIn({ instance }), ...(Object.keys(extensions).length > 0 ? { extensions } : {}) },
    kind: {
      ...textIn({ type, code }),
      ...textIn({ title: isText(title) ? title : isNestBody ? informative(error, status) : undefined }),
    },
  }
}

/** The members of a response, one that is no object being the message. */
function bodyOf(exception: HttpException): Readonly<Record<string, unknown>> {
  const response: unknown = exception.getResponse()
  // Nest does not tell the client of an error that is given for a response either.
  if (isError(response)) return {}
  const isBody = isObject(response) && !Array.isArray(response)
  return isBody ? (response as Record<string, unknown>) : { message: response }
}

/** A text that only repeats the status says nothing, be it in the words of Nest, of Node or of the registry. */
function informative(text: unknown, status: number): unknown {
  const phrases = [HttpStatus.phrase(status), STATUS_CODES[status], WORDS_OF_NEST[status]].map((phrase) =>
    phrase?.toLowerCase(),
  )
  return isText(text) && phrases.includes(text.toLowerCase()) ? undefined : text
}

/** Where the default message of an exception is neither the phrase nor what Node has for it. */
const WORDS_OF_NEST: Readonly<Record<number, string>> = { 421: 'Misdirected' }

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Those members that have a text. */
function textIn<Name extends string>(members: Readonly<Record<Name, unknown>>): { readonly [N in Name]?: string } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isText(value))) as Record<Name, string>
}

function defined(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
