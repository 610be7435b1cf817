import { StreamableFile } from '@nestjs/common'
import type { AbstractHttpAdapter } from '@nestjs/core'
import { answerError } from '../node/answer-error.js'
import type { NodeResponse } from '../node/write-reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import type { FailureResponder } from '../responder/failure-responder.js'

/**
 * Lets a policy answer for a `StreamableFile` that cannot be read. On Express, Nest answers 400 to that, with the
 * message of the error before version 11, and asks no filter. A handler of the application's own is left in charge.
 */
export function answerFailedFiles(adapter: AbstractHttpAdapter, responder: FailureResponder): void {
  if (adapter.getType() !== 'express') return
  const reply = adapter.reply
  adapter.reply = (response: unknown, body: unknown, status?: number) => {
    if (body instanceof StreamableFile) letAnswer(body, responder)
    return reply.call(adapter, response, body, status)
  }
}

interface ExpressResponse extends NodeResponse {
  readonly req: NonNullable<NodeResponse['req']> & RequestLike
}

function letAnswer(file: StreamableFile, responder: FailureResponder): void {
  const { errorHandler } = file
  if (String(errorHandler) !== String(new StreamableFile(new Uint8Array()).errorHandler)) return
  file.setErrorHandler((error, response) => {
    // What has begun is cut off, so that it does not look complete.
    if (response.headersSent) errorHandler(error, response)
    else
      answerError(
        responder,
        error,
        (response as unknown as ExpressResponse).req,
        response as unknown as ExpressResponse,
      )
  })
}
