import type { AbstractHttpAdapter } from '@nestjs/core'
import { breakOff } from '../../node/break-off.js'
import type { FastifyReply } from '../../node/platform-response.js'

/**
 * Over HTTP/2, resets the stream of a response that fails half-way: a `StreamableFile`, a stream or a Fetch `Response`. Fastify
 * destroys such a response, which closes the connection of HTTP/1, but ends the stream of HTTP/2 in an orderly way, so that the
 * response looks complete. RFC 9113, 8.1
 */
export function resetFailedStreams(adapter: AbstractHttpAdapter): void {
  if (adapter.getType() !== 'fastify') return
  const fastify = adapter.getInstance<FastifyApplication>()
  if (fastify.initialConfig?.http2) fastify.addHook('onRequest', resetOnDestroy)
}

/** Fastify, as far as it is used here. */
interface FastifyApplication {
  readonly initialConfig?: { readonly http2?: boolean }
  addHook(name: 'onRequest', hook: typeof resetOnDestroy): unknown
}

function resetOnDestroy(_request: unknown, { raw }: FastifyReply, done: () => void): void {
  raw.destroy = () => breakOff(raw)
  done()
}
