import type { ArgumentsHost } from '@nestjs/common'
import { type PlatformResponse, writeReply } from '../node/write-reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import type { FailureResponder } from '../responder/failure-responder.js'

/** Answers a request: the reply is written straight to the response of the platform. */
export function answerHttp(responder: FailureResponder, error: unknown, host: ArgumentsHost): void {
  const http = host.switchToHttp()
  writeReply(responder.reply(error, http.getRequest<RequestLike>()), http.getResponse<PlatformResponse>())
}
