import type { DescribedProblem, HeadersFor, Localized, RenderedContent, ReplyOptions } from '../failure/build-reply.js'
import type { Failure } from '../failure/failure.js'
import type { FailureSnapshot } from '../failure/failure-snapshot.js'
import { problemTypeMember } from '../failure/problem-type.js'
import { isRestored } from '../failure/restored.js'
import { ABOUT_BLANK, type ProblemDetails, STANDARD_MEMBERS } from '../problem/problem-details.js'
import { asString, isPlainObject, isRecord, memberOf, unpollutedMember } from '../problem/unknown-values.js'
import { HAS_SCHEME, typeReference, uriReference } from '../problem/uri-reference.js'
import { isFieldValue } from '../reply/field-values.js'
import { CONNECTION_FIELDS, withoutFields } from '../reply/header-fields.js'
import { isLanguageList } from '../reply/known-fields.js'
import type { HeaderFields } from '../reply/reply.js'
import type { FailureContext } from './failure-context.js'
import type { FailureWarning, Warn } from './failure-warning.js'
import { warnOfHeaders } from './header-warnings.js'
import { callHook, caughtError, invalidResult } from './hooks.js'
import { isHttp2 } from './http-version.js'
import { warnOfMemberNames } from './member-name-warnings.js'
import { renderedBy, selectRepresentation, variesByAccept } from './representation.js'
import type { FailureResponderOptions, LocalizedText } from './responder-options.js'
import { relativeTypeOfRestored, warnOfType } from './type-warnings.js'

/** The options of a responder, and the context of an error. */
export interface Policy {
  readonly options: FailureResponderOptions
  readonly context: FailureContext
  readonly warn: Warn
}

/** The options of a responder, bound to one failure. Results of hooks are validated, and invalid ones are reported. */
export class BoundOptions implements ReplyOptions {
  // `declare`, since a definition of fields would be one more call for each error.
  declare readonly describe: ReplyOptions['describe']
  declare readonly instance: ReplyOptions['instance']
  declare readonly extend: ReplyOptions['extend']
  declare readonly challenge: ReplyOptions['challenge']
  declare readonly policyFields: ReplyOptions['policyFields']
  declare readonly vary: ReplyOptions['vary']
  declare readonly render: ReplyOptions['render']
  private declare readonly failure: Failure
  private declare readonly policy: Policy

  constructor(failure: Failure, policy: Policy) {
    const { describe, instance, extend, challenge, cacheControl, represent } = policy.options
    this.failure = failure
    this.policy = policy
    this.describe = describe && (() => localizedText(this.dataFrom('describe', describe), policy.warn))
    this.instance = instance && (() => this.instanceFrom(instance))
    this.extend = extend && ((problem) => this.membersFrom(extend, problem))
    this.challenge = challenge
    this.policyFields = (cacheControl ?? describe) && ((language) => this.fieldsFor(language))
    this.vary = (represent ?? describe) && (() => this.variedBy())
    this.render = represent && ((described, headersFor) => this.rendered(represent, described, headersFor))
  }

  /** The relative type of another service must not become one of this service, which clients would resolve against its URL. */
  resolveType(type: string): string {
    const { typeBase } = this.policy.options
    const isForeign = isRestored(this.failure) && problemTypeMember(this.failure, 'type') !== type
    if (isForeign && HAS_SCHEME.test(type)) return type
    if (isForeign) {
      this.policy.warn(relativeTypeOfRestored(this.failure, type))
      return ABOUT_BLANK
    }
    return typeBase !== undefined && URL.canParse(type, typeBase) ? typeReference(new URL(type, typeBase).href) : type
  }

  inspect(problem: ProblemDetails, { status, problem: own }: FailureSnapshot, headers: HeaderFields): void {
    const { failure, policy } = this
    warnOfMemberNames(problem, policy)
    if (own.type !== ABOUT_BLANK || own.title !== status.phrase) warnOfType(failure, own, status, policy)
    warnOfHeaders(failure, status, headers, policy.warn)
  }

  allowed(own: HeaderFields): HeaderFields {
    return isHttp2(this.policy.context.raw) ? withoutFields(own, CONNECTION_FIELDS) : own
  }

  onTooLarge(error: unknown): void {
    this.policy.warn(problemTooLarge(error))
  }

