import { isFailureStatus } from './answered-status.js'
import * as clientFailures from './client-failures.js'
import { Failure } from './failure.js'
import type { FailureArguments, FailureOptions } from './failure-options.js'
import * as serverFailures from './server-failures.js'

type Classes = typeof clientFailures & typeof serverFailures

type StatusOf<Class> = Class extends abstract new (
  ...given: never
) => { readonly status: infer Status extends number }
  ? Status
  : never

/** The class for each status, as types. */
type ClassByStatus = { readonly [Name in keyof Classes as StatusOf<Classes[Name]>]: Classes[Name] }

/** A status from 400 to 599 that has a class of its own. */
type KnownStatus = keyof ClassByStatus

type ArgumentsFor<Status extends number> = Status extends KnownStatus
  ? ConstructorParameters<ClassByStatus[Status]>
  : FailureArguments<FailureOptions, string>

type FailureOf<Status extends number> = Status extends KnownStatus ? InstanceType<ClassByStatus[Status]> : Failure

/**
 * Makes the Failure that belongs to a status; for a code from 400 to 599 that is not registered, one that carries it.
 *
 * @example
 * ```ts
 * throw failureFor(404, 'There is no such book.')    // a NotFound
 * throw failureFor(response.status)                   // whatever it is, from 400 to 599
 * ```
 * @throws RangeError when the status is not an integer from 400 to 599
 */
export function failureFor<const Status extends number>(
  status: Status,
  ...given: ArgumentsFor<Status>
): FailureOf<Status> {
  return Reflect.construct(classFor(status), given)
}

/**
 * A class that is not abstract: one that can be thrown.
 *
 * @example const classes: readonly FailureClass[] = [NotFound, Conflict]
 */
export type FailureClass = new (...given: FailureArguments<FailureOptions, string>) => Failure

/** The class that belongs to a status. */
export function classFor(status: number): FailureClass {
  if (!isFailureStatus(status)) throw new RangeError(`A failure has a status from 400 to 599, not ${String(status)}`)
  classes ??= classesByStatus()
  let known = classes.get(status)
  if (known === undefined) classes.set(status, (known = unregisteredFailure(status)))
  return known
}

let classes: Map<number, FailureClass> | undefined

/** Reads the status off each class, so that a new class is found without being listed. */
function classesByStatus(): Map<number, FailureClass> {
  const known: unknown[] = Object.values({ ...clientFailures, ...serverFailures })
  return new Map(
    known.map((failureClass) => [(failureClass as FailureClass).prototype.status, failureClass as FailureClass]),
  )
}

/** To be treated as the 400, or the 500, that it is at least. RFC 9110, 15 */
function unregisteredFailure(code: number): FailureClass {
  return class UnregisteredFailure extends Failure {
    override get status() {
      return code
    }
  }
}
