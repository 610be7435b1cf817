import type { AbstractHttpAdapter } from '@nestjs/core'
import type { FastifyReply } from '../node/write-reply.js'
import { type NodeStream, writeResponse } from '../node/write-response.js'

/**
 * Lets a Nest application send the Fetch `Response` that a handler returns. Nest does so from 12.4 on, before it asks
 * its adapter; the older ones answer `200 {}` on Express, and 500 to HEAD on Fastify.
 *
 * The adapter is the one place where it costs the other routes nothing: an interceptor would slow down all of them.
 */
export function sendReturnedResponses(adapter: AbstractHttpAdapter): void {
  const reply = adapter.reply
  adapter.reply = (response: ExpressResponse | NestFastifyReply, body: unknown, status?: number) =>
    isResponse(body)
      ? writeResponse(body, response, methodOf(response) === 'HEAD')
      : reply.call(adapter, response, body, status)
}

interface ExpressResponse extends NodeStream {
  readonly req: { readonly httpVersionMajor: number; readonly method: string }
}

interface NestFastifyReply extends FastifyReply {
  readonly request: { readonly method: string }
}

function methodOf(response: ExpressResponse | NestFastifyReply): string {
  return 'request' in response ? response.request.method : response.req.method
}

/** By its tag, since a server may bring a Response of its own. */
function isResponse(value: unknown): value is Response {
  return Object.prototype.toString.call(value) === '[object Response]'
}
