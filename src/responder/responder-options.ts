import type { Failure } from '../failure/failure.js'
import { formatValue } from '../problem/format-value.js'
import { ownOptions } from '../problem/own-options.js'
import { hasMethod } from '../problem/unknown-values.js'
import { isAbsoluteUrl } from '../problem/uri-reference.js'
import { type Challenge, challenges } from '../reply/challenge.js'
import type { FailureContext } from './failure-context.js'
import type { FailureWarning } from './failure-warning.js'
import type { ContentNegotiator, Representation } from './representation.js'

/**
 * The options of a `FailureResponder`.
 *
 * Hooks are synchronous, and each receives the same context. A hook that throws or returns a promise does not change the
 * response and is reported to `onWarning`.
 *
 * @example const options: FailureResponderOptions = { typeBase: 'https://bookshop.example/problems/', extend: withTraceId }
 */
export interface FailureResponderOptions {
  /** The absolute URL against which a relative `type` is resolved. RFC 9457, 3.1.1 */
  readonly typeBase?: string | undefined
  /**
   * Translates a third-party error to a Failure, such as a unique violation of the database to a `Conflict`. Returns
   * `undefined` for other errors: those of platforms keep their status, the rest becomes a 500. Never called for a Failure.
   */
  readonly translate?: ((error: unknown, context: FailureContext) => Failure | undefined) | undefined
  /** Localizes title and detail. The detail of a failure that is not exposed is ignored. */
  readonly describe?: ((failure: Failure, context: FailureContext) => LocalizedText | undefined) | undefined
  /** Returns a URI reference for an occurrence that has no `instance`, such as `urn:uuid:…`. RFC 9457, 3.1.5 */
  readonly instance?: ((failure: Failure, context: FailureContext) => string | undefined) | undefined
  /** Adds members to all problem details, such as a trace id. Existing members are kept, and standard ones cannot be set. */
  readonly extend?:
    | ((failure: Failure, context: FailureContext) => Readonly<Record<string, unknown>> | undefined)
    | undefined
  /**
   * The names of extension members that are sent without the warning `UNPORTABLE_MEMBER_NAME`, such as `violated-policies`,
   * which a specification prescribes. Default: none. RFC 9457, 4
   */
  readonly allowedMembers?: readonly string[] | undefined
  /** The format of responses: a representation, or `byAccept(…)` for several. Default: `problemJson`. */
  readonly represent?: Representation | ContentNegotiator | undefined
  /** The challenge of 401 failures that have none. RFC 9110, 15.5.2 */
  readonly challenge?: Challenge | readonly Challenge[] | undefined
  /** Sets `Cache-Control` for failures that don't set it. Default: `no-store`. RFC 9111, 5.2 */
  readonly cacheControl?: ((failure: Failure, context: FailureContext) => string | undefined) | undefined
  /**
   * Called once per error response. May be asynchronous. Default: `logFailure`, which logs server failures and failures
   * that are not exposed.
   */
  readonly onFailure?: ((failure: Failure, context: FailureContext) => void) | undefined
  /**
   * Called when a header, a hook result or an override is invalid, once for each kind and class. Default:
   * `process.emitWarning`, where it exists.
   */
  readonly onWarning?: ((warning: FailureWarning) => void) | undefined
}

/**
 * The result of `describe`: title and detail in a language.
 *
 * @example const german: LocalizedText = { title: 'Ausverkauft', language: 'de' }
 */
export interface LocalizedText {
  readonly title?: string | undefined
  readonly detail?: string | undefined
  /** The language of title and detail, sent as `Content-Language`. RFC 5646 */
  readonly language: string
}

const HOOKS = ['translate', 'describe', 'instance', 'extend', 'cacheControl', 'onFailure', 'onWarning'] as const

/**
 * A frozen copy of valid options.
 *
 * @throws TypeError for invalid options
 */
export function checkedOptions(given: FailureResponderOptions): FailureResponderOptions {
  const options = ownOptions(given, 'FailureResponder')
  for (const name of HOOKS) {
    const hook: unknown = options[name]
    if (hook !== undefined && typeof hook !== 'function') throw invalidOption(name, 'a function', hook)
  }
  const { typeBase, challenge, represent, allowedMembers } = options
  if (typeBase !== undefined && !isAbsoluteUrl(typeBase)) throw invalidOption('typeBase', 'an absolute URL', typeBase)
  if (challenge !== undefined && Object.keys(challenges('WWW-Authenticate', challenge)).length === 0) {
    throw invalidOption('challenge', `a challenge such as 'Bearer realm="books"'`, challenge)
  }
  if (allowedMembers !== undefined && !isStrings(allowedMembers)) {
    throw invalidOption('allowedMembers', 'an array of names', allowedMembers)
  }
  if (represent !== undefined && !isRepresent(represent)) {
    throw invalidOption('represent', 'a representation or byAccept(…)', represent)
  }
  return Object.freeze(options)
}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isRepresent(value: unknown): boolean {
  return hasMethod(value, 'choose') || hasMethod(value, 'render')
}

function invalidOption(name: string, expected: string, received: unknown): TypeError {
  return new TypeError(`FailureResponder: "${name}" must be ${expected}, received ${formatValue(received)}`)
}
