import { failureStatuses } from './failure-statuses.js'

/** The facts about a status that reports a failure. */
export interface FailureStatus {
  readonly code: number
  /** The reason phrase; for an unregistered code, the name of its class. */
  readonly phrase: string
  /** Whether details of a failure are withheld from the client by default. */
  readonly withheld?: true
  /** Whether a cache must not store a response. RFC 6585, 3 to 6 */
  readonly neverStored?: true
  /** The header field that HTTP requires in a response, and the option of the failure class that sets it. RFC 9110, 15.5 */
  readonly requires?: { readonly name: string; readonly option: string }
}

/** The facts about the status of a failure; those of 500 if it has no 4xx or 5xx status code. RFC 9110, 15 */
export function statusOf(failure: { readonly status?: unknown }): FailureStatus {
  try {
    const code = failure.status as number
    const registered = byCode[code - 400]
    return registered !== undefined && registered.code === code ? registered : unregistered(code)
  } catch {
    // The accessor of a subclass may throw.
    return unregistered(Number.NaN)
  }
}

/** Whether a number is a 4xx or 5xx status code, registered or not. */
export function isFailureStatus(code: number): boolean {
  return Number.isInteger(code) && code >= 400 && code < 600
}

/** The reason phrase of a status code; empty for an unregistered one, as HTTP allows. RFC 9112, 4 */
export function phraseOf(code: number): string {
  return byCode[code - 400]?.phrase ?? ''
}

/** A client treats an unregistered status as the 400 or 500 of its class. RFC 9110, 15.5 and 15.6 */
function unregistered(code: number): FailureStatus {
  if (!isFailureStatus(code)) return byCode[500 - 400] as FailureStatus
  return code < 500 ? { code, phrase: 'Client Error' } : { code, phrase: 'Server Error', withheld: true }
}

// An array, since V8 stores an object with numeric keys as a hash table, which is slower to read.
const byCode: readonly (FailureStatus | undefined)[] = /*@__PURE__*/ indexed(failureStatuses)

function indexed(statuses: readonly FailureStatus[]): FailureStatus[] {
  const index: FailureStatus[] = []
  // Without a prototype, which may have been polluted.
  for (const status of statuses) index[status.code - 400] = Object.setPrototypeOf({ ...status }, null)
  return index
}
