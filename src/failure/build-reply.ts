import { toJson } from '../problem/json.js'
import { ABOUT_BLANK, extended, PROBLEM_JSON, type ProblemDetails, setMember } from '../problem/problem-details.js'
import { ownMember } from '../problem/unknown-values.js'
import { challenges } from '../reply/challenge.js'
import { withoutFields } from '../reply/header-fields.js'
import { hasField, withVary } from '../reply/merge-fields.js'
import { type HeaderFields, NO_FIELDS, type Reply } from '../reply/reply.js'
import { responseHeaders } from '../reply/response-headers.js'
import { UNAUTHORIZED } from '../status/codes.js'
import type { FailureStatus } from '../status/failure-status.js'
import type { FailureSnapshot } from './failure-snapshot.js'

/** The options of a reply, in the order in which they apply: values, and hooks bound to one failure. */
export interface ReplyOptions {
  /** Returns the type to send. Not called for `about:blank`. RFC 9457, 3.1.1 */
  resolveType?(type: string): string
  /** Localizes title and detail. The detail of a failure that is not exposed is ignored. */
  readonly describe?: (() => Localized) | undefined
  /** Returns a URI reference for a problem without one. */
  readonly instance?: (() => string | undefined) | undefined
  /** Returns members to add to the problem details. */
  readonly extend?: ((problem: ProblemDetails) => object | undefined) | undefined
  /** The challenge of a 401 without one. */
  readonly challenge?: unknown
  /** Returns header fields, which those of the failure replace. */
  readonly policyFields?: ((language: string | undefined) => HeaderFields) | undefined
  /** Called with the problem details, and the failure and its header fields, to report invalid ones. */
  inspect?(problem: ProblemDetails, snapshot: FailureSnapshot, own: HeaderFields): void
  /** Returns the header fields of the failure that the protocol of the request allows. Not called without any. */
  allowed?(own: HeaderFields): HeaderFields
  /** Returns the request headers that the reply depends on. */
  readonly vary?: (() => readonly string[]) | undefined
  /** Renders the content in another format; `undefined` for JSON. */
  readonly render?: ((problem: DescribedProblem, headersFor: HeadersFor) => RenderedContent | undefined) | undefined
  /** Called with the error if the problem details cannot be serialized. */
  onTooLarge?(error: unknown): void
}

/** The result of `describe`, without invalid members. */
export interface Localized {
  readonly title?: string | undefined
  readonly detail?: string | undefined
  readonly language?: string | undefined
}

/** Problem details, and the language of their title and detail. */
export interface DescribedProblem {
  readonly problem: ProblemDetails
  /** Whether title or detail was replaced. */
  readonly isLocalized: boolean
  readonly language: string | undefined
}

/** The header fields of a reply with a content type, and with the fields of a representation. */
export type HeadersFor = (contentType: string, ofRepresentation: HeaderFields) => HeaderFields

export interface RenderedContent {
  readonly headers: HeaderFields
  readonly body: string
}

/** Builds the reply to a failure. Without options, the reply is the failure's own. */
export function buildReply(snapshot: FailureSnapshot, options: ReplyOptions = NO_OPTIONS): Reply {
  const { status } = snapshot
  const { challenge, policyFields, vary, render } = options
  const described = buildProblem(snapshot, options)
  const given = challenge === undefined ? snapshot.headers : withChallenge(snapshot, challenge)
  // An own Content-Language describes the texts that were replaced.
  const own = described.isLocalized ? withoutFields(given, ['content-language']) : given
  const policy = policyFields === undefined ? NO_FIELDS : policyFields(described.language)
  options.inspect?.(described.problem, snapshot, own)
  const allowed = own === NO_FIELDS ? own : (options.allowed?.(own) ?? own)
  const fields = vary === undefined ? allowed : withVary(allowed, vary())
  const rendered = render?.(described, headersWith(status, policy, fields))
  if (rendered !== undefined) return { status: status.code, ...rendered }
  const headers = responseHeaders(status, PROBLEM_JSON, policy, fields)
  try {
    return { status: status.code, headers, body: toJson(described.problem) }
  } catch (error) {
    options.onTooLarge?.(error)
    return { status: status.code, headers, body: toJson(bareProblem(status)) }
  }
}

/** Builds the problem details of a reply. */
export function buildProblem({ problem, exposed }: FailureSnapshot, options: ReplyOptions): DescribedProblem {
  const { describe, instance, extend } = options
  const typed = problem.type === ABOUT_BLANK ? problem : withType(problem, options)
  const localized = describe === undefined ? NOT_LOCALIZED : usable(describe(), exposed)
  const { title, detail, language } = localized
  const described = localized === NOT_LOCALIZED ? typed : withMembers(typed, { title, detail, instance: undefined })
  const located = instance === undefined ? described : withInstance(described, instance)
  const members = extend?.(located)
  return {
    problem: members === undefined ? located : extended({ ...located }, members),
    isLocalized: localized !== NOT_LOCALIZED,
    language,
  }
}

/** For problem details that are too large for a string of the engine (about 512 MB). */
export function bareProblem({ code, phrase }: FailureStatus): ProblemDetails {
  return { type: ABOUT_BLANK, title: phrase, status: code }
}

function headersWith(status: FailureStatus, policy: HeaderFields, fields: HeaderFields): HeadersFor {
  return (contentType, ofRepresentation) => responseHeaders(status, contentType, policy, fields, ofRepresentation)
}

/** Without a prototype, which might have been polluted. */
const NO_OPTIONS: ReplyOptions = /*@__PURE__*/ Object.create(null)
const NOT_LOCALIZED: Localized = /*@__PURE__*/ Object.create(null)

function withType(problem: ProblemDetails, options: ReplyOptions): ProblemDetails {
  const type = options.resolveType?.(problem.type) ?? problem.type
  return type === problem.type ? problem : { ...problem, type }
}

/** What may be sent of a localization: a failure that is not exposed gets no detail, and without texts, there is no language. */
function usable({ title, detail, language }: Localized, exposed: boolean): Localized {
  const sent = exposed ? detail : undefined
  return title === undefined && sent === undefined ? NOT_LOCALIZED : { title, detail: sent, language }
}

/** The instance of the failure takes precedence. */
function withInstance(problem: ProblemDetails, instance: () => string | undefined): ProblemDetails {
  const given = Object.hasOwn(problem, 'instance') ? undefined : instance()
  return given === undefined ? problem : withMembers(problem, { title: undefined, detail: undefined, instance: given })
}

/** Adds or replaces standard members, in their order. A member might also be read from a polluted prototype. */
function withMembers(problem: ProblemDetails, { title, detail, instance }: StandardMembers): ProblemDetails {
  const members = { type: problem.type, title: title ?? problem.title, status: problem.status }
  setMember(members, 'detail', detail ?? ownMember(problem, 'detail'))
  setMember(members, 'instance', instance ?? ownMember(problem, 'instance'))
  return extended(members, problem)
}

interface StandardMembers {
  readonly title: string | undefined
  readonly detail: string | undefined
  readonly instance: string | undefined
}

/** RFC 9110, 15.5.2: a 401 must contain a challenge. */
function withChallenge({ status, headers }: FailureSnapshot, challenge: unknown): HeaderFields {
  if (status.code !== UNAUTHORIZED || hasField(headers, 'WWW-Authenticate')) return headers
  return { ...headers, ...challenges('WWW-Authenticate', challenge) }
}
