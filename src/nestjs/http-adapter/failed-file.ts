import { StreamableFile } from '@nestjs/common'
import type { AbstractHttpAdapter } from '@nestjs/core'
import type { NodeResponse } from '../../node/platform-response.js'
import { sendFailure } from '../../node/send-failure.js'
import type { RequestLike } from '../../responder/failure-context.js'
import type { FailureResponder } from '../../responder/failure-responder.js'

/**
 * Uses a policy for a `StreamableFile` that cannot be read. On Express, Nest itself sends a 400, before version 11 with the
 * message of the error, and calls no filter. A custom error handler of the file is kept.
 */
export function handleFailedFiles(adapter: AbstractHttpAdapter, responder: FailureResponder): void {
  if (adapter.getType() !== 'express') return
  const reply = adapter.reply
  adapter.reply = (response: unknown, body: unknown, status?: number) => {
    if (body instanceof StreamableFile) {
      setErrorHandler(body, responder)
      reportPrematureClose(body, response as FileResponse)
    }
    return reply.call(adapter, response, body, status)
  }
}

interface FileResponse extends NodeResponse {
  readonly destroyed?: boolean
  readonly req: NonNullable<NodeResponse['req']> & RequestLike
}

function setErrorHandler(file: StreamableFile, responder: FailureResponder): void {
  const { errorHandler } = file
  if (String(errorHandler) !== String(new StreamableFile(new Uint8Array()).errorHandler)) return
  file.setErrorHandler((error, response) => {
    const fileResponse = response as unknown as FileResponse
    sendFailure(error, fileResponse.req, fileResponse, responder)
  })
}

/** Nest waits forever for the rest of a file whose stream was closed without an error. */
function reportPrematureClose(file: StreamableFile, response: FileResponse): void {
  const stream = file.getStream()
  stream.once('close', () => {
    const hasFailed = !stream.readableEnded && !stream.errored && !response.writableEnded && !response.destroyed
    if (hasFailed) file.errorHandler(new Error('The stream of a file was closed before its end.'), response as never)
  })
}
