import type { FastifyReply, NodeResponse } from './platform-response.js'

/**
 * The reply through which a failure is sent in place of what the handler has sent before it failed. An asynchronous `onSend` hook
 * may delay that content: Fastify would then send it with the status of the failure, and throw at the second of both sends. So
 * the given reply writes to a response that nobody reads, and the failure is sent through a copy.
 */
export function withoutPendingSend(given: FastifyReply): FastifyReply {
  const reply: FastifyReply = Object.assign(Object.create(Object.getPrototypeOf(given)), given)
  for (const symbol of Object.getOwnPropertySymbols(reply)) setOwnFields(reply, symbol)
  discardPendingSend(given)
  return reply
}

/** Makes a reply write to a response that nobody reads. */
export function discardPendingSend(given: FastifyReply): void {
  const { raw } = given
  // `http-failure` also runs where there is no such module.
  const http = globalThis.process?.getBuiltinModule?.('node:http')
  if (http === undefined) return
  const unread = new http.ServerResponse(raw.req as never)
  // Access logs read the status.
  Object.defineProperty(unread, 'statusCode', { get: () => raw.statusCode, set: () => undefined })
  Object.assign(given, { raw: unread })
  given.hijack()
}

/** Fastify keeps header fields under a symbol, which a pending send changes, and trailers, which belong to the success. */
function setOwnFields(reply: object, symbol: symbol): void {
  if (symbol.description === 'fastify.reply.headers') Reflect.set(reply, symbol, { ...Reflect.get(reply, symbol) })
  if (symbol.description === 'fastify.reply.trailers') Reflect.set(reply, symbol, null)
}

/**
 * Discards what a stream of the handler writes to a response until the failure is written, if an `onSend` hook delays that. Fastify
 * sets header fields or writes the head first.
 */
export function discardUntilWritten(raw: NodeResponse): void {
  // A middleware may have replaced methods.
  const replaced = Object.getOwnPropertyDescriptors(raw) as PropertyDescriptorMap
  const lift = () => {
    for (const name of [...WRITING, ...BEFORE_WRITING]) restore(raw, name, replaced[name])
  }
  for (const name of WRITING) Reflect.set(raw, name, () => true)
  for (const name of BEFORE_WRITING) {
    Reflect.set(raw, name, (...given: unknown[]) => {
      lift()
      return Reflect.apply(Reflect.get(raw, name), raw, given)
    })
  }
}

const WRITING = ['write', 'end']
const BEFORE_WRITING = ['setHeader', 'writeHead']

function restore(object: object, name: string, descriptor: PropertyDescriptor | undefined): void {
  if (descriptor === undefined) Reflect.deleteProperty(object, name)
  else Object.defineProperty(object, name, descriptor)
}
