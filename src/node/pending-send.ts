import type { FastifyReply, NodeResponse } from './platform-response.js'

/**
 * The reply through which a failure is sent in place of what the handler has sent before it failed. An asynchronous hook may delay
 * that content: Fastify would then send it with the status of the failure, and throw at the second of both sends. So the given
 * reply writes to a response that nobody reads, and the failure is sent through a copy.
 */
export function withoutPendingSend(given: FastifyReply): FastifyReply {
  const isDelayed = isDelayedByHooks(given)
  const reply = isDelayed ? copied(given) : given
  const trailers = ownSymbol(reply, 'fastify.reply.trailers')
  // They belong to the success.
  if (trailers !== undefined) Reflect.set(reply, trailers, null)
  if (isDelayed) discardPendingSend(given)
  return reply
}

/** The header fields are copied as well, since a pending send changes them. */
function copied(given: FastifyReply): FastifyReply {
  const reply: FastifyReply = Object.assign(Object.create(Object.getPrototypeOf(given)), given)
  const headers = ownSymbol(reply, 'fastify.reply.headers')
  if (headers !== undefined) Reflect.set(reply, headers, { ...Reflect.get(reply, headers) })
  return reply
}

/** Fastify keeps its own members under symbols. */
function ownSymbol(object: object, name: string): symbol | undefined {
  return Object.getOwnPropertySymbols(object).find(({ description }) => description === name)
}

/** Whether the route has hooks that may delay content. The copy costs as much as all other work for a failure. */
function isDelayedByHooks({ request }: FastifyReply): boolean {
  const context = ownSymbol(request ?? {}, 'fastify.context')
  const hooks: HooksOfRoute | undefined = context && Reflect.get(request as object, context)
  return hooks?.onSend !== null || hooks.preSerialization !== null
}

/** The context of a route in Fastify, where hooks that a route does not have are `null`. */
interface HooksOfRoute {
  readonly onSend: object | null
  readonly preSerialization: object | null
}

/** Makes a reply write to a response that nobody reads, until the response to the failure is closed. */
export function discardPendingSend(given: FastifyReply): void {
  const { raw } = given
  // `http-failure` also runs where there are no such modules.
  const http = globalThis.process?.getBuiltinModule?.('node:http')
  const stream = globalThis.process?.getBuiltinModule?.('node:stream')
  if (http === undefined || stream === undefined) return
  const unread = new http.ServerResponse(raw.req as never)
  const sink = new stream.Writable({ write: (_chunk, _encoding, done) => done() })
  unread.assignSocket(sink as never)
  // Fastify then destroys the stream that it was to send.
  raw.once?.('close', () => sink.destroy())
  // Access logs read the status.
  Object.defineProperty(unread, 'statusCode', { get: () => raw.statusCode, set: () => undefined })
  Object.assign(given, { raw: unread })
  given.hijack()
}

/**
 * Discards what the handler writes to a response until the failure is written, if an `onSend` hook delays that. Fastify sets
 * header fields or writes the head first.
 */
export function discardUntilWritten(raw: NodeResponse): void {
  // A middleware may have replaced methods.
  const replaced = Object.getOwnPropertyDescriptors(raw) as PropertyDescriptorMap
  const lift = () => {
    for (const name of [...WRITING, ...BEFORE_WRITING]) restore(raw, name, replaced[name])
  }
  for (const name of WRITING) Reflect.set(raw, name, discard)
  for (const name of BEFORE_WRITING) {
    Reflect.set(raw, name, (...given: unknown[]) => {
      lift()
      return Reflect.apply(Reflect.get(raw, name), raw, given)
    })
  }
}

/** Whether a stream is piped to a response. */
export function isPipedTo(raw: NodeResponse): boolean {
  return (raw.listenerCount?.('unpipe') ?? 0) > 0
}

/**
 * Discards what is written to a response from now on, except through the returned object: a stream of the handler that was piped
 * to the response before would be mixed with the content of the failure.
 */
export function onlyThrough(raw: NodeResponse): NodeResponse {
  const writing = new Map<PropertyKey, unknown>(WRITING.map((name) => [name, Reflect.get(raw, name)]))
  for (const name of WRITING) Reflect.set(raw, name, discard)
  return new Proxy(raw, {
    get(_, name) {
      const value: unknown = writing.get(name) ?? Reflect.get(raw, name)
      return typeof value === 'function' ? value.bind(raw) : value
    },
    set: (_, name, value) => Reflect.set(raw, name, value),
  })
}

function discard(): boolean {
  return true
}

const WRITING = ['write', 'end']
const BEFORE_WRITING = ['setHeader', 'writeHead']

function restore(object: object, name: string, descriptor: PropertyDescriptor | undefined): void {
  if (descriptor === undefined) Reflect.deleteProperty(object, name)
  else Object.defineProperty(object, name, descriptor)
}
