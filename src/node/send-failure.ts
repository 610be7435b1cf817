import type { Reply } from '../reply/reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import { defaultResponder, type FailureResponder } from '../responder/failure-responder.js'
import { type RecognizedError, replyToRecognized } from '../responder/recognized-error.js'
import type { PlatformResponse } from './platform-response.js'
import { writeReply } from './write-reply.js'

/**
 * Sends the response to an error. Never throws: nothing catches the errors of an exception filter, so the client would wait
 * forever, or the process would end.
 */
export function sendFailure(
  error: unknown,
  request: RequestLike,
  response: PlatformResponse,
  responder: FailureResponder,
): void {
  const reply = safely(request, () => responder.toReply(error, request))
  writeReply(reply, response, responder.options?.onWarning)
}

/** The same for an error that was recognized earlier. */
export function sendRecognized(
  recognized: RecognizedError,
  request: RequestLike,
  response: PlatformResponse,
  responder: FailureResponder,
): void {
  const reply = safely(request, () => replyToRecognized(responder, recognized, request))
  writeReply(reply, response, responder.options?.onWarning)
}

/** A subclass of the responder may throw; its error is logged, and the response is a 500. */
function safely(request: RequestLike, toReply: () => Reply): Reply {
  try {
    return toReply()
  } catch (error) {
    return defaultResponder.toReply(error, request)
  }
}
