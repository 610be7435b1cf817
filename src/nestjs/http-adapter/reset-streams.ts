import type { AbstractHttpAdapter } from '@nestjs/core'
import { breakOff } from '../../node/break-off.js'
import type { NodeResponse, PlatformResponse } from '../../node/platform-response.js'

/**
 * Over HTTP/2, resets the stream of a response that fails half-way: a `StreamableFile`, a stream or a Fetch `Response`. Fastify
 * destroys such a response, which closes the connection of HTTP/1, but ends the stream of HTTP/2 in an orderly way, so that the
 * response looks complete. RFC 9113, 8.1
 */
export function resetFailedStreams(adapter: AbstractHttpAdapter): void {
  const reply = adapter.reply
  adapter.reply = (response: PlatformResponse, body: unknown, status?: number) => {
    if (typeof body === 'object' && 'raw' in response && response.raw.stream !== undefined) resetOnDestroy(response.raw)
    return reply.call(adapter, response, body, status)
  }
}

function resetOnDestroy(response: NodeResponse): void {
  response.destroy = () => breakOff(response)
}
