import { failurePhrase } from '../status/failure-phrase.js'
import { HttpStatus } from '../status/http-status.js'
import type { Failure } from './failure.js'

/** The status code of the response to a failure: its own, or 500 if that is not a 4xx or 5xx. RFC 9110, 15 */
export function responseStatus(failure: Failure): number {
  try {
    const { status } = failure
    return isFailureStatus(status) ? status : HttpStatus.INTERNAL_SERVER_ERROR
  } catch {
    return HttpStatus.INTERNAL_SERVER_ERROR
  }
}

/** Whether a number is a 4xx or 5xx status code, registered or not. */
export function isFailureStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 400 && status < 600
}

/** The phrase of a status code; for an unregistered one, the name of its class. RFC 9110, 15.5 and 15.6 */
export function titleOf(status: number): string {
  return failurePhrase(status) ?? (status < 500 ? 'Client Error' : 'Server Error')
}
