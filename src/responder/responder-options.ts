import type { Failure } from '../failure/failure.js'
import { hasMethod, isObject } from '../problem/foreign-values.js'
import { kindOf } from '../problem/kind-of.js'
import type { Challenge } from '../reply/header-fields.js'
import { challenges } from '../reply/header-fields.js'
import type { FailureContext } from './failure-context.js'
import type { FailureWarning } from './failure-warning.js'
import type { Negotiation, Representation } from './representation.js'

/**
 * What a `FailureResponder` can be told.
 *
 * Hooks are synchronous and all get the same context. One that throws changes nothing in the answer and is reported to
 * `onWarning`; a promise counts as no result, and its rejection is swallowed.
 *
 * @example const options: FailureResponderOptions = { typeBase: 'https://bookshop.example/problems/', extend: traceId }
 */
export interface FailureResponderOptions {
  /** The absolute URL against which a relative `type` of a problem is resolved. RFC 9457, 3.1.1 */
  readonly typeBase?: string | undefined
  /**
   * Turns an error of somebody else into a Failure, such as the database's unique violation into a `Conflict`;
   * returns `undefined` for errors that it knows nothing of.
   */
  readonly translate?: ((error: unknown, context: FailureContext) => Failure | undefined) | undefined
  /** Says title and detail in the language of the client. The detail of a failure that is not exposed stays hidden. */
  readonly describe?: ((failure: Failure, context: FailureContext) => Description | undefined) | undefined
  /** Adds members to every problem, such as a trace id. Those that the failure has itself stay as they are. */
  readonly extend?:
    | ((failure: Failure, context: FailureContext) => Readonly<Record<string, unknown>> | undefined)
    | undefined
  /** How a problem is written down: a representation, or `byAccept(…)` of several. Default: `problemJson`. */
  readonly represent?: Representation | Negotiation | undefined
  /** The challenge of a 401 that brings none. RFC 9110, 15.5.2 */
  readonly challenge?: Challenge | readonly Challenge[] | undefined
  /** The `Cache-Control` of an answer whose failure says none. Default: `no-store`. RFC 9111, 5.2 */
  readonly cacheControl?: ((failure: Failure, context: FailureContext) => string | undefined) | undefined
  /**
   * Is told of every answer, once. By default, what the client does not get to see is logged with its causes: server
   * failures, and those that are not exposed.
   */
  readonly onFailure?: ((failure: Failure, context: FailureContext) => void) | undefined
  /** Is told what had to be left out. Default: `process.emitWarning`, where there is one. */
  readonly onWarning?: ((warning: FailureWarning) => void) | undefined
}

/**
 * What `describe` says of a failure.
 *
 * @example const german: Description = { title: 'Ausverkauft', language: 'de' }
 */
export interface Description {
  readonly title?: string | undefined
  readonly detail?: string | undefined
  /** The language of these texts, for `Content-Language`. RFC 5646 */
  readonly language: string
}

const HOOKS = ['translate', 'describe', 'extend', 'cacheControl', 'onFailure', 'onWarning'] as const

/**
 * A frozen copy of options that make sense.
 *
 * @throws TypeError for those that do not, as early as when the policy is made
 */
export function checkedOptions(options: FailureResponderOptions): FailureResponderOptions {
  if (!isObject(options)) {
    throw new TypeError(`A FailureResponder takes an object of options, not ${kindOf(options)}`)
  }
  for (const name of HOOKS) {
    const hook: unknown = options[name]
    if (hook !== undefined && typeof hook !== 'function') throw unfit(name, 'a function', hook)
  }
  const { typeBase, challenge, represent } = options
  if (typeBase !== undefined && !URL.canParse(typeBase)) throw unfit('typeBase', 'an absolute URL', typeBase)
  if (challenge !== undefined && Object.keys(challenges('WWW-Authenticate', challenge)).length === 0) {
    throw unfit('challenge', `a challenge such as 'Bearer realm="books"'`, challenge)
  }
  if (represent !== undefined && !isRepresent(represent)) {
    throw unfit('represent', 'a representation or byAccept(…)', represent)
  }
  return Object.freeze({ ...options })
}

function isRepresent(value: unknown): boolean {
  return hasMethod(value, 'choose') || hasMethod(value, 'render')
}

function unfit(name: string, expected: string, met: unknown): TypeError {
  return new TypeError(`The option ${name} of a FailureResponder is ${expected}, not ${kindOf(met)}`)
}
