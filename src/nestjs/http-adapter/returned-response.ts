import type { AbstractHttpAdapter } from '@nestjs/core'
import type { FastifyReply } from '../../node/platform-response.js'
import { type NodeStream, writeResponse } from '../../node/write-response.js'

/**
 * Makes a Nest application send a Fetch `Response` that a handler returns. Nest does so since 12.4; older versions send
 * `200 {}` on Express, and 500 for HEAD on Fastify.
 *
 * Changes the adapter, which costs other routes nothing; an interceptor would slow down all of them.
 */
export function sendReturnedResponses(adapter: AbstractHttpAdapter): void {
  const reply = adapter.reply
  adapter.reply = (response: NestExpressResponse | NestFastifyReply, body: unknown, status?: number) =>
    isResponse(body)
      ? writeResponse(body, response, methodOf(response) === 'HEAD')
      : reply.call(adapter, response, body, status)
}

interface NestExpressResponse extends NodeStream {
  readonly req: { readonly httpVersionMajor: number; readonly method: string }
}

interface NestFastifyReply extends FastifyReply {
  readonly request: { readonly method: string }
}

function methodOf(response: NestExpressResponse | NestFastifyReply): string {
  return 'request' in response ? response.request.method : response.req.method
}

/** Checks the tag, since a server may have its own Response class. */
function isResponse(value: unknown): value is Response {
  return Object.prototype.toString.call(value) === '[object Response]'
}
