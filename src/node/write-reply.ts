import { varyOf } from '../reply/merge-fields.js'
import { type HeaderFields, phraseOf, type Reply } from '../reply/reply.js'

/** The response of Node, and of what is built on it by inheritance, such as that of Express. */
export interface NodeResponse {
  statusCode: number
  statusMessage: string
  readonly headersSent: boolean
  readonly req?: { readonly httpVersionMajor: number }
  getHeader(name: string): number | string | readonly string[] | undefined
  setHeader(name: string, value: string | readonly string[]): unknown
  removeHeader(name: string): void
  end(body?: string): unknown
}

/** The reply of Fastify, which has the response of Node behind it. */
export interface FastifyReply {
  readonly sent: boolean
  readonly raw: NodeResponse
  code(status: number): unknown
  header(name: string, value: string | readonly string[]): unknown
  getHeader(name: string): number | string | readonly string[] | undefined
  removeHeader(name: string): unknown
  send(body: unknown): unknown
}

/** What a platform answers with. */
export type PlatformResponse = NodeResponse | FastifyReply

/** Writes a reply to the response of the platform; where an answer has begun already, that one ends here. */
export function writeReply(reply: Reply, response: PlatformResponse): void {
  if ('raw' in response) writeToFastify(reply, response)
  else writeToNode(reply, response)
}

function writeToNode(reply: Reply, response: NodeResponse): void {
  if (response.headersSent) {
    response.end()
    return
  }
  for (const name of ABOUT_A_SUCCESS) response.removeHeader(name)
  response.statusCode = reply.status
  setPhrase(response, reply.status)
  // Node leaves the length out once it has been removed; that of a HEAD is among the fields of the reply.
  response.setHeader('Content-Length', String(Buffer.byteLength(reply.body ?? '')))
  for (const [name, value] of fieldsToWrite(reply.headers, response)) response.setHeader(name, value)
  response.end(reply.body ?? undefined)
}

function writeToFastify(reply: Reply, response: FastifyReply): void {
  // One that was hijacked has its answer written to the response behind it.
  if (response.sent || response.raw.headersSent) {
    writeToNode(reply, response.raw)
    return
  }
  // Twice, since older versions of Fastify leave alone what was set below the reply.
  for (const name of ABOUT_A_SUCCESS) {
    response.removeHeader(name)
    response.raw.removeHeader(name)
  }
  response.code(reply.status)
  setPhrase(response.raw, reply.status)
  for (const [name, value] of fieldsToWrite(reply.headers, response)) {
    response.removeHeader(name) // or Fastify would repeat the cookies
    response.header(name, value)
  }
  response.send(bytesOf(reply))
}

/**
 * As bytes, or Fastify would add a charset that JSON does not have; for HEAD any bytes of that length, since Fastify
 * measures what it does not send. RFC 8259, 11
 */
function bytesOf({ headers, body }: Reply): Buffer {
  return body === null ? Buffer.alloc(Number(headers['Content-Length'] ?? 0)) : Buffer.from(body)
}

/** The phrase of the registry, where that of Node is an older one; HTTP/2 has none. RFC 9113, 8.3.2 */
function setPhrase(response: NodeResponse, status: number): void {
  if (isHttp1(response)) response.statusMessage = phraseOf(status)
}

/** What described, or framed, the success that had begun on the same response. */
const ABOUT_A_SUCCESS = [
  'Cache-Control',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Language',
  'Content-Length',
  'Content-Location',
  'Content-Range',
  'ETag',
  'Expires',
  'Last-Modified',
  'Location',
  'Trailer',
  'Transfer-Encoding',
]

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

function fieldsToWrite(headers: HeaderFields, response: PlatformResponse): [string, string | readonly string[]][] {
  const fields = Object.entries(headers).map(([name, value]): [string, string | readonly string[]] => [
    name,
    withEarlier(name, value, response),
  ])
  if (isHttp1('raw' in response ? response.raw : response)) return fields
  return fields.filter(([name]) => !CONNECTION_FIELDS.includes(name.toLowerCase()))
}

/** Vary and the cookies add to what was set before; any other field replaces it. */
function withEarlier(
  name: string,
  value: string | readonly string[],
  response: PlatformResponse,
): string | readonly string[] {
  const earlier = () => [response.getHeader(name) ?? []].flat().map(String)
  if (name.toLowerCase() === 'set-cookie') return [...earlier(), ...[value].flat()]
  return name.toLowerCase() === 'vary' ? varyOf([...earlier(), ...[value].flat()]) : value
}

function isHttp1({ req }: NodeResponse): boolean {
  return req === undefined || req.httpVersionMajor < 2
}
