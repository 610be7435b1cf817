import type { Failure } from '../failure/failure.js'
import { hasMethod } from '../problem/foreign-values.js'
import type { ProblemDetails } from '../problem/problem-details.js'
import { type Reply, toResponse } from '../reply/reply.js'
import { Encounter } from './encounter.js'
import type { RequestLike } from './failure-context.js'
import { checkedOptions, type FailureResponderOptions } from './responder-options.js'

/**
 * The policy by which failures are answered: it makes a correct and safe answer of anything that was thrown.
 *
 * @example
 * ```ts
 * const responder = new FailureResponder({
 *   typeBase: 'https://bookshop.example/problems/',
 *   translate: (error) => error instanceof EntityNotFound ? new NotFound({ cause: error }) : undefined,
 * })
 * return responder.respond(error, request)
 * ```
 * @throws TypeError for options that make no sense
 */
export class FailureResponder {
  readonly options: FailureResponderOptions

  constructor(options: FailureResponderOptions = {}) {
    this.options = checkedOptions(options)
    // A subclass may have fields of its own.
    if (new.target === FailureResponder) Object.freeze(this)
  }

  /**
   * The answer to whatever was thrown, as plain data. What is not a Failure and is not translated is a bare 500.
   *
   * @param known - the Failure that the error was recognized as before
   */
  reply(error: unknown, request?: RequestLike, known?: Failure): Reply {
    const encounter = new Encounter(this.options, error, request)
    return encounter.reply(known ?? encounter.failure())
  }

  /** The answer to a Failure, or to what is translated to one; `undefined` for an error that is nothing of the two. */
  replyToFailure(error: unknown, request?: RequestLike): Reply | undefined {
    const encounter = new Encounter(this.options, error, request)
    const failure = encounter.recognized()
    return failure && encounter.reply(failure)
  }

  /** The answer to whatever was thrown, as a Fetch `Response`. */
  respond(error: unknown, request?: RequestLike): Response {
    return toResponse(this.reply(error, request))
  }

  /**
   * The problem document of whatever was thrown, for those who answer over something else than HTTP: a queue, a socket,
   * a line of NDJSON. It is what `reply()` would write down as JSON, with `onFailure` told of it as well, but as plain
   * data that any serialiser takes. Never throws.
   *
   * @example
   * ```ts
   * socket.on('message', async (message) => {
   *   try {
   *     socket.send(JSON.stringify(await orders.take(message)))
   *   } catch (error) {
   *     socket.send(JSON.stringify(responder.problem(error)))
   *   }
   * })
   * ```
   * @param known - the Failure that the error was recognized as before
   */
  problem(error: unknown, request?: RequestLike, known?: Failure): ProblemDetails {
    const encounter = new Encounter(this.options, error, request)
    return encounter.problem(known ?? encounter.failure())
  }

  /** The Failure that an error is or is translated to; `undefined` for an error that this policy knows nothing of. */
  recognize(error: unknown, request?: RequestLike): Failure | undefined {
    return new Encounter(this.options, error, request).recognized()
  }
}

/** The policy where nobody has another one. */
export const defaultResponder = /*@__PURE__*/ new FailureResponder()

/** A responder as it is, or one with these options. */
export function responderOf(policy?: FailureResponder | FailureResponderOptions): FailureResponder {
  return isResponder(policy) ? policy : new FailureResponder(policy)
}

/** By its method, since it may come from another copy of the package. */
export function isResponder(value: unknown): value is FailureResponder {
  return hasMethod(value, 'reply')
}
