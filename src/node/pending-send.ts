import type { FastifyReply } from './platform-response.js'

/**
 * The reply through which a failure is sent in place of what the handler has sent before it failed. An asynchronous `onSend` hook
 * may delay that content: Fastify would then send it with the status of the failure, and throw at the second of both sends. So
 * the given reply writes to a response that nobody reads, and the failure is sent through a copy.
 */
export function withoutPendingSend(given: FastifyReply): FastifyReply {
  const { raw } = given
  // `http-failure` also runs where there is no such module.
  const http = globalThis.process?.getBuiltinModule?.('node:http')
  if (http === undefined) return given
  const reply: FastifyReply = Object.assign(Object.create(Object.getPrototypeOf(given)), given)
  for (const symbol of Object.getOwnPropertySymbols(reply)) copyRecord(reply, symbol)
  const unread = new http.ServerResponse(raw.req as never)
  // Access logs read the status.
  Object.defineProperty(unread, 'statusCode', { get: () => raw.statusCode, set: () => undefined })
  Object.assign(given, { raw: unread })
  given.hijack()
  return reply
}

/** Fastify keeps the header fields in a record under a symbol. A pending send changes them. */
function copyRecord(reply: object, symbol: symbol): void {
  const value: unknown = Reflect.get(reply, symbol)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return
  Reflect.set(reply, symbol, { ...value })
}
