import type { Failure } from '../failure/failure.js'
import type { FailureContext } from './failure-context.js'

/**
 * A hook for `extend` that adds the member `traceId`: the trace-id of a valid `traceparent` request header, and nothing without one. A user who
 * reports a problem can then name its trace. W3C Trace Context, 3.2
 *
 * @example
 * ```ts
 * const responder = new FailureResponder({ extend: withTraceId })
 * ```
 */
export function withTraceId(_failure: Failure, { header }: FailureContext): { readonly traceId: string } | undefined {
  const id = TRACEPARENT.exec(header('traceparent') ?? '')?.[1]
  return id === undefined ? undefined : { traceId: id }
}

/**
 * Version, trace-id, parent-id and flags. Version ff and all-zero ids are invalid; version 00 ends after the flags, later
 * versions may continue. W3C Trace Context, 3.2.2 and 4
 */
const TRACEPARENT = /^(?!ff|00.{54})[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-.*)?$/s
