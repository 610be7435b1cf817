import { isError } from '../../problem/is-error.js'
import { isObject } from '../../problem/unknown-values.js'

/**
 * Whether an error was caused by the client, which has closed the connection: the abort of work for it, or of a stream to it.
 * If the client is still connected, it was an outgoing request that was aborted.
 */
export function isClientAbort(error: unknown, request: unknown): boolean {
  return isObject(request) && (isAbortReason(error, request) || (isAbort(error) && isDisconnected(request)))
}

/** `AbortError` of fetch, Node and got, `CanceledError` of axios; the error of a `pipeline()` to a closed response. */
function isAbort(error: unknown): boolean {
  if (!isError(error)) return false
  const { name, code } = error as Error & { readonly code?: unknown }
  return name === 'AbortError' || name === 'CanceledError' || code === 'ERR_STREAM_PREMATURE_CLOSE'
}

/** A Fetch `Request`, the request of Node, or the request of a framework with Node's as `raw`. */
interface AnyRequest {
  readonly signal?: { readonly aborted?: unknown; readonly reason?: unknown }
  readonly raw?: NodeRequest
}

interface NodeRequest {
  /** HTTP/1.1. */
  readonly socket?: { readonly destroyed?: unknown }
  /** HTTP/2. */
  readonly stream?: { readonly destroyed?: unknown }
}

/** Runtimes choose the reason for which the signal of a request aborts. */
function isAbortReason(error: unknown, { signal }: AnyRequest): boolean {
  return signal?.aborted === true && signal.reason === error
}

function isDisconnected(request: AnyRequest): boolean {
  const { signal, raw = request as NodeRequest } = request
  if (signal?.aborted === true) return true
  const { socket, stream } = raw
  return (stream ?? socket)?.destroyed === true
}