  /** The object that a hook returns. Any other result but `undefined` is reported. */
  private dataFrom<Data extends object>(
    name: string,
    hook: (failure: Failure, context: FailureContext) => Data | undefined,
  ): Data | undefined {
    const { context, warn } = this.policy
    const data: unknown = callHook(name, warn, hook, this.failure, context)
    if (isRecord(data)) return data as Data
    if (data !== undefined && data !== null) warn(invalidResult(name, 'must return an object or undefined', data))
    return undefined
  }

  /** The members that `extend` adds. Members of the failure, which it cannot replace, are reported. */
  private membersFrom(
    extend: NonNullable<FailureResponderOptions['extend']>,
    problem: ProblemDetails,
  ): object | undefined {
    const members = this.dataFrom('extend', extend)
    return members && callHook('extend', this.policy.warn, () => this.addable(members, problem))
  }

  /** Called as a part of the hook, since reading its result may throw. */
  private addable(members: object, problem: ProblemDetails): object {
    const { warn } = this.policy
    const names = Object.keys(members)
    if (names.length === 0 && !isPlainObject(members)) {
      // The content of a Map, for example, is not in its members.
      warn(invalidResult('extend', 'must return an object with members', members))
    }
    const kept = names.filter((name) => isKept(problem, name, memberOf(members, name)))
    if (kept.length > 0) warn(invalidResult('extend', `cannot set ${quoted(kept)}`, members))
    return members
  }

  /** The URI reference that `instance` returns. Any other result but `undefined` is reported. */
  private instanceFrom(instance: NonNullable<FailureResponderOptions['instance']>): string | undefined {
    const { context, warn } = this.policy
    const given: unknown = callHook('instance', warn, instance, this.failure, context)
    const valid = uriReference(asString(given))
    if (valid === undefined && given !== undefined && given !== null)
      warn(invalidResult('instance', 'must return a URI reference', given))
    return valid
  }

  private fieldsFor(language: string | undefined): HeaderFields {
    const { options, context, warn } = this.policy
    const { cacheControl } = options
    const cache: unknown = cacheControl && callHook('cacheControl', warn, cacheControl, this.failure, context)
    return {
      ...fieldFrom('cacheControl', 'Cache-Control', cache, warn),
      ...fieldFrom('describe', 'Content-Language', language, warn),
    }
  }

  private variedBy(): string[] {
    const { options, warn } = this.policy
    const varies = callHook('represent', warn, variesByAccept, options.represent)
    return [...(varies ? ['Accept'] : []), ...(options.describe === undefined ? [] : ['Accept-Language'])]
  }

  private rendered(
    represent: NonNullable<FailureResponderOptions['represent']>,
    { problem, language }: DescribedProblem,
    headersFor: HeadersFor,
  ): RenderedContent | undefined {
    const { context, warn } = this.policy
    return callHook('represent', warn, () =>
      renderedBy(selectRepresentation(represent, context), problem, headersFor, { language, context }, warn),
    )
  }
}

/** Whether a member of the problem details is sent rather than another value. */
function isKept(problem: ProblemDetails, name: string, value: unknown): boolean {
  if (value === undefined) return false
  return STANDARD_MEMBERS.has(name) || (Object.hasOwn(problem, name) && problem[name] !== value)
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}

/** Reports that serialization failed, for a string that is too long for the engine. */
export function problemTooLarge(cause: unknown): FailureWarning {
  const consequence = 'Only type, title and status are sent, since the problem details cannot be serialized'
  return caughtError(consequence, 'PROBLEM_TOO_LARGE', cause)
}

/** The valid members of the result of `describe`. */
function localizedText(given: LocalizedText | undefined, warn: Warn): Localized {
  const valid = (name: keyof LocalizedText, rule: string, isValid: (text: string) => boolean) => {
    const value = unpollutedMember(given, name)
    if (value === undefined || (typeof value === 'string' && isValid(value))) return value
    warn(invalidResult(name, `from "describe" must be ${rule}`, value))
    return undefined
  }
  return {
    title: valid('title', 'a string', () => true),
    detail: valid('detail', 'a string', () => true),
    language: valid('language', 'a language tag such as "de-CH"', isLanguageList),
  }
}

/** The header field that a hook sets. An invalid value is reported and left out. */
function fieldFrom(hook: string, name: string, value: unknown, warn: Warn): HeaderFields {
  if (typeof value === 'string' && value !== '' && isFieldValue(value)) return { [name]: value }
  if (value !== undefined && value !== null) warn(invalidResult(hook, `must return a valid ${name}`, value))
  return {}
}
