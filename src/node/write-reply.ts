import { varyOf } from '../reply/merge-fields.js'
import { type HeaderFields, phraseOf, type Reply } from '../reply/reply.js'
import { emitWarning, FailureWarning, type Warn } from '../responder/failure-warning.js'
import { quietly } from '../responder/hooks.js'

/** The response of Node, and of what is built on it by inheritance, such as that of Express. */
export interface NodeResponse {
  statusCode: number
  statusMessage: string
  readonly headersSent: boolean
  /** Whether the content ends with a chunk of its own, rather than after a length that was announced. */
  readonly chunkedEncoding?: boolean
  readonly writableEnded?: boolean
  readonly req?: { readonly httpVersionMajor: number; readonly socket?: { destroySoon?(): unknown } }
  getHeaderNames(): string[]
  getHeader(name: string): number | string | readonly string[] | undefined
  setHeader(name: string, value: string | readonly string[]): unknown
  removeHeader(name: string): void
  end(body?: string): unknown
  destroy?(): unknown
  on?(event: 'error', listener: () => void): unknown
  once?(event: 'finish', listener: () => void): unknown
}

/** The reply of Fastify, which has the response of Node behind it. */
export interface FastifyReply {
  readonly sent: boolean
  readonly raw: NodeResponse
  code(status: number): unknown
  header(name: string, value: string | readonly string[]): unknown
  getHeader(name: string): number | string | readonly string[] | undefined
  removeHeader(name: string): unknown
  getHeaders(): object
  serializer(serialize: (body: unknown) => string): unknown
  send(body: unknown): unknown
}

/** What a platform answers with. */
export type PlatformResponse = NodeResponse | FastifyReply

/**
 * Writes a reply to the response of the platform; where an answer has begun already, that one ends here. Whatever
 * happens, the client does not wait for more: an answer that cannot be written is reported, and the connection closed.
 */
export function writeReply(reply: Reply, response: PlatformResponse, warn: Warn = emitWarning): void {
  try {
    if ('raw' in response) writeToFastify(reply, response)
    else writeToNode(reply, response)
  } catch (cause) {
    // Nobody catches what an exception filter throws.
    quietly(warn)(new FailureWarning('An answer could not be written, so its connection was closed', { cause }))
    nodeResponseOf(response).destroy?.()
  }
}

function nodeResponseOf(response: PlatformResponse): NodeResponse {
  return 'raw' in response ? response.raw : response
}

function writeToNode(reply: Reply, response: NodeResponse): void {
  surviveLateWrites(response)
  if (response.headersSent) {
    endBegun(response)
    return
  }
  for (const name of response.getHeaderNames()) {
    if (ABOUT_A_SUCCESS.has(name)) response.removeHeader(name)
  }
  const forHttp1 = isHttp1(response)
  // Node leaves the length out once it has been removed; that of a HEAD is among the fields of the reply.
  response.setHeader('Content-Length', String(Buffer.byteLength(reply.body ?? '')))
  writeFields(reply.headers, response, forHttp1, (name, value) => response.setHeader(name, value))
  // The status comes last: on Express, V8 gives every response a new hidden class for each property that it gets, and
  // then looks for all others anew.
  response.statusCode = reply.status
  if (forHttp1) response.statusMessage = phraseOf(reply.status)
  response.end(reply.body ?? undefined)
}

function writeToFastify(reply: Reply, response: FastifyReply): void {
  // One that was hijacked has its answer written to the response behind it.
  if (response.sent || response.raw.headersSent) {
    writeToNode(reply, response.raw)
    return
  }
  surviveLateWrites(response.raw)
  // Twice, since older versions of Fastify leave alone what was set below the reply. What is not there is left alone:
  // to delete thirteen names from the record of Fastify costs more than all the rest of an answer.
  for (const name of Object.keys(response.getHeaders())) {
    if (!ABOUT_A_SUCCESS.has(name)) continue
    response.removeHeader(name)
    response.raw.removeHeader(name)
  }
  response.code(reply.status)
  const forHttp1 = isHttp1(response.raw)
  if (forHttp1) response.raw.statusMessage = phraseOf(reply.status)
  writeFields(reply.headers, response, forHttp1, (name, value) => {
    if (name.toLowerCase() === 'set-cookie') response.removeHeader(name) // or Fastify would repeat the cookies
    response.header(name, value)
  })
  // With a serializer, or Fastify would add a charset that JSON does not have. RFC 8259, 11
  if (reply.body !== null) response.serializer(String)
  response.send(reply.body ?? bytesInPlaceOf(reply))
}

/**
 * Ends an answer that has begun, so that the client can go on. One that announced its length may lack some of it, and
 * the client would wait for the rest: there, the end of the connection tells that it is cut off. RFC 9112, 8
 */
function endBegun(response: NodeResponse): void {
  if (response.writableEnded === true) return
  const tellsItsEnd = response.chunkedEncoding === true || !isHttp1(response)
  if (!tellsItsEnd) response.once?.('finish', () => response.req?.socket?.destroySoon?.())
  response.end()
}

/** What a handler has left behind may go on writing. Node reports that with an error, which would end the process. */
function surviveLateWrites(response: NodeResponse): void {
  response.on?.('error', ignore)
}

function ignore(): void {}

/** For HEAD, any bytes of that length, since Fastify measures what it does not send. */
function bytesInPlaceOf({ headers }: Reply): Buffer {
  return Buffer.alloc(Number(headers['Content-Length'] ?? 0))
}

/** What described, or framed, the success that had begun on the same response. */
const ABOUT_A_SUCCESS: ReadonlySet<string> = new Set([
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

/** Vary and the cookies add to what was set before; any other field replaces it. */
function writeFields(
  headers: HeaderFields,
  response: PlatformResponse,
  forHttp1: boolean,
  write: (name: string, value: string | readonly string[]) => unknown,
): void {
  for (const name of Object.keys(headers)) {
    const value = headers[name] as string | readonly string[]
    const key = name.toLowerCase()
    if (!forHttp1 && CONNECTION_FIELDS.includes(key)) continue
    if (key === 'set-cookie') write(name, [...earlierValues(name, response), ...[value].flat()])
    else if (key === 'vary') write(name, varyOf([...earlierValues(name, response), ...[value].flat()]))
    else write(name, value)
  }
}

function earlierValues(name: string, response: PlatformResponse): string[] {
  return [response.getHeader(name) ?? []].flat().map(String)
}

/**
 * Whether it has a phrase: that of the registry, where that of Node is an older one. HTTP/2 has none, and forbids the
 * connection-specific fields. RFC 9113, 8.2.2 and 8.3.2
 */
function isHttp1({ req }: NodeResponse): boolean {
  return req === undefined || req.httpVersionMajor < 2
}
