import { isFailure } from '../failure/is-failure.js'
import { responseStatus } from '../failure/response-status.js'

/** The second argument that Sentry passes to `beforeSend`, as far as it is used. */
interface EventHint {
  readonly originalException?: unknown
  readonly mechanism?: { readonly type?: string }
}

/**
 * A `beforeSend` hook for Sentry: drops events for failures with a 4xx status, which are not incidents. All other events
 * pass unchanged, including errors that are not Failures.
 *
 * - Only the status counts, so a 4xx restored by `failureFromResponse` is dropped, too. If a rejected request to another
 *   service *is* an incident, throw `new BadGateway({ cause: failure })`, which passes with its cause.
 * - Uncaught failures and unhandled rejections pass with any status.
 *
 * @example
 * ```ts
 * Sentry.init({ beforeSend: dropClientFailures })
 * ```
 */
export function dropClientFailures<Event>(event: Event, hint: EventHint): Event | null {
  const { originalException, mechanism } = hint
  const isClientFailure = isFailure(originalException) && responseStatus(originalException) < 500
  return isClientFailure && !isUncaught(mechanism) ? null : event
}

/** The names of Sentry's global handlers end like this, after the name of the platform. */
function isUncaught(mechanism: EventHint['mechanism']): boolean {
  return /\bon(?:error|uncaughtexception|unhandledrejection)$/.test(mechanism?.type ?? '')
}
