import type { HttpException } from '@nestjs/common'
import { isError } from '../../problem/is-error.js'
import { setMember } from '../../problem/problem-details.js'
import { isRecord } from '../../problem/unknown-values.js'
import { publicDetail } from '../../responder/platform/public-detail.js'
import { type MessageMembers, membersOfMessage } from './exception-message.js'

/** The members of a problem in an exception of Nest; missing members are absent. */
export interface ExceptionMembers {
  readonly detail: string | undefined
  /** Options of the occurrence, if there are any. */
  readonly options: { readonly instance?: string; readonly extensions?: ResponseMembers } | undefined
  /** Members of the problem type, if there are any. */
  readonly kind: Readonly<Record<string, string>> | undefined
}

type ResponseMembers = Readonly<Record<string, unknown>>

/**
 * Reads the response of an exception: its message becomes the detail, its `description` the title, its `errorCode` the
 * `code`. A custom response object is read as problem details; its other members become extension members.
 */
export function membersOfException(exception: HttpException, status: number): ExceptionMembers {
  const body = responseMembers(exception)
  const { message, statusCode, error, errorCode, type, title, detail, instance } = unpolluted(body)
  const isNestBody = message !== undefined && statusCode === status
  // Nest has it since version 12; custom classes may have it before.
  const code = (exception as { readonly errorCode?: unknown }).errorCode ?? errorCode
  const fromMessage: MessageMembers = isNonEmptyString(detail)
    ? { detail, extensions: { message } }
    : membersOfMessage(message)
  const extensions: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fromMessage.extensions)) setMember(extensions, name, value)
  if (statusCode !== status) setMember(extensions, 'statusCode', statusCode)
  if (!isNestBody || !isNonEmptyString(error)) setMember(extensions, 'error', error)
  if (!isNonEmptyString(code)) setMember(extensions, 'errorCode', errorCode)
  for (const name of Object.keys(body)) {
    if (!MEMBERS_READ.has(name)) setMember(extensions, name, body[name])
  }
  const hasOptions = isNonEmptyString(instance) || Object.keys(extensions).length > 0
  return {
    detail: publicDetail(fromMessage.detail, status),
    options: hasOptions ? { ...(isNonEmptyString(instance) && { instance }), extensions } : undefined,
    kind: nonEmptyStrings({
      type,
      code,
      title: isNonEmptyString(title) || !isNestBody ? title : publicDetail(error, status),
    }),
  }
}

/** The members of a response that do not become extension members. */
const MEMBERS_READ: ReadonlySet<string> = new Set([
  ...['message', 'statusCode', 'error', 'errorCode'],
  ...['type', 'title', 'detail', 'instance'],
])

/** The members of a response; if it isn't an object, it is the message. */
function responseMembers(exception: HttpException): ResponseMembers {
  const response: unknown = exception.getResponse()
  // Nest doesn't send an error that is passed as the response either.
  if (isError(response)) return {}
  return isRecord(response) ? (response as ResponseMembers) : { message: response }
}

/** The members that are read, of the response or of its class, but not those that were added to every object. */
function unpolluted(body: ResponseMembers): ResponseMembers {
  const members: Record<string, unknown> = {}
  for (const name of MEMBERS_READ) {
    const value = body[name]
    members[name] = value === (Object.prototype as ResponseMembers)[name] ? undefined : value
  }
  return members
}

function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** The members that are non-empty strings; `undefined` if there are none. */
function nonEmptyStrings(members: ResponseMembers): Readonly<Record<string, string>> | undefined {
  let strings: Record<string, string> | undefined
  for (const name of Object.keys(members)) {
    const value = members[name]
    if (isNonEmptyString(value)) (strings ??= {})[name] = value
  }
  return strings
}
