import type { Failure } from '../failure/failure.js'
import type { RetryOptions, UpgradeOptions } from '../failure/failure-options.js'
import { keepOptions } from '../failure/given-options.js'
import { takesStackTrace } from '../failure/stack-traces.js'
import { memberOf } from '../problem/foreign-values.js'
import type { ParsedProblem } from '../problem/parse-problem.js'
import type { RestorableClass } from './class-by-type.js'
import { keptFields, protocolsOf } from './kept-fields.js'
import type { RestoredMembers } from './restored-members.js'
import { retryDelay } from './retry-delay.js'

/** What a problem document came with. */
export interface Arrival {
  readonly status: number
  readonly headers: Headers
}

/** A Failure of a class that says what a problem document says, and what it came with. */
export function restoredFailure(
  failureClass: RestorableClass,
  { type, title, detail, instance }: ParsedProblem,
  { fields, code, extensions }: RestoredMembers,
  { status, headers }: Arrival,
): Failure {
  const failure = unconstructed(failureClass, detail)
  const options: RetryOptions & Partial<UpgradeOptions> = {
    instance,
    extensions,
    headers: keptFields(headers),
    retryAfter: retryDelay(headers),
    upgrade: protocolsOf(headers),
  }
  keepOptions(failure, options)
  // Defined, since the class may have an accessor of that name.
  for (const [name, value] of Object.entries(fields)) {
    Object.defineProperty(failure, name, { value, enumerable: true, configurable: true, writable: true })
  }
  insist(failure, { status, type, title, detail, instance, code })
  return failure
}

/** A native error with the prototype of the class, whose constructor wants arguments that nobody knows. */
function unconstructed(failureClass: RestorableClass, detail: string | undefined): Failure {
  const failure: Failure = Reflect.construct(Error, detail === undefined ? [] : [detail], failureClass)
  // V8 leaves out the frames up to the constructor of the class, which was never called: that is all of them.
  if (takesStackTrace(failureClass as typeof Failure)) Error.captureStackTrace?.(failure, unconstructed)
  return failure
}

/**
 * What was received wins over what the class would say. It is there to be read; what the problem document says of it is
 * still for `expose` to decide, so that a failure of somebody else's that is rethrown tells no more than one of ours.
 */
function insist(failure: Failure, received: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(received)) {
    const value = received[name]
    // An accessor may throw, since it may read a field that is not restored.
    if (value === undefined || memberOf(failure, name) === value) continue
    Object.defineProperty(failure, name, { value, configurable: true, writable: true })
  }
}
