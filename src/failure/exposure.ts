import { failurePhrase } from '../status/failure-phrase.js'
import { HttpStatus } from '../status/http-status.js'
import type { Failure } from './failure.js'

/** Whether the client may read the details of an occurrence; not if `expose` throws. */
export function isExposed(failure: Failure): boolean {
  try {
    return failure.expose === true
  } catch {
    return false
  }
}

/** Details of internal and upstream errors are not for the client. */
export function isExposedByDefault(status: number): boolean {
  if (status < 500) return true
  return failurePhrase(status) !== undefined && !WITHHELD.includes(status)
}

const WITHHELD: readonly number[] = [
  HttpStatus.INTERNAL_SERVER_ERROR,
  HttpStatus.BAD_GATEWAY,
  HttpStatus.GATEWAY_TIMEOUT,
]
