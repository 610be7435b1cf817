import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { InternalServerError } from '../failure/server-failures.js'
import { resumeStackTraces, suspendStackTraces } from '../failure/stack-traces.js'
import type { ProblemDetails } from '../problem/problem-details.js'
import { type Reply, withoutBody } from '../reply/reply.js'
import { answerTo } from './answer.js'
import { describedProblem, plainProblem } from './described-problem.js'
import { type FailureContext, RequestContext, type RequestLike } from './failure-context.js'
import { emitWarning, FailureWarning, type Warn } from './failure-warning.js'
import { callHook, quietly, tell } from './hooks.js'
import { logFailure } from './log-failure.js'
import type { FailureResponderOptions } from './responder-options.js'

/** One error that a policy has met, on its way to an answer. */
export class Encounter {
  readonly context: FailureContext
  readonly warn: Warn

  constructor(
    readonly options: FailureResponderOptions,
    readonly error: unknown,
    request: RequestLike | undefined,
  ) {
    this.context = new RequestContext(error, request)
    this.warn = quietly(options.onWarning ?? emitWarning)
  }

  /** The Failure that the error is, or that it is translated to. */
  recognized(): Failure | undefined {
    const { error, context, warn } = this
    const { translate } = this.options
    if (isFailure(error)) return error
    if (translate === undefined) return undefined
    const translated: unknown = callHook('translate', () => translate(error, context), warn)
    if (isFailure(translated)) return translated
    if (translated !== undefined && translated !== null) {
      warn(new FailureWarning(`translate returned ${typeof translated}, neither a Failure nor undefined`))
    }
    return undefined
  }

  /** The same, or else the bare 500 that stands for an error which nobody knows. */
  failure(): Failure {
    return this.recognized() ?? bareFailure(this.error)
  }

  /** The answer to a failure with all header fields. */
  reply(failure: Failure): Reply {
    this.#report(failure)
    const reply = answerTo(failure, this.options, this.context, this.warn)
    return this.context.method === 'HEAD' ? withoutBody(reply) : reply
  }

  /** The problem of a failure as plain data. */
  problem(failure: Failure): ProblemDetails {
    this.#report(failure)
    return plainProblem(describedProblem(failure, this.options, this.context, this.warn).problem, this.warn)
  }

  #report(failure: Failure): void {
    const { onFailure = logFailure } = this.options
    tell('onFailure', () => onFailure(failure, this.context), this.warn)
  }
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
