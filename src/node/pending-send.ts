import { memberOf } from '../problem/unknown-values.js'
import type { FastifyReply, NodeResponse } from './platform-response.js'

/**
 * The reply for a failure, without the content that the handler has sent before it failed. An asynchronous hook may delay that
 * content: Fastify would then send it with the status of the failure, and throw at the second send. So the given reply writes to
 * an unread response, and the failure is sent through a copy.
 */
export function withoutPendingSend(given: FastifyReply): FastifyReply {
  const { raw } = given
  const isDelayed = isDelayedByHooks(given)
  const reply = isDelayed ? copied(given) : given
  // They belong to the success.
  changeOwn(reply, 'fastify.reply.trailers', () => null)
  if (isDelayed) discardPendingSend(given)
  if (isDelayed || isPipedTo(raw)) Object.assign(reply, { raw: onlyThrough(raw) })
  return reply
}

/** The header fields are copied as well, since a pending send changes them. */
function copied(given: FastifyReply): FastifyReply {
  const reply: FastifyReply = Object.assign(Object.create(Object.getPrototypeOf(given)), given)
  changeOwn(reply, 'fastify.reply.headers', (headers) => ({ ...headers }))
  return reply
}

/** Fastify keeps its own members under symbols. */
function changeOwn(reply: FastifyReply, name: string, change: (value: object) => object | null): void {
  for (const symbol of Object.getOwnPropertySymbols(reply)) {
    if (symbol.description === name) Reflect.set(reply, symbol, change(Reflect.get(reply, symbol)))
  }
}

/**
 * Whether the route has hooks that may delay content; `null` in the context of the route if it has none. The copy costs as much
 * as all other work for a failure.
 */
function isDelayedByHooks({ request }: FastifyReply): boolean {
  const symbol = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'fastify.context')
  const context = memberOf(request, symbol as symbol)
  return memberOf(context, 'onSend') !== null || memberOf(context, 'preSerialization') !== null
}

/** Makes a reply write to an unread response, until the response to the failure is closed. */
export function discardPendingSend(given: FastifyReply): void {
  const { raw } = given
  // `http-failure` also runs where there are no such modules.
  const builtinModule = globalThis.process?.getBuiltinModule
  if (builtinModule === undefined) return
  const http = builtinModule('node:http')
  const stream = builtinModule('node:stream')
  // Not the request itself, since trailers of HTTP/2 would make a response of HTTP/1.1 throw.
  const unread = new http.ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 } as never)
  const sink = new stream.Writable({ write: (_chunk, _encoding, done) => done() })
  unread.assignSocket(sink as never)
  // Fastify then destroys the stream that it was to send.
  raw.once?.('close', () => sink.destroy())
  // Access logs read the status.
  Object.defineProperty(unread, 'statusCode', { get: () => raw.statusCode, set: () => undefined })
  Object.assign(given, { raw: Object.assign(unread, { req: raw.req }) })
  given.hijack()
}

/** Whether a stream is piped to a response. */
function isPipedTo(raw: NodeResponse): boolean {
  return (raw.listenerCount?.('unpipe') ?? 0) > 0
}

/**
 * Discards all later writes to a response, except those through the returned object. The handler may continue to write, or a
 * stream may be piped to the response; its content would be mixed with that of the failure.
 */
function onlyThrough(raw: NodeResponse): NodeResponse {
  // A middleware may have replaced methods.
  const methods = Object.getOwnPropertyDescriptors(raw) as PropertyDescriptorMap
  const discard = () => {
    for (const name of WRITING) Reflect.set(raw, name, ignoreWrite)
  }
  /** The methods call each other. */
  const through = (name: string, given: unknown[]) => {
    for (const method of WRITING) restore(raw, method, methods[method])
    try {
      return Reflect.apply(Reflect.get(raw, name), raw, given)
    } finally {
      discard()
    }
  }
  discard()
  return new Proxy(raw, {
    get(_, name) {
      if (WRITING.includes(name as string)) return (...given: unknown[]) => through(name as string, given)
      const value: unknown = Reflect.get(raw, name)
      return typeof value === 'function' ? value.bind(raw) : value
    },
    set: (_, name, value) => Reflect.set(raw, name, value),
  })
}

function ignoreWrite(): boolean {
  return true
}

const WRITING: readonly string[] = [
  ...['write', 'end', 'writeHead', 'flushHeaders'],
  ...['setHeader', 'setHeaders', 'appendHeader', 'removeHeader'],
]

function restore(object: object, name: string, descriptor: PropertyDescriptor | undefined): void {
  if (descriptor === undefined) Reflect.deleteProperty(object, name)
  else Object.defineProperty(object, name, descriptor)
}
