import { asString, memberOf } from '../problem/unknown-values.js'

/** The name of a failure, for a message. Never throws. */
export function failureName(failure: unknown): string {
  return asString(memberOf(failure, 'name')) ?? 'Failure'
}
