import type { ArgumentsHost } from '@nestjs/common'
import { hasResponded } from '../../catching/nest/hidden-filter.js'
import { sendFailure } from '../../node/send-failure.js'
import type { PlatformResponse } from '../../node/write-reply.js'
import type { RequestLike } from '../../responder/failure-context.js'
import type { FailureResponder } from '../../responder/failure-responder.js'

/** Sends the response to an HTTP request, directly to the response of the platform. Never throws. */
export function sendOverHttp(responder: FailureResponder, error: unknown, host: ArgumentsHost): void {
  const http = host.switchToHttp()
  const request = http.getRequest<RequestLike>()
  if (!hasResponded(request)) sendFailure(error, request, http.getResponse<PlatformResponse>(), responder)
}
