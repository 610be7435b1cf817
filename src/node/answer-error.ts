import type { Failure } from '../failure/failure.js'
import type { Reply } from '../reply/reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import { defaultResponder, type FailureResponder } from '../responder/failure-responder.js'
import { type PlatformResponse, writeReply } from './write-reply.js'

/**
 * Writes the answer of a policy to an error, straight to the response of the platform. It never throws: what an
 * exception filter throws is nobody's to catch, and would leave the client waiting or end the process.
 *
 * @param known - the Failure that the error was recognized as before
 */
export function answerError(
  responder: FailureResponder,
  error: unknown,
  request: RequestLike,
  response: PlatformResponse,
  known?: Failure,
): void {
  writeReply(replyBy(responder, error, request, known), response, responder.options?.onWarning)
}

/** A responder of somebody else's class may throw, which is logged as the 500 that it is. */
function replyBy(responder: FailureResponder, error: unknown, request: RequestLike, known?: Failure): Reply {
  try {
    return responder.reply(error, request, known)
  } catch (thrown) {
    return defaultResponder.reply(thrown, request)
  }
}
