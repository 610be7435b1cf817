import type { Reply } from '../reply/reply.js'
import type { RequestLike } from './failure-context.js'
import { defaultResponder } from './failure-responder.js'

/** The reply of a responder. A subclass may throw; its error is logged, and the reply is a 500. */
export function safely(request: RequestLike, toReply: () => Reply): Reply {
  try {
    return toReply()
  } catch (error) {
    return defaultResponder.toReply(error, request)
  }
}
