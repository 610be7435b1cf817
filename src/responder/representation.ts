import type { ProblemDetails } from '../problem/problem-details.js'
import type { HeaderFields } from '../reply/reply.js'
import type { FailureContext } from './failure-context.js'

/**
 * A way to write down a problem: a media type and a function.
 *
 * @example const status: Representation = { mediaType: 'text/plain', render: (problem) => String(problem.status) }
 */
export interface Representation {
  /** Its media type, such as `'application/problem+xml'`. */
  readonly mediaType: string
  /** Further media types that it satisfies when a client asks for them; it is sent under its own all the same. */
  readonly alsoFor?: readonly string[]
  /** Header fields that belong to the content, such as a `Content-Security-Policy`. */
  readonly headers?: HeaderFields
  /** Writes the problem down. */
  render(problem: ProblemDetails, answer: Answer): string
}

/**
 * What a representation may want to know beside the problem.
 *
 * @example const languageOf = ({ language }: Answer) => language ?? 'en'
 */
export interface Answer {
  /** The header fields of the answer. */
  readonly headers: HeaderFields
  /** The language of title and detail, where `describe` said one. RFC 5646 */
  readonly language: string | undefined
  readonly context: FailureContext
}

/**
 * A choice among representations.
 *
 * @example const represent: Negotiation = byAccept(problemJson, html, text)
 */
export interface Negotiation {
  /** The one to send, by the `Accept` of the request. RFC 9110, 12.5.1 */
  choose(accept: string | undefined): Representation
  /** `false` if there is nothing to choose from, so that `Vary` need not name `Accept`. RFC 9110, 12.5.5 */
  readonly varies?: boolean
}

/** A representation as it is, or the chosen one. */
export function chosen(represent: Representation | Negotiation, context: FailureContext): Representation {
  return 'choose' in represent ? represent.choose(context.header('accept')) : represent
}

/** Whether another `Accept` could have led to another representation. */
export function variesByAccept(represent: Representation | Negotiation | undefined): boolean {
  return represent !== undefined && 'choose' in represent && represent.varies !== false
}

/** Text needs a charset where it is not ASCII alone, and all is sent as UTF-8; JSON has no such parameter. RFC 8259, 11 */
export function contentTypeOf({ mediaType }: Representation): string {
  return /^text\/[^;]*$/i.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType
}
