import type { HeadersFor, RenderedContent } from '../failure/build-reply.js'
import { formatValue } from '../problem/format-value.js'
import { toJson } from '../problem/json.js'
import type { ProblemDetails } from '../problem/problem-details.js'
import { unpollutedMember } from '../problem/unknown-values.js'
import { FRAMING_FIELDS, validFields } from '../reply/header-fields.js'
import { isMediaType } from '../reply/media-types.js'
import type { HeaderFields } from '../reply/reply.js'
import type { FailureContext } from './failure-context.js'
import type { Warn } from './failure-warning.js'
import { ignoreRejection, invalidResult } from './hooks.js'

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
  return canChoose(represent) ? represent.choose(context.header('accept')) : represent
}

/** Not if `Object.prototype` was polluted. */
function canChoose(represent: Representation | ContentNegotiator): represent is ContentNegotiator {
  return unpollutedMember(represent, 'choose') !== undefined
}

/** Whether another `Accept` may lead to another representation. */
export function variesByAccept(represent: Representation | ContentNegotiator | undefined): boolean {
  return represent !== undefined && canChoose(represent) && represent.varies !== false
}

/** The content in a representation; `undefined` if the representation is invalid, which is reported. */
export function renderedBy(
  representation: Representation,
  problem: ProblemDetails,
  headersFor: HeadersFor,
  { language, context }: Omit<RenderContext, 'headers'>,
  warn: Warn,
): RenderedContent | undefined {
  ignoreRejection(representation)
  const contentType: unknown = contentTypeOf(representation)
  if (!isMediaType(contentType)) {
    warn(invalidResult('mediaType', 'of a representation must be a media type', contentType))
    return undefined
  }
  const headers = headersFor(contentType, representationFields(representation, warn))
  const body: unknown = representation.render(withValidUnicode(problem), { headers, language, context })
  ignoreRejection(body)
  if (typeof body === 'string') return { headers, body }
  warn(invalidResult('render', 'of a representation must return a string', body))
  return undefined
}

/** The problem details themselves; with lone surrogates, as plain data in which they are replaced. RFC 7493, 2.1 */
function withValidUnicode(problem: ProblemDetails): ProblemDetails {
  for (const name in problem) {
    const value = problem[name]
    // Serializing takes longer than this check, which most problem details pass.
    if (typeof value === 'object' || SURROGATE.test(name) || (typeof value === 'string' && SURROGATE.test(value))) {
      const json = toJson(problem)
      return json.includes('\ufffd') ? JSON.parse(json) : problem
    }
  }
  return problem
}

const SURROGATE = /[\ud800-\udfff]/

function representationFields(representation: Representation, warn: Warn): HeaderFields {
  return validFields(unpollutedMember(representation, 'headers'), FRAMING_FIELDS, ({ name, value, reason }) =>
    warn(invalidResult('headers', `of a representation: ${formatValue(name)} ${reason}`, value)),
  )
}

/** Text types need a charset for non-ASCII content; all content is UTF-8. JSON has no such parameter. RFC 8259, 11 */
function contentTypeOf({ mediaType }: Representation): string {
  return /^text\/[^;]*$/i.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType
}
