import type { ArgumentsHost, HttpException } from '@nestjs/common'
import { hasResponded } from '../../catching/nest/hidden-filter.js'
import { breakOff } from '../../node/break-off.js'
import type { NodeResponse, PlatformResponse } from '../../node/platform-response.js'
import { sendFailure } from '../../node/send-failure.js'
import { isObject } from '../../problem/unknown-values.js'
import type { RequestLike } from '../../responder/failure-context.js'
import type { FailureResponder } from '../../responder/failure-responder.js'
import { isHttpException } from '../exceptions/failure-from-nest.js'

/** Sends the response to an HTTP request, directly to the response of the platform. Never throws. */
export function sendOverHttp(responder: FailureResponder, error: unknown, host: ArgumentsHost): void {
  const http = host.switchToHttp()
  const request = http.getRequest<RequestLike>()
  if (hasResponded(request)) return
  try {
    if (isRedirect(error)) {
      sendRedirect(error, http.getResponse())
      return
    }
  } catch {
    // Reading the exception, or serializing its response, may throw.
  }
  sendFailure(error, request, http.getResponse<PlatformResponse>(), responder)
}

/** Whether an error is an exception that is not a failure, such as a 302 from a guard, or a 304. */
function isRedirect(error: unknown): error is HttpException {
  if (!isHttpException(error)) return false
  const status = error.getStatus()
  return Number.isInteger(status) && status >= 200 && status < 400
}

/** The response of Express or of Fastify. */
interface NestResponse extends NodeResponse {
  status(status: number): unknown
  /** Only on Express. */
  json?(body: object): unknown
  send(body: object): unknown
  readonly raw?: NodeResponse
}

/** Sends an exception as Nest's default filter does. */
function sendRedirect(exception: HttpException, response: NestResponse): void {
  const node = response.raw ?? response
  if (node.headersSent) {
    breakOff(node)
    return
  }
  const content: unknown = exception.getResponse()
  const statusCode = exception.getStatus()
  const body = isObject(content) ? content : { statusCode, message: content }
  response.status(statusCode)
  if (response.json === undefined) response.send(body)
  else response.json(body)
}
