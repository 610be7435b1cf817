import { formatValue } from '../problem/format-value.js'
import { isFailureStatus } from '../status/failure-status.js'
import { Failure } from './failure.js'
import { failureClasses } from './failure-classes.js'
import type { FailureArguments, FailureOptions } from './failure-options.js'

/**
 * A failure class that can be constructed, unlike the abstract {@link Failure}.
 *
 * @example const classes: readonly FailureClass[] = [NotFound, Conflict]
 */
export type FailureClass = (new (
  ...given: FailureArguments<FailureOptions, string>
) => Failure) &
  Pick<typeof Failure, 'problem' | 'stackTraces'>

/** The type of the class for a status; {@link FailureClass} if the status is unregistered or only known at run time. */
export type FailureClassOf<Status extends number> = Status extends keyof typeof failureClasses
  ? (typeof failureClasses)[Status]
  : FailureClass

/**
 * The failure class for a status code, for `instanceof` and for tables. For an unregistered code from 400 to 599, a class
 * with that status, always the same one.
 *
 * @example
 * ```ts
 * failureClass(404)                                        // NotFound
 * const isRetryable = [429, 503].some((status) => error instanceof failureClass(status))
 * ```
 * @throws RangeError when the status is not an integer from 400 to 599
 */
export function failureClass<const Status extends number>(status: Status): FailureClassOf<Status>
export function failureClass(status: number): FailureClass {
  return classFor(status, 'failureClass')
}

/** @param caller - the function that is named by the RangeError for an invalid status */
export function classFor(status: number, caller: string): FailureClass {
  if (!isFailureStatus(status)) {
    throw new RangeError(`${caller}: "status" must be an integer from 400 to 599, received ${formatValue(status)}`)
  }
  let known = classes.get(status)
  if (known === undefined) classes.set(status, (known = unregisteredFailure(status)))
  return known
}

// A map, since V8 stores an object with numeric keys as a hash table, which is slower to read.
const classes: Map<number, FailureClass> = /*@__PURE__*/ classesByStatus()

function classesByStatus(): Map<number, FailureClass> {
  const registered: [string, unknown][] = Object.entries(failureClasses)
  return new Map(registered.map(([status, known]) => [Number(status), known as FailureClass]))
}

/** A client must treat an unregistered status as the 400 or 500 of its class. RFC 9110, 15 */
function unregisteredFailure(code: number): FailureClass {
  return class UnregisteredFailure extends Failure {
    override get status() {
      return code
    }
  }
}
