import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { InternalServerError } from '../failure/server-failures.js'
import { resumeStackTraces, suspendStackTraces } from '../failure/stack-traces.js'
import { problemReply, withoutBody } from '../reply/problem-reply.js'
import { type Reply, toResponse } from '../reply/reply.js'
import { type FailureContext, RequestContext, type RequestLike } from './failure-context.js'
import { logFailure } from './log-failure.js'

/** What a {@link FailureResponder} can be told. Hooks are synchronous, and one that throws changes nothing. */
export interface FailureResponderOptions {
  /**
   * Turns an error of somebody else into a Failure, such as the database's unique violation into a `Conflict`;
   * returns `undefined` for errors that it knows nothing of.
   */
  readonly translate?: ((error: unknown, context: FailureContext) => Failure | undefined) | undefined
  /**
   * Is told of every answer, once. By default, what the client does not get to see is logged with its causes:
   * server failures, and those that are not exposed.
   */
  readonly onFailure?: ((failure: Failure, context: FailureContext) => void) | undefined
}

/**
 * The policy by which failures are answered: it makes a correct and safe answer of anything that was thrown.
 *
 * @example
 * ```ts
 * const responder = new FailureResponder({
 *   translate: (error) => error instanceof EntityNotFound ? new NotFound({ cause: error }) : undefined,
 * })
 * return responder.respond(error, request)
 * ```
 */
export class FailureResponder {
  readonly options: FailureResponderOptions

  constructor(options: FailureResponderOptions = {}) {
    this.options = Object.freeze({ ...options })
    Object.freeze(this)
  }

  /** The answer to whatever was thrown, as plain data. What is not a Failure and is not translated is a bare 500. */
  reply(error: unknown, request?: RequestLike): Reply {
    const context = new RequestContext(error, request)
    const failure = recognized(this.options, context) ?? bareFailure(error)
    return answered(this.options, failure, context)
  }

  /** The answer to a Failure, or to what is translated to one; `undefined` for an error that is nothing of the two. */
  replyToFailure(error: unknown, request?: RequestLike): Reply | undefined {
    const context = new RequestContext(error, request)
    const failure = recognized(this.options, context)
    return failure && answered(this.options, failure, context)
  }

  /** The answer to whatever was thrown, as a Fetch `Response`. */
  respond(error: unknown, request?: RequestLike): Response {
    return toResponse(this.reply(error, request))
  }

  /** The Failure that an error is or is translated to; `undefined` for an error that this policy knows nothing of. */
  recognize(error: unknown, request?: RequestLike): Failure | undefined {
    return recognized(this.options, new RequestContext(error, request))
  }
}

/** A responder as it is, or one with these options. */
export function responderOf(policy?: FailureResponder | FailureResponderOptions): FailureResponder {
  return isResponder(policy) ? policy : new FailureResponder(policy)
}

/** By its method, since it may come from another copy of the package. */
export function isResponder(value: unknown): value is FailureResponder {
  return typeof value === 'object' && value !== null && 'reply' in value && typeof value.reply === 'function'
}

/** What is answered to an error that nobody knows. Its own trace would lead here, so it has none; its cause has one. */
function bareFailure(cause: unknown): Failure {
  const limit = suspendStackTraces()
  try {
    return new InternalServerError({ cause })
  } finally {
    resumeStackTraces(limit)
  }
}

function recognized({ translate }: FailureResponderOptions, context: FailureContext): Failure | undefined {
  if (isFailure(context.error)) return context.error
  if (translate === undefined) return undefined
  const translated = attempt(() => translate(context.error, context))
  return isFailure(translated) ? translated : undefined
}

function answered(
  { onFailure = logFailure }: FailureResponderOptions,
  failure: Failure,
  context: FailureContext,
): Reply {
  attempt(() => onFailure(failure, context))
  const reply = problemReply(failure)
  return context.method === 'HEAD' ? withoutBody(reply) : reply
}

/** Runs a hook, which must not change the answer: neither by throwing nor by a promise that rejects. */
function attempt<Result>(hook: () => Result): Result | undefined {
  try {
    const result = hook()
    if (result instanceof Promise) result.catch(() => undefined)
    return result
  } catch {
    return undefined
  }
}
