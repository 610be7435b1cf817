import type { Failure } from '../failure/failure.js'
import type { RetryOptions } from '../failure/failure-options.js'
import { markRestored } from '../failure/restored.js'
import { takesStackTrace } from '../failure/stack-traces.js'
import { storeOptions } from '../failure/stored-options.js'
import type { ParsedProblem } from '../problem/parse-problem.js'
import { memberOf, withoutPrototype } from '../problem/unknown-values.js'
import { parseRetryAfter } from '../reply/retry-after.js'
import type { RestorableClass } from './class-by-type.js'
import { keptFields } from './restored-headers.js'
import type { RestoredMembers } from './restored-members.js'

/** The status and the header fields of the response with the problem details. */
export interface ReceivedHead {
  readonly status: number
  readonly headers: Headers
}

/** A Failure of a class, with the received problem details, status and header fields. */
export function restoredFailure(
  failureClass: RestorableClass,
  problem: ParsedProblem,
  { fields, code, extensions }: RestoredMembers,
  { status, headers }: ReceivedHead,
): Failure {
  const { type, title, detail, instance } = withoutPrototype(problem)
  const failure = unconstructed(failureClass, detail)
  const options: RetryOptions & Record<string, unknown> = {
    instance,
    extensions,
    headers: keptFields(headers),
    retryAfter: parseRetryAfter(headers.get('Retry-After') ?? ''),
  }
  for (const rule of failureClass.prototype.statusRules.headers) {
    if (Object.hasOwn(rule, 'restore')) options[rule.option] = rule.restore?.(headers)
  }
  storeOptions(failure, options)
  markRestored(failure)
  // Defined rather than assigned, since the class may have an accessor with that name.
  for (const [name, value] of Object.entries(fields)) {
    Object.defineProperty(failure, name, { value, enumerable: true, configurable: true, writable: true })
  }
  setReceived(failure, { status, type, title, detail, instance, code })
  return failure
}

/** A native error with the prototype of the class. Its constructor is not called, since its arguments are unknown. */
function unconstructed(failureClass: RestorableClass, detail: string | undefined): Failure {
  const failure: Failure = Reflect.construct(Error, detail === undefined ? [] : [detail], failureClass)
  // V8 leaves out all frames up to the constructor of the class, which was never called.
  if (takesStackTrace(failureClass as typeof Failure)) Error.captureStackTrace?.(failure, unconstructed)
  return failure
}

/**
 * Received values take precedence over those of the class. They can be read; whether they are sent on still depends on
 * `expose`.
 */
function setReceived(failure: Failure, received: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(received)) {
    const value = received[name]
    // An accessor may throw if it reads a field that is not restored.
    if (value === undefined || memberOf(failure, name) === value) continue
    Object.defineProperty(failure, name, { value, configurable: true, writable: true })
  }
}
