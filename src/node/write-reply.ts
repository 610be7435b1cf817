import { varyOf } from '../reply/merge-fields.js'
import type { HeaderFields, Reply } from '../reply/reply.js'
import { emitWarning, type Warn } from '../responder/failure-warning.js'
import { caughtError, quietly } from '../responder/hooks.js'
import { phraseOf } from '../status/failure-status.js'

/** The response of Node, or one that inherits from it, such as that of Express. */
export interface NodeResponse {
  statusCode: number
  statusMessage: string
  readonly headersSent: boolean
  /** Whether the content is sent in chunks, rather than with Content-Length. */
  readonly chunkedEncoding?: boolean
  readonly writableEnded?: boolean
  readonly req?: { readonly httpVersionMajor: number; readonly socket?: { destroySoon?(): unknown } }
  getHeaderNames(): string[]
  getHeader(name: string): number | string | readonly string[] | undefined
  setHeader(name: string, value: string | string[]): unknown
  removeHeader(name: string): void
  end(body?: string): unknown
  destroy?(): unknown
  on?(event: 'error', listener: () => void): unknown
  once?(event: 'finish', listener: () => void): unknown
}

/** The reply of Fastify, which wraps the response of Node. */
export interface FastifyReply {
  readonly sent: boolean
  readonly raw: NodeResponse
  code(status: number): unknown
  header(name: string, value: string | string[]): unknown
  getHeader(name: string): number | string | readonly string[] | undefined
  removeHeader(name: string): unknown
  getHeaders(): object
  serializer(serialize: (body: unknown) => string): unknown
  send(body: unknown): unknown
}

/** The response object of a platform. */
export type PlatformResponse = NodeResponse | FastifyReply

/**
 * Writes a reply to the response of the platform. If the head was already sent, the response ends here. If the reply cannot
 * be written, this is reported and the connection is closed, so that the client never waits.
 */
export function writeReply(reply: Reply, response: PlatformResponse, warn: Warn = emitWarning): void {
  try {
    if ('raw' in response) writeToFastify(reply, response)
    else writeToNode(reply, response)
  } catch (cause) {
    // Nothing catches the errors of an exception filter.
    const consequence = 'The connection was closed, since the response could not be written'
    quietly(warn)(caughtError(consequence, 'RESPONSE_NOT_WRITTEN', cause))
    nodeResponseOf(response).destroy?.()
  }
}

function nodeResponseOf(response: PlatformResponse): NodeResponse {
  return 'raw' in response ? response.raw : response
}

function writeToNode(reply: Reply, response: NodeResponse): void {
  ignoreLateWrites(response)
  if (response.headersSent) {
    endStartedResponse(response)
    return
  }
  for (const name of response.getHeaderNames()) {
    if (SUCCESS_FIELDS.has(name)) response.removeHeader(name)
  }
  const forHttp1 = isHttp1(response)
  // Node omits a Content-Length that was removed before. For HEAD, it is among the fields of the reply.
  response.setHeader('Content-Length', String(Buffer.byteLength(reply.body ?? '')))
  writeFields(reply.headers, response, forHttp1, (name, value) => response.setHeader(name, value))
  // The status comes last: each new property changes the hidden class of an Express response, and V8 then looks up all
  // other properties anew.
  response.statusCode = reply.status
  if (forHttp1) response.statusMessage = phraseOf(reply.status)
  response.end(reply.body ?? undefined)
}

function writeToFastify(reply: Reply, response: FastifyReply): void {
  // A hijacked reply is sent through the response of Node.
  if (response.sent || response.raw.headersSent) {
    writeToNode(reply, response.raw)
    return
  }
  ignoreLateWrites(response.raw)
  // Twice, since older versions of Fastify don't remove headers of the response of Node. Only existing names are removed:
  // deleting thirteen names from Fastify's record costs more than the rest of a reply.
  for (const name of Object.keys(response.getHeaders())) {
    if (!SUCCESS_FIELDS.has(name)) continue
    response.removeHeader(name)
    response.raw.removeHeader(name)
  }
  response.code(reply.status)
  const forHttp1 = isHttp1(response.raw)
  if (forHttp1) response.raw.statusMessage = phraseOf(reply.status)
  writeFields(reply.headers, response, forHttp1, (_, value, key) => {
    if (key === 'set-cookie') response.removeHeader(key) // or Fastify would send the cookies twice
    response.header(key, value)
  })
  // Without a serializer, Fastify adds a charset, which JSON does not have. RFC 8259, 11
  if (reply.body !== null) response.serializer(String)
  response.send(reply.body ?? placeholderFor(reply))
}

/**
 * Ends a response whose head was sent, so that the client doesn't wait. With Content-Length, the content may be incomplete,
 * and the client would wait for the rest: closing the connection marks it as incomplete. RFC 9112, 8
 */
function endStartedResponse(response: NodeResponse): void {
  if (response.writableEnded === true) return
  const isSelfDelimiting = response.chunkedEncoding === true || !isHttp1(response)
  if (!isSelfDelimiting) response.once?.('finish', () => response.req?.socket?.destroySoon?.())
  response.end()
}

/** The failed handler may continue to write. Node then emits an error, which would end the process. */
function ignoreLateWrites(response: NodeResponse): void {
  response.on?.('error', ignoreError)
}

function ignoreError(): void {}

/** For HEAD, any content of the right length, since Fastify computes Content-Length from it. */
function placeholderFor({ headers }: Reply): Buffer {
  return Buffer.alloc(Number(headers['Content-Length'] ?? 0))
}

/** Header fields that described or framed the successful response, set before the failure. */
const SUCCESS_FIELDS: ReadonlySet<string> = new Set([
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-range',
  'etag',
  'expires',
  'last-modified',
  'location',
  'trailer',
  'transfer-encoding',
])

/** Connection-specific fields, which HTTP/2 forbids. RFC 9113, 8.2.2 */
const CONNECTION_FIELDS = [
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]

/** Vary and Set-Cookie are merged with existing values; other fields replace them. */
function writeFields(
  headers: HeaderFields,
  response: PlatformResponse,
  forHttp1: boolean,
  write: (name: string, value: string | string[], key: string) => unknown,
): void {
  for (const name of Object.keys(headers)) {
    const value = headers[name] as string | string[]
    const key = LOWER_CASE.get(name) ?? name.toLowerCase()
    if (!forHttp1 && CONNECTION_FIELDS.includes(key)) continue
    if (key === 'set-cookie') write(name, mergedValues(name, value, response), key)
    else if (key === 'vary') write(name, varyOf(mergedValues(name, value, response)), key)
    else write(name, value, key)
  }
}

/** The names in every reply. Fastify lowers the case of names, and looking up a new string takes several times as long. */
const LOWER_CASE: ReadonlyMap<string, string> = /*@__PURE__*/ new Map([
  ['Content-Type', 'content-type'],
  ['Cache-Control', 'cache-control'],
  ['X-Content-Type-Options', 'x-content-type-options'],
])

function mergedValues(name: string, value: string | string[], response: PlatformResponse): string[] {
  return [response.getHeader(name) ?? [], value].flat().map(String)
}

/**
 * Whether the response uses HTTP/1, whose reason phrase is set, since Node's own list is outdated. HTTP/2 has no phrases and
 * forbids connection-specific fields. RFC 9113, 8.2.2 and 8.3.2
 */
function isHttp1({ req }: NodeResponse): boolean {
  return req === undefined || req.httpVersionMajor < 2
}
