import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { InternalServerError } from '../failure/server-failures.js'
import { resumeStackTraces, suspendStackTraces } from '../failure/stack-traces.js'
import { type Reply, toResponse, withoutBody } from '../reply/reply.js'
import { answerTo } from './answer.js'
import { type FailureContext, RequestContext, type RequestLike } from './failure-context.js'
import { emitWarning, FailureWarning, type Warn } from './failure-warning.js'
import { callHook, quietly, tell } from './hooks.js'
import { logFailure } from './log-failure.js'
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
    const context = new RequestContext(error, request)
    const warn = warnOf(this.options)
    const failure = known ?? recognized(this.options, context, warn) ?? bareFailure(error)
    return answered(this.options, failure, context, warn)
  }

  /** The answer to a Failure, or to what is translated to one; `undefined` for an error that is nothing of the two. */
  replyToFailure(error: unknown, request?: RequestLike): Reply | undefined {
    const context = new RequestContext(error, request)
    const warn = warnOf(this.options)
    const failure = recognized(this.options, context, warn)
    return failure && answered(this.options, failure, context, warn)
  }

  /** The answer to whatever was thrown, as a Fetch `Response`. */
  respond(error: unknown, request?: RequestLike): Response {
    return toResponse(this.reply(error, request))
  }

  /** The Failure that an error is or is translated to; `undefined` for an error that this policy knows nothing of. */
  recognize(error: unknown, request?: RequestLike): Failure | undefined {
    return recognized(this.options, new RequestContext(error, request), warnOf(this.options))
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
  return typeof value === 'object' && value !== null && 'reply' in value && typeof value.reply === 'function'
}

function warnOf({ onWarning = emitWarning }: FailureResponderOptions): Warn {
  return quietly(onWarning)
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

function recognized({ translate }: FailureResponderOptions, context: FailureContext, warn: Warn): Failure | undefined {
  const { error } = context
  if (isFailure(error)) return error
  if (translate === undefined) return undefined
  const translated: unknown = callHook('translate', () => translate(error, context), warn)
  if (isFailure(translated)) return translated
  if (translated !== undefined && translated !== null) {
    warn(new FailureWarning(`translate returned ${typeof translated}, neither a Failure nor undefined`))
  }
  return undefined
}

function answered(options: FailureResponderOptions, failure: Failure, context: FailureContext, warn: Warn): Reply {
  const { onFailure = logFailure } = options
  tell('onFailure', () => onFailure(failure, context), warn)
  const reply = answerTo(failure, options, context, warn)
  return context.method === 'HEAD' ? withoutBody(reply) : reply
}
