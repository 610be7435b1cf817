import type { ProblemDetails } from '../problem/problem-details.js'
import type { HeaderFields } from '../reply/reply.js'
import type { FailureContext } from './failure-context.js'

/**
 * A format for problem details: a media type and a function that renders the content.
 *
 * @example const status: Representation = { mediaType: 'text/plain', render: (problem) => String(problem.status) }
 */
export interface Representation {
  /** The media type, such as `'application/problem+xml'`. A text type without a `charset` is sent with `charset=utf-8`. */
  readonly mediaType: string
  /** Other media types for which clients accept this representation. It is always sent as `mediaType`. */
  readonly alsoFor?: readonly string[]
  /** Header fields of the content, such as a `Content-Security-Policy`. */
  readonly headers?: HeaderFields
  /** Renders the content. */
  render(problem: ProblemDetails, context: RenderContext): string
}

/**
 * The second argument of {@link Representation.render}.
 *
 * @example const languageOf = ({ language }: RenderContext) => language ?? 'en'
 */
export interface RenderContext {
  /** The header fields of the response. */
  readonly headers: HeaderFields
  /** The language of title and detail, if `describe` has set it. RFC 5646 */
  readonly language: string | undefined
  /** The context of the error, as passed to the hooks. */
  readonly context: FailureContext
}

/**
 * Chooses a representation for each request.
 *
 * @example const represent: ContentNegotiator = byAccept(problemJson, html, text)
 */
export interface ContentNegotiator {
  /** The representation for the value of `Accept`. RFC 9110, 12.5.1 */
  choose(accept: string | undefined): Representation
  /** `false` if the choice never varies, so that `Vary` need not contain `Accept`. Default: `true`. RFC 9110, 12.5.5 */
  readonly varies?: boolean
}

/** The representation itself, or the chosen one. */
export function selectRepresentation(
  represent: Representation | ContentNegotiator,
  context: FailureContext,
): Representation {
  return 'choose' in represent ? represent.choose(context.header('accept')) : represent
}

/** Whether another `Accept` may lead to another representation. */
export function variesByAccept(represent: Representation | ContentNegotiator | undefined): boolean {
  return represent !== undefined && 'choose' in represent && represent.varies !== false
}

/** Text types need a charset for non-ASCII content; all content is UTF-8. JSON has no such parameter. RFC 8259, 11 */
export function contentTypeOf({ mediaType }: Representation): string {
  return /^text\/[^;]*$/i.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType
}
