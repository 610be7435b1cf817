import { type NodeResponse, writeReply } from '../node/write-reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import type { FailureResponder } from '../responder/failure-responder.js'
import { recognized, replyToRecognized } from '../responder/recognized-error.js'

// If another decorator has hidden the filter of a decorated route, the route responds itself. On Express it writes to the
// response directly, since Nest before 12.4 sends a returned Response as an empty object.

/** The request of Express, which has its response. */
type ExpressRequest = RequestLike & { readonly res: NodeResponse }

export function isExpressRequest(request: RequestLike): request is ExpressRequest {
  return 'res' in request && typeof request.res === 'object'
}

/** Sends the response to a recognized error. Returns the error, to be thrown on. */
export function respondOnExpress(policy: FailureResponder, error: unknown, request: ExpressRequest): unknown {
  const known = recognized(policy, error, request)
  if (known === undefined) return error
  writeReply(replyToRecognized(policy, known, request), request.res, policy.options?.onWarning)
  respondedTo.add(request)
  return error
}

/** Whether a decorated route has already sent the response to its failure, so that filters must not send another one. */
export function hasResponded(request: object): boolean {
  return respondedTo.has(request)
}

const respondedTo = new WeakSet<object>()
