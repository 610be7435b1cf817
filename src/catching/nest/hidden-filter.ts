import type { NodeResponse } from '../../node/platform-response.js'
import { writeReply } from '../../node/write-reply.js'
import type { RequestLike } from '../../responder/failure-context.js'
import { defaultResponder, type FailureResponder } from '../../responder/failure-responder.js'
import { recognized, replyToRecognized } from '../../responder/recognized-error.js'
import { respond } from '../respond.js'
import { policyOfApplication, policyOfController } from './policies.js'
import { respondedRequests } from './state.js'

/**
 * Responds to an error of a route whose filter is hidden: another decorator has replaced the function that has it. On
 * Express, the response is written directly, since Nest before 12.4 sends a returned Response as an empty object.
 *
 * @throws the error, on Express also when it was responded to
 */
export function respondWithoutFilter(
  own: FailureResponder | undefined,
  error: unknown,
  controller: object,
  request: RequestLike,
): Response {
  const policy = own ?? policyOfController(controller) ?? policyOfApplication(request) ?? defaultResponder
  if (!isExpressRequest(request)) return respond(policy, error, request)
  const known = recognized(policy, error, request)
  if (known !== undefined) {
    writeReply(replyToRecognized(policy, known, request), request.res, policy.options?.onWarning)
    respondedRequests.add(request)
  }
  throw error
}

/** Whether a decorated route has already sent the response to its failure, so that filters must not send another one. */
export function hasResponded(request: object): boolean {
  return respondedRequests.has(request)
}

/** The request of Express, which has its response. */
type ExpressRequest = RequestLike & { readonly res: NodeResponse }

function isExpressRequest(request: RequestLike): request is ExpressRequest {
  return 'res' in request && typeof request.res === 'object'
}
