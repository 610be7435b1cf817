import { bareProblem, buildProblem, buildReply } from '../failure/build-reply.js'
import type { Failure } from '../failure/failure.js'
import { type FailureSnapshot, type SnapshotReport, snapshotOf } from '../failure/failure-snapshot.js'
import { isFailure } from '../failure/is-failure.js'
import { InternalServerError } from '../failure/server-failures.js'
import { withoutStackTrace } from '../failure/stack-traces.js'
import { formatValue } from '../problem/format-value.js'
import { toJson } from '../problem/json.js'
import type { ProblemDetails } from '../problem/problem-details.js'
import type { InvalidField } from '../reply/header-fields.js'
import { type Reply, withoutBody } from '../reply/reply.js'
import { BoundOptions, problemTooLarge } from './bound-options.js'
import { ErrorContext, type MessageLike, type RequestLike } from './failure-context.js'
import { failureName } from './failure-name.js'
import { type FailureWarning, failureWarning, type Warn } from './failure-warning.js'
import { fieldOmitted } from './header-warnings.js'
import { caughtError, notify } from './hooks.js'
import { logFailure } from './log/log-failure.js'
import { warnOfMemberNames } from './member-name-warnings.js'
import { failureFromPlatform } from './platform/platform-failure.js'
import type { FailureResponderOptions } from './responder-options.js'
import { callTranslate, rememberTranslation, requestOf } from './translation.js'
import { warnOfType } from './type-warnings.js'
import { warnOnce } from './warn-once.js'

/** The steps from one thrown error to its response, under one set of options. */
export class Pipeline implements SnapshotReport {
  // `declare`, since a definition of fields would be one more call for each error.
  declare readonly options: FailureResponderOptions
  declare readonly error: unknown
  declare readonly context: ErrorContext
  declare readonly warn: Warn
  private declare failure: Failure | undefined

  constructor(options: FailureResponderOptions, error: unknown, origin: RequestLike | MessageLike | undefined) {
    this.options = options
    this.error = error
    const thrown = recognizedError?.failure === error ? recognizedError?.error : error
    this.context = new ErrorContext(thrown, origin)
    this.failure = undefined
    this.warn = (warning) => warnOnce(options, this.failure, warning)
  }

  /**
   * The error if it is a Failure, otherwise the result of `translate`, otherwise the Failure for an error of the platform.
   *
   * The error may be passed to a responder with the same `translate` later, which isn't called again.
   */
  recognize(): Failure | undefined {
    if (isFailure(this.error)) return this.error
    const failure = this.translated()
    const { translate } = this.options
    if (translate !== undefined) {
      rememberTranslation(this.error, { translate, request: requestOf(this.context), failure })
    }
    return failure ?? failureFromPlatform(this.error, this.context.request)
  }

  /** The recognized Failure; for an unrecognized error, an `InternalServerError` with the error as its cause. */
  toFailure(): Failure {
    if (isFailure(this.error)) return this.error
    return this.translated() ?? failureFromPlatform(this.error, this.context.request) ?? internalServerError(this.error)
  }

  /** Calls `onFailure` and returns the problem details of a failure as plain data. */
  toProblem(failure: Failure): ProblemDetails {
    const snapshot = this.report(failure)
    const { problem } = buildProblem(snapshot, new BoundOptions(failure, this))
    warnOfMemberNames(problem, this)
    warnOfType(failure, snapshot.problem, snapshot.status, this)
    try {
      return JSON.parse(toJson(problem))
    } catch (error) {
      this.warn(problemTooLarge(error))
      return bareProblem(snapshot.status)
    }
  }

  /** Calls `onFailure` and returns the reply to a failure. */
  toReply(failure: Failure): Reply {
    const snapshot = this.report(failure)
    const reply = buildReply(snapshot, new BoundOptions(failure, this))
    return this.context.method === 'HEAD' ? withoutBody(reply) : reply
  }

  invalidProblem(cause: unknown): void {
    this.warn(problemNotUsed(this.failure, cause))
  }

  invalidMember(name: string, value: unknown): void {
    this.warn(memberOmitted(this.failure, name, value))
  }

  invalidField(field: InvalidField): void {
    this.warn(fieldOmitted(this.failure, field))
  }

  invalidHeaders(cause: unknown): void {
    this.warn(caughtError('The header fields of a failure cannot be read', 'INVALID_HEADER', cause))
  }

  private translated(): Failure | undefined {
    const { error, context, warn } = this
    const { translate } = this.options
    return translate && callTranslate(translate, error, context, warn)
  }

  /** Calls `onFailure`, then reads the failure, which the hook may have changed. */
  private report(failure: Failure): FailureSnapshot {
    this.failure = failure
    const { onFailure = logFailure } = this.options
    notify('onFailure', this.warn, onFailure, failure, this.context)
    return snapshotOf(failure, this)
  }
}

function memberOmitted(failure: Failure | undefined, name: string, value: unknown): FailureWarning {
  const message = `${failureName(failure)}: invalid "${name}" (${formatValue(value)}), member omitted`
  return failureWarning(message, { code: 'INVALID_PROBLEM', subject: name })
}

function problemNotUsed(failure: Failure | undefined, cause: unknown): FailureWarning {
  return caughtError(
    `${failureName(failure)}: the default problem details are sent, since "toProblem" failed`,
    'INVALID_PROBLEM',
    cause,
  )
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

/** Captures no stack trace, since it would lead here; the cause has its own. */
function internalServerError(cause: unknown): Failure {
  return withoutStackTrace(() => new InternalServerError({ cause }))
}
