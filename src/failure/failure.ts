import { toJson } from '../problem/json.js'
import { extended, type ProblemDetails, withHidden } from '../problem/problem-details.js'
import { type HeaderFields, toResponse } from '../reply/reply.js'
import type { StatusRules } from '../reply/status-rules.js'
import { BAD_REQUEST } from '../status/codes.js'
import { statusOf } from '../status/failure-status.js'
import { makeAssignable, setOwn } from './assignable.js'
import { brand } from './brand.js'
import { buildReply } from './build-reply.js'
import { parseArguments } from './constructor-arguments.js'
import { extensionFields } from './extension-members.js'
import type { FailureArguments, FailureOptions } from './failure-options.js'
import { defaultProblem, isExposed, snapshotOf } from './failure-snapshot.js'
import { headerFields } from './header-options.js'
import { BASE_PROBLEM, type ProblemType, problemTypeMember } from './problem-type.js'
import { isRestored } from './restored.js'
import { resumeStackTraces, type StackTraces, suspendStackTraces, takesStackTrace } from './stack-traces.js'
import { OPTIONS, type StoredOptions, storeOptions } from './stored-options.js'

/**
 * An error to be reported to the client, with an HTTP status.
 *
 * A subclass describes a kind of failure: it extends the class of its status and sets `static problem`. The constructor
 * describes one occurrence: `(detail?, options?)` or `(options)`. An `Error` in place of the detail or the options is the
 * cause. The constructor never throws.
 *
 * @example This is the minimal code you need for your own failure:
 * ```ts
 * class OutOfStock extends Conflict {
 *   static override readonly problem: ProblemType = {
 *     type: 'https://bookshop.example/problems/out-of-stock',
 *     title: 'Out of stock',
 *   }
 * }
 * throw new OutOfStock('No copy of 978-0131103627 is left.')
 * ```
 * @example Each failure can create its response:
 * ```ts
 * if (error instanceof Failure) return error.toResponse()
 * ```
 * @typeParam Options - the options of the constructor
 * @typeParam Sentence - the compiler's message when required options are missing
 */
export abstract class Failure<
  Options extends FailureOptions = FailureOptions,
  Sentence extends string = string,
> extends Error {
  /**
   * The failures that capture a stack trace: `'all'`, `'server'` (5xx) or `'none'`. Set it on `Failure` for all classes, or
   * in a subclass for that class: `static override stackTraces = 'none' as const`.
   */
  static stackTraces: StackTraces = 'all'

  /**
   * The problem type, title and code of the class, merged with those of its base classes. Annotate it with
   * {@link ProblemType}: the compiler then rejects misspelled members and accepts partial overrides.
   */
  static readonly problem: ProblemType = BASE_PROBLEM

  /** @internal */
  declare readonly [OPTIONS]?: StoredOptions

  constructor(...given: FailureArguments<Options, Sentence>)
  constructor(first?: unknown, second?: unknown) {
    // A constant, since Terser moves `new.target` into functions that it inlines, where it is undefined.
    const failureClass = new.target
    makeAssignable(failureClass)
    const { detail, cause, options } = parseArguments(first, second)
    if (takesStackTrace(failureClass)) {
      super(detail, cause)
    } else {
      const limit = suspendStackTraces()
      try {
        super(detail, cause)
      } finally {
        resumeStackTraces(limit)
      }
    }
    if (options !== undefined) storeOptions(this, options)
  }

  /** The status code, an integer from 400 to 599. Any other value is sent as 500. */
  get status(): number {
    return BAD_REQUEST
  }

  /** The same as {@link status}, under the name that Express and Fastify read. */
  get statusCode(): number {
    return this.status
  }

  /** The name of the class. */
  override get name(): string {
    return this.constructor.name || 'Failure'
  }

  override set name(name: string) {
    setOwn(this, 'name', name)
  }

  /** The detail; without one, the phrase of the status. */
  override get message(): string {
    return statusOf(this).phrase
  }

  override set message(message: string) {
    setOwn(this, 'message', message)
  }

  /** An explanation of this occurrence, for the client; `undefined` without a message. RFC 9457, 3.1.4 */
  get detail(): string | undefined {
    return Object.hasOwn(this, 'message') ? this.message : undefined
  }

  /** A URI reference that identifies the problem type. Default: `about:blank`. RFC 9457, 3.1.1 */
  get type(): string {
    return problemTypeMember(this, 'type') ?? 'about:blank'
  }

  /** A short summary of the problem type. Default: the phrase of the status. RFC 9457, 3.1.3 */
  get title(): string {
    return problemTypeMember(this, 'title') ?? statusOf(this).phrase
  }

  /** A stable, machine-readable code, sent as an extension member. Default: none. */
  get code(): string | undefined {
    return problemTypeMember(this, 'code')
  }

  /**
   * Whether the client may read the details of this occurrence: `detail`, `instance` and the extensions passed to the
   * constructor. Default: `true`, but `false` for 500, 502, 504 and unregistered 5xx codes.
   */
  get expose(): boolean {
    return this[OPTIONS]?.expose ?? !statusOf(this).withheld
  }

  /** When the client may retry: seconds from the response, or a date; `undefined` if unknown. RFC 9110, 10.2.3 */
  get retryAfter(): number | Date | undefined {
    return this[OPTIONS]?.retryAfter
  }

  /** A URI reference that identifies this occurrence. RFC 9457, 3.1.5 */
  get instance(): string | undefined {
    return this[OPTIONS]?.instance
  }

  /**
   * The extension members of the problem details. Without those passed to the constructor, if they are withheld from the
   * client. Of a restored failure, withheld members can be read by name, but not be enumerated, since frameworks such as GraphQL
   * copy `extensions` into their responses. RFC 9457, 3.2
   */
  get extensions(): Readonly<Record<string, unknown>> {
    const fields = extensionFields(this)
    const given = this[OPTIONS]?.extensions
    if (given === undefined) return fields
    if (isExposed(this)) return extended(fields, given)
    return isRestored(this) ? withHidden(fields, given) : fields
  }

  /** The header fields that this failure adds to the response. */
  get headers(): HeaderFields {
    const options = this[OPTIONS]
    const { headers: rules } = this.statusRules
    return options === undefined && rules.length === 0 ? {} : headerFields(this, options, rules)
  }

  /**
   * The rules of the status of the class.
   *
   * @internal
   */
  get statusRules(): StatusRules {
    return { headers: [] }
  }

  /** The problem details for the client. Never calls `onFailure`. RFC 9457, 3 */
  toProblem(): ProblemDetails {
    return defaultProblem(this)
  }

  /** The problem details, so that `JSON.stringify(failure)` contains only what the client may read. */
  toJSON(): ProblemDetails {
    return JSON.parse(toJson(defaultProblem(this)))
  }

  /** A Fetch `Response` with the problem details as JSON. Never calls `onFailure`. */
  toResponse(): Response {
    return toResponse(buildReply(snapshotOf(this)))
  }

  /** The same as {@link toResponse}, under the name that Hono calls. */
  getResponse(): Response {
    return this.toResponse()
  }
}

brand(Failure)
