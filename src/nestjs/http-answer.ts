import type { ArgumentsHost } from '@nestjs/common'
import { isAnswered } from '../catching/answered-already.js'
import { answerError } from '../node/answer-error.js'
import type { PlatformResponse } from '../node/write-reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import type { FailureResponder } from '../responder/failure-responder.js'

/** Answers a request: the reply is written straight to the response of the platform. It never throws. */
export function answerHttp(responder: FailureResponder, error: unknown, host: ArgumentsHost): void {
  const http = host.switchToHttp()
  const request = http.getRequest<RequestLike>()
  if (!isAnswered(request)) answerError(responder, error, request, http.getResponse<PlatformResponse>())
}
