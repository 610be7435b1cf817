import type { FastifyReply } from '../node/platform-response.js'
import { sendFailure } from '../node/send-failure.js'
import type { RequestLike } from '../responder/failure-context.js'
import { type FailureResponder, responderOf } from '../responder/failure-responder.js'
import type { FailureResponderOptions } from '../responder/responder-options.js'

/**
 * Sends the response to an error of Fastify's router, which reaches no error handler: `/books/%zz` is a 400. For the option of the
 * same name.
 *
 * @example const app = fastify({ frameworkErrors: frameworkErrors() })
 * @param policy - a responder, or its options
 * @throws TypeError for invalid options
 */
export function frameworkErrors(
  policy?: FailureResponder | FailureResponderOptions,
): (error: unknown, request: RequestLike, reply: object) => void {
  const responder = responderOf(policy)
  return (error, request, reply) => sendFailure(error, request, reply as FastifyReply, responder)
}
