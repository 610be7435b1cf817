import { formatValue } from '../problem/format-value.js'
import { isFailureStatus } from '../status/failure-status.js'
import * as clientFailures from './client-failures.js'
import { Failure } from './failure.js'
import type { FailureArguments, FailureOptions } from './failure-options.js'
import * as serverFailures from './server-failures.js'

/**
 * A failure class that can be constructed, unlike the abstract {@link Failure}.
 *
 * @example const classes: readonly FailureClass[] = [NotFound, Conflict]
 */
export type FailureClass = (new (
  ...given: FailureArguments<FailureOptions, string>
) => Failure) &
  Pick<typeof Failure, 'problem' | 'stackTraces'>

type Classes = typeof clientFailures & typeof serverFailures

type StatusOf<Class> = Class extends abstract new (
  ...given: never
) => { readonly status: infer Status extends number }
  ? Status
  : never

/** The failure classes by status, as types. */
type ClassByStatus = { readonly [Name in keyof Classes as StatusOf<Classes[Name]>]: Classes[Name] }

/** The type of the class for a status; {@link FailureClass} if the status is unregistered or only known at run time. */
export type FailureClassOf<Status extends number> = Status extends keyof ClassByStatus
  ? ClassByStatus[Status]
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
  classes ??= classesByStatus()
  let known = classes.get(status)
  if (known === undefined) classes.set(status, (known = unregisteredFailure(status)))
  return known
}

let classes: Map<number, FailureClass> | undefined

/** Reads the status from each class, so that a new class needs no entry here. */
function classesByStatus(): Map<number, FailureClass> {
  const exported: unknown[] = Object.values({ ...clientFailures, ...serverFailures })
  return new Map((exported as FailureClass[]).map((known) => [known.prototype.status, known]))
}

/** A client must treat an unregistered status as the 400 or 500 of its class. RFC 9110, 15 */
function unregisteredFailure(code: number): FailureClass {
  return class UnregisteredFailure extends Failure {
    override get status() {
      return code
    }
  }
}
