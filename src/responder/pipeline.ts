import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { InternalServerError } from '../failure/server-failures.js'
import { resumeStackTraces, suspendStackTraces } from '../failure/stack-traces.js'
import type { ProblemDetails } from '../problem/problem-details.js'
import { type Reply, withoutBody } from '../reply/reply.js'
import { buildReply } from './build-reply.js'
import { describedProblem, plainProblem } from './described-problem.js'
import { type FailureContext, RequestContext, type RequestLike } from './failure-context.js'
import { emitWarning, type Warn } from './failure-warning.js'
import { notify, quietly } from './hooks.js'
import { logFailure } from './log-failure.js'
import type { FailureResponderOptions } from './responder-options.js'
import { callTranslate, rememberTranslation } from './translation.js'

/** The steps from one thrown error to its response, under one set of options. */
export class Pipeline {
  readonly context: FailureContext
  readonly warn: Warn

  constructor(
    readonly options: FailureResponderOptions,
    readonly error: unknown,
    private readonly request: RequestLike | undefined,
  ) {
    this.context = new RequestContext(thrownErrorOf(error), request)
    this.warn = quietly(options.onWarning ?? emitWarning)
  }

  /** The error if it is a Failure, otherwise the result of `translate`. */
  recognize(): Failure | undefined {
    const { error, context, warn } = this
    const { translate } = this.options
    if (isFailure(error)) return error
    return translate && callTranslate(translate, error, context, warn)
  }

  /** The same for an error that may be passed to a responder with the same `translate` later, which isn't called again. */
  recognizeEarly(): Failure | undefined {
    const failure = this.recognize()
    const { translate } = this.options
    if (failure !== this.error && translate !== undefined) {
      rememberTranslation(this.error, { translate, request: this.request, failure })
    }
    return failure
  }

  /** The recognized Failure; for an unrecognized error, an `InternalServerError` with the error as its cause. */
  toFailure(): Failure {
    return this.recognize() ?? internalServerError(this.error)
  }

  /** Calls `onFailure` and returns the problem details of a failure as plain data. */
  toProblem(failure: Failure): ProblemDetails {
    this.#report(failure)
    return plainProblem(describedProblem(failure, this.options, this.context, this.warn).problem, this.warn)
  }

  /** Calls `onFailure` and returns the reply to a failure. */
  toReply(failure: Failure): Reply {
    this.#report(failure)
    const reply = buildReply(failure, this.options, this.context, this.warn)
    return this.context.method === 'HEAD' ? withoutBody(reply) : reply
  }

  #report(failure: Failure): void {
    const { onFailure = logFailure } = this.options
    notify('onFailure', () => onFailure(failure, this.context), this.warn)
  }
}

let recognizedError: { readonly error: unknown; readonly failure: Failure } | undefined

/** Calls a function that responds to a recognized failure. Hooks receive the thrown error in place of the failure. */
export function withThrownError<Result>(recognized: typeof recognizedError, respond: () => Result): Result {
  const outer = recognizedError
  recognizedError = recognized
  try {
    return respond()
  } finally {
    recognizedError = outer
  }
}

function thrownErrorOf(error: unknown): unknown {
  return recognizedError?.failure === error ? recognizedError?.error : error
}

/** Captures no stack trace, since it would lead here; the cause has its own. */
function internalServerError(cause: unknown): Failure {
  const limit = suspendStackTraces()
  try {
    return new InternalServerError({ cause })
  } finally {
    resumeStackTraces(limit)
  }
}
