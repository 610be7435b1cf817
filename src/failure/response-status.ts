import { statusOf } from '../status/failure-status.js'

/** The status code of the response to a failure. */
export function responseStatus(failure: { readonly status: number }): number {
  return statusOf(failure).code
}

/** Whether the client may read the details of an occurrence; not if `expose` throws. */
export function isExposed(failure: { readonly expose: boolean }): boolean {
  try {
    return failure.expose === true
  } catch {
    return false
  }
}
