import type { Failure } from '../failure/failure.js'
import type { FailureContext } from './failure-context.js'

/**
 * The hook that adds the `traceId` of a request to its problem, so that whoever reports a problem names what the traces
 * know it by. It is the trace-id in a valid `traceparent`; any other adds nothing. W3C Trace Context, 3.2
 *
 * @example
 * ```ts
 * const responder = new FailureResponder({ extend: traceId })
 * ```
 */
export function traceId(_failure: Failure, { header }: FailureContext): { readonly traceId: string } | undefined {
  const id = TRACEPARENT.exec(header('traceparent') ?? '')?.[1]
  return id === undefined ? undefined : { traceId: id }
}

/**
 * Version, trace-id, parent-id and flags. There is no version ff, and no id that is all zero; version 00 ends with the
 * flags, but later ones may say more. W3C Trace Context, 3.2.2 and 4
 */
const TRACEPARENT = /^(?!ff|00.{54})[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-.*)?$/s
