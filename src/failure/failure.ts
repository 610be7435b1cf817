import { extended, type ProblemDetails } from '../problem/problem-details.js'
import { fieldsOf } from '../reply/answer-fields.js'
import { validFields } from '../reply/header-fields.js'
import { problemReply } from '../reply/problem-reply.js'
import { type HeaderFields, toResponse } from '../reply/reply.js'
import { HttpStatus } from '../status/http-status.js'
import { answeredStatus, isExposedByDefault, titleOf } from './answered-status.js'
import { makeAssignable, setOwn } from './assignable.js'
import { brand } from './brand.js'
import { documentOf } from './document-of.js'
import { extensionFields } from './extension.js'
import type { FailureArguments, FailureOptions, RetryOptions } from './failure-options.js'
import { keepOptions, optionsOf, sortOut } from './given-options.js'
import { problemOf } from './problem-of.js'
import { resumeStackTraces, type StackTraces, suspendStackTraces, takesStackTrace } from './stack-traces.js'

/**
 * A problem to be reported to the client: an error with an HTTP status.
 *
 * What a kind of failure is stands in accessors, which a subclass overrides: `status`, `type`, `title`, `code`,
 * `expose`. What one occurrence adds comes through the constructor, which reads `(detail?, options?)` or `(options)`.
 *
 * @example This is all it takes to have a failure of one's own:
 * ```ts
 * class OutOfStock extends Conflict {
 *   override get title() { return 'Out of stock' }
 * }
 * throw new OutOfStock('No copy of 978-0131103627 is left.')
 * ```
 * @example Whatever kind it is, it brings its own answer:
 * ```ts
 * if (error instanceof Failure) return error.toResponse()
 * ```
 * @typeParam Options - what the constructor takes beside the detail
 * @typeParam Demand - the sentence of the compiler when options that HTTP demands are missing
 */
export abstract class Failure<
  Options extends FailureOptions = FailureOptions,
  Demand extends string = string,
> extends Error {
  /**
   * Which failures carry a stack trace: `'all'`, `'server'` (5xx) or `'none'`. Set on `Failure`, it holds for all; a
   * subclass decides for its own kind with `static override stackTraces = 'none' as const`.
   */
  static stackTraces: StackTraces = 'all'

  constructor(...given: FailureArguments<Options, Demand>)
  constructor(first?: unknown, second?: unknown) {
    makeAssignable(new.target)
    const { detail, cause, options } = sortOut(first, second)
    if (takesStackTrace(new.target)) {
      super(detail, cause)
    } else {
      const limit = suspendStackTraces()
      try {
        super(detail, cause)
      } finally {
        resumeStackTraces(limit)
      }
    }
    if (options !== undefined) keepOptions(this, options)
  }

  /** The HTTP status, an integer from 400 to 599; anything else is answered as a 500. */
  get status(): number {
    return HttpStatus.BAD_REQUEST
  }

  /** The same as {@link status}, under the name that Express and Fastify look for. */
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
    return titleOf(answeredStatus(this))
  }

  override set message(message: string) {
    setOwn(this, 'message', message)
  }

  /** What happened this time, for the client; `undefined` if no message was given. RFC 9457, 3.1.4 */
  get detail(): string | undefined {
    return Object.hasOwn(this, 'message') ? this.message : undefined
  }

  /** A URI reference that names the kind of problem. RFC 9457, 3.1.1 */
  get type(): string {
    return 'about:blank'
  }

  /** The kind of problem in a few words, the same for every occurrence. RFC 9457, 3.1.3 */
  get title(): string {
    return titleOf(answeredStatus(this))
  }

  /** A stable code for machines, sent as an extension member when a class defines one. */
  get code(): string | undefined {
    return undefined
  }

  /**
   * May the client read what this occurrence adds? Without leave, `detail`, `instance` and the extensions that came
   * through the constructor stay on the server.
   */
  get expose(): boolean {
    return optionsOf(this).expose ?? isExposedByDefault(answeredStatus(this))
  }

  /** When to come back: seconds from the answer on, or a point in time; `undefined` if it is not said. RFC 9110, 10.2.3 */
  get retryAfter(): number | Date | undefined {
    return optionsOf<RetryOptions>(this).retryAfter
  }

  /** A URI reference that names this occurrence. RFC 9457, 3.1.5 */
  get instance(): string | undefined {
    return optionsOf(this).instance
  }

  /** The members that the problem document has beyond the standard ones. RFC 9457, 3.2 */
  get extensions(): Readonly<Record<string, unknown>> {
    return extended(extensionFields(this), optionsOf(this).extensions)
  }

  /** The header fields of the answer that this failure has a say in. */
  get headers(): HeaderFields {
    return validFields(optionsOf(this).headers)
  }

  /** The problem document that the client gets. RFC 9457, 3 */
  toProblem(): ProblemDetails {
    return problemOf(this)
  }

  /** The problem document, so that `JSON.stringify(failure)` tells no more than the client may know. */
  toJSON(): ProblemDetails {
    return problemOf(this)
  }

  /** The answer as a Fetch `Response` with a problem document. */
  toResponse(): Response {
    return toResponse(problemReply(documentOf(this), fieldsOf(this)))
  }
}

brand(Failure)
