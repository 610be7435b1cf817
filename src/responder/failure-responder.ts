import type { Failure } from '../failure/failure.js'
import type { ProblemDetails } from '../problem/problem-details.js'
import { hasMethod } from '../problem/unknown-values.js'
import { optionField } from '../reply/option-field.js'
import { type Reply, toResponse } from '../reply/reply.js'
import { wwwAuthenticateRule } from '../reply/status-rules.js'
import type { MessageLike, RequestLike } from './failure-context.js'
import { emitWarning } from './failure-warning.js'
import { warnOfOption } from './header-warnings.js'
import { quietly } from './hooks.js'
import { Pipeline } from './pipeline.js'
import { checkedOptions, type FailureResponderOptions } from './responder-options.js'

/**
 * Converts thrown errors to responses. One responder holds the error handling policy of an application; decorators,
 * filters and adapters share it. Immutable.
 *
 * Each method accepts any thrown value, Failures included, and never throws. An error of a platform, such as a body parser,
 * keeps its status; any other error that is not translated becomes a 500 without details.
 *
 * @example
 * ```ts
 * const responder = new FailureResponder({
 *   typeBase: 'https://bookshop.example/problems/',
 *   translate: (error) => error instanceof EntityNotFound ? new NotFound({ cause: error }) : undefined,
 * })
 * return responder.toResponse(error, request)
 * ```
 * @throws TypeError for invalid options
 */
export class FailureResponder {
  readonly options: FailureResponderOptions

  constructor(options: FailureResponderOptions = {}) {
    this.options = checkedOptions(options)
    warnOfChallenge(this.options)
    // Subclasses may have fields.
    if (new.target === FailureResponder) Object.freeze(this)
  }

  /**
   * The error if it is a Failure, or the Failure that `translate` returns for it, or that for an error of a platform, such
   * as a body parser; otherwise `undefined`. Calls `translate` once, but never for a Failure, and never calls `onFailure`.
   */
  recognize(error: unknown, origin?: RequestLike | MessageLike): Failure | undefined {
    return new Pipeline(this.options, error, origin).recognize()
  }

  /** Like `recognize()`, but for an unrecognized error, an `InternalServerError` with the error as its cause. */
  toFailure(error: unknown, origin?: RequestLike | MessageLike): Failure {
    return new Pipeline(this.options, error, origin).toFailure()
  }

  /**
   * The problem details for an error, as plain data: the parsed content of `toReply()`. For transports other than HTTP:
   * a queue, a socket, a stream of JSON lines. Calls `onFailure` once.
   *
   * @example
   * ```ts
   * socket.on('message', async (message) => {
   *   try {
   *     socket.send(JSON.stringify(await orders.take(message)))
   *   } catch (error) {
   *     socket.send(JSON.stringify(responder.toProblem(error)))
   *   }
   * })
   * ```
   */
  toProblem(error: unknown, origin?: RequestLike | MessageLike): ProblemDetails {
    const pipeline = new Pipeline(this.options, error, origin)
    return pipeline.toProblem(pipeline.toFailure())
  }

  /** The response to an error, as plain data. Calls `onFailure` once. */
  toReply(error: unknown, request?: RequestLike): Reply {
    const pipeline = new Pipeline(this.options, error, request)
    return pipeline.toReply(pipeline.toFailure())
  }

  /** The response to an error, as a Fetch `Response`. Calls `onFailure` once. */
  toResponse(error: unknown, request?: RequestLike): Response {
    return toResponse(this.toReply(error, request))
  }
}

/** Reports the parts of the challenge that cannot be sent. */
function warnOfChallenge({ challenge, onWarning = emitWarning }: FailureResponderOptions): void {
  if (challenge === undefined) return
  warnOfOption('FailureResponder', optionField(wwwAuthenticateRule, challenge), quietly(onWarning))
}

/** The responder without options. */
export const defaultResponder = /*@__PURE__*/ new FailureResponder()

/** The responder itself, or a new one with the options. */
export function responderOf(policy?: FailureResponder | FailureResponderOptions): FailureResponder {
  return isResponder(policy) ? policy : new FailureResponder(policy)
}

/** Like `responderOf()`, but creates only one responder for an object of options, which may be passed for each error. */
export function knownResponder(policy: FailureResponder | FailureResponderOptions | undefined): FailureResponder {
  if (policy === undefined) return defaultResponder
  if (isResponder(policy)) return policy
  const responder = respondersByOptions.get(policy) ?? new FailureResponder(policy)
  respondersByOptions.set(policy, responder)
  return responder
}

const respondersByOptions = new WeakMap<FailureResponderOptions, FailureResponder>()

/** Checks for a method, since the responder may come from another copy of the package. */
export function isResponder(value: unknown): value is FailureResponder {
  return hasMethod(value, 'toReply')
}
