import { classFor, type FailureClassOf } from './failure-class.js'

/**
 * Creates the failure for a status code. For an unregistered code from 400 to 599, a failure with that status.
 *
 * @example
 * ```ts
 * throw createFailure(404, 'There is no such book.')    // a NotFound
 * throw createFailure(response.status)                  // any status from 400 to 599
 * ```
 * @throws RangeError when the status is not an integer from 400 to 599
 */
export function createFailure<const Status extends number>(
  status: Status,
  ...given: ConstructorParameters<FailureClassOf<Status>>
): InstanceType<FailureClassOf<Status>> {
  return Reflect.construct(classFor(status, 'createFailure'), given)
}
