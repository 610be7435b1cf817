import { answeredStatus } from '../failure/answered-status.js'
import { isFailure } from '../failure/brand.js'

/** What is read of the hint that Sentry gives to `beforeSend`. */
interface EventHint {
  readonly originalException?: unknown
  readonly mechanism?: { readonly type?: string }
}

/**
 * A ready `beforeSend` for Sentry, where a client failure is not an incident: it drops the event of a `Failure`
 * that is answered with a 4xx, whoever captured it. Everything else passes as it is, also an error that is no Failure,
 * whatever its status.
 *
 * - The status alone decides, so a Failure that `failureFrom` restored is dropped as well. That another service refuses
 *   what this one asks for *is* an incident here: `throw new BadGateway({ cause: failure })`, which passes with its cause.
 * - A Failure that nobody caught was answered to nobody: what ends a process, or a promise, passes with any status.
 *
 * @example
 * ```ts
 * Sentry.init({ beforeSend: withoutClientFailures })
 * ```
 */
export function withoutClientFailures<Event>(event: Event, hint: EventHint): Event | null {
  const { originalException, mechanism } = hint
  const isClientFailure = isFailure(originalException) && answeredStatus(originalException) < 500
  return isClientFailure && !isOfNobody(mechanism) ? null : event
}

/** Sentry names its global handlers like this, behind the name of the platform. */
function isOfNobody(mechanism: EventHint['mechanism']): boolean {
  return /\bon(?:error|uncaughtexception|unhandledrejection)$/.test(mechanism?.type ?? '')
}
