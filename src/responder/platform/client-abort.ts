import { isError } from '../../problem/is-error.js'
import { isObject } from '../../problem/unknown-values.js'

/**
 * Whether an error was caused by the client, which has closed the connection: the abort of work for it, or of a stream from
 * or to it. If the client is still connected, it was an outgoing request that was aborted.
 */
export function isClientAbort(error: unknown, request: unknown): boolean {
  if (!isObject(request)) return false
  const { signal, raw, req } = request as AnyRequest
  // The signal of a request of Fastify also aborts at its timeout, so only the connection counts.
  if (raw === undefined && signal !== undefined) {
    return signal.aborted === true && (isReason(error, signal.reason) || isAbort(error) || isIncompleteBody(error))
  }
  const node: NodeRequest = raw ?? req ?? (request as NodeRequest)
  // The error with which Node destroyed the request, while its body was read.
  if (isError(error) && node.errored === error) return true
  return isAbort(error) && (node.stream ?? node.socket)?.destroyed === true
}

/**
 * `AbortError` of fetch, Node and got, `CanceledError` of axios, `ABORTED` of superagent; the error of a `pipeline()` to a
 * closed response.
 */
function isAbort(error: unknown): boolean {
  if (!isError(error)) return false
  const { name, code } = error as ErrorWithCode
  return (
    name === 'AbortError' || name === 'CanceledError' || code === 'ABORTED' || code === 'ERR_STREAM_PREMATURE_CLOSE'
  )
}

/** Whether an error is the reason of an abort, or has its message, as in the server of Hono for Node. */
function isReason(error: unknown, reason: unknown): boolean {
  if (error === reason) return true
  return isError(error) && (error.message === String(reason) || (isError(reason) && error.message === reason.message))
}

/** The error of Node for a body that breaks off, as a server that adapts Node to Fetch passes it on. */
function isIncompleteBody(error: unknown): boolean {
  return isError(error) && error.message === 'aborted' && (error as ErrorWithCode).code === 'ECONNRESET'
}

type ErrorWithCode = Error & { readonly code?: unknown }

/** A Fetch `Request`, the request of Node, or the request of a framework with Node's as `raw`. */
interface AnyRequest {
  readonly signal?: { readonly aborted?: unknown; readonly reason?: unknown }
  /** In Fastify. */
  readonly raw?: NodeRequest
  /** In Koa. */
  readonly req?: NodeRequest
}

interface NodeRequest {
  readonly errored?: unknown
  /** HTTP/1.1. */
  readonly socket?: { readonly destroyed?: unknown }
  /** HTTP/2. */
  readonly stream?: { readonly destroyed?: unknown }
}
