import type { FastifyReply } from '../node/platform-response.js'
import { sendFailure } from '../node/send-failure.js'
import type { RequestLike } from '../responder/failure-context.js'
import type { FailureResponder } from '../responder/failure-responder.js'
import type { FailureResponderOptions } from '../responder/responder-options.js'
import { FailureFilter } from './failure.filter.js'

/**
 * Sends the response to an error of Fastify's router, which calls no filter: `/books/%zz` is a 400. For the option of the
 * same name.
 *
 * @param policy - a responder, or its options
 * @returns a function for the option `frameworkErrors` of Fastify
 * @example
 * ```ts
 * const adapter = new FastifyAdapter({ frameworkErrors: frameworkErrors({ extend: withTraceId }) })
 * ```
 * @throws TypeError for invalid options
 */
export function frameworkErrors(
  policy?: FailureResponder | FailureResponderOptions,
): (error: unknown, request: RequestLike, reply: object) => void {
  const { responder } = new FailureFilter(policy)
  return (error, request, reply) => sendFailure(error, request, reply as FastifyReply, responder)
}
