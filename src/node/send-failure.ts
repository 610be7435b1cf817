import type { RequestLike } from '../responder/failure-context.js'
import { type FailureResponder, knownResponder } from '../responder/failure-responder.js'
import { type RecognizedError, replyToRecognized } from '../responder/recognized-error.js'
import type { FailureResponderOptions } from '../responder/responder-options.js'
import { safely } from '../responder/safely.js'
import type { PlatformResponse } from './platform-response.js'
import { writeReply } from './write-reply.js'

/**
 * Sends the response to an error, over HTTP/1.1 or HTTP/2. Header fields of the success are removed; cookies, CORS and security
 * headers are kept. If the head was already sent, the connection is closed or the stream is reset. Calls `onFailure` once.
 *
 * Throws for invalid options only: nothing catches the errors of an error handler, so the client would wait forever, or the
 * process would end.
 *
 * @example
 * ```ts
 * createServer(async (request, response) => {
 *   try {
 *     await route(request, response)
 *   } catch (error) {
 *     sendFailure(error, request, response)
 *   }
 * })
 * ```
 * @param request - the request of Node, or of a framework based on it
 * @param response - the response of Node or of Express, or the reply of Fastify
 * @param policy - a responder, or its options
 * @throws TypeError for invalid options
 */
export function sendFailure(
  error: unknown,
  request: RequestLike,
  response: PlatformResponse,
  policy?: FailureResponder | FailureResponderOptions,
): void {
  const responder = knownResponder(policy)
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
