import { statusOf } from '../status/failure-status.js'

/** The status code of the response to a failure. */
export function responseStatus(failure: { readonly status: number }): number {
  return statusOf(failure).code
}
