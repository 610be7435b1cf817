import { type NodeResponse, writeReply } from '../node/write-reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import type { FailureResponder } from '../responder/failure-responder.js'

// Where some other decorator has hidden the filter of a decorated route, the route answers itself: on Express straight
// to the response, since Nest before 12.4 sends a Response that a handler returns as an empty object there.

/** The request of Express, which knows its response. */
type ExpressRequest = RequestLike & { readonly res: NodeResponse }

export function isOfExpress(request: RequestLike): request is ExpressRequest {
  return 'res' in request && typeof request.res === 'object'
}

/** Answers a request of Express where there is no filter to do it. Gives the error, for others to know that it failed. */
export function answeredAlready(policy: FailureResponder, error: unknown, request: ExpressRequest): unknown {
  const reply = policy.replyToFailure(error, request)
  if (reply === undefined) return error
  writeReply(reply, request.res, policy.options?.onWarning)
  answered.add(request)
  return error
}

/** Whether the failure of a decorated route has been answered, so that a filter has nothing left to do. */
export function isAnswered(request: object): boolean {
  return answered.has(request)
}

const answered = new WeakSet<object>()
