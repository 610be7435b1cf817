import { failurePhrase } from '../status/failure-phrase.js'
import { HttpStatus } from '../status/http-status.js'
import type { Failure } from './failure.js'

/** The status that a failure is answered with: its own, or 500 where that is none of a failure. RFC 9110, 15 */
export function answeredStatus(failure: Failure): number {
  try {
    const { status } = failure
    return isFailureStatus(status) ? status : HttpStatus.INTERNAL_SERVER_ERROR
  } catch {
    return HttpStatus.INTERNAL_SERVER_ERROR
  }
}

/** Whether a number is a status that reports a failure, 4xx or 5xx, registered or not. */
export function isFailureStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 400 && status < 600
}

/** The phrase of a status; for an unregistered one, the name of its class. RFC 9110, 15.5 and 15.6 */
export function titleOf(status: number): string {
  return failurePhrase(status) ?? (status < 500 ? 'Client Error' : 'Server Error')
}

/** Whether the client may read what this occurrence adds; one that cannot tell keeps it back. */
export function isExposed(failure: Failure): boolean {
  try {
    return failure.expose === true
  } catch {
    return false
  }
}

/** What went wrong inside, or behind this server, is nothing for the client to read. */
export function isExposedByDefault(status: number): boolean {
  if (status < 500) return true
  return failurePhrase(status) !== undefined && !KEPT_BACK.includes(status)
}

const KEPT_BACK: readonly number[] = [
  HttpStatus.INTERNAL_SERVER_ERROR,
  HttpStatus.BAD_GATEWAY,
  HttpStatus.GATEWAY_TIMEOUT,
]
