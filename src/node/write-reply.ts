import type { HeaderFields, Reply } from '../reply/reply.js'

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
  if (response.statusMessage) response.statusMessage = ''
  for (const [name, value] of fieldsToWrite(reply.headers, response)) response.setHeader(name, value)
  response.end(reply.body ?? undefined)
}

function writeToFastify(reply: Reply, response: FastifyReply): void {
  if (response.sent || response.raw.headersSent) {
    response.raw.end()
    return
  }
  for (const name of ABOUT_A_SUCCESS) {
    response.removeHeader(name)
    response.raw.removeHeader(name)
  }
  response.code(reply.status)
  for (const [name, value] of fieldsToWrite(reply.headers, response)) response.header(name, value)
  // As bytes, or Fastify would add a charset that JSON does not have. RFC 8259, 11
  response.send(reply.body === null ? undefined : Buffer.from(reply.body))
}

/** What described the success that had begun on the same response. */
const ABOUT_A_SUCCESS = [
  'Cache-Control',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Length',
  'Content-Range',
  'ETag',
  'Expires',
  'Last-Modified',
]

/** Connection-specific fields, which HTTP/2 forbids. RFC 9113, 8.2.2 */
const CONNECTION_FIELDS = ['connection', 'upgrade']

function fieldsToWrite(headers: HeaderFields, response: PlatformResponse): [string, string | readonly string[]][] {
  const fields = Object.entries(headers).map(([name, value]): [string, string | readonly string[]] =>
    name.toLowerCase() === 'vary' ? [name, [response.getHeader('Vary') ?? [], value].flat().join(', ')] : [name, value],
  )
  if (isHttp1(response)) return fields
  return fields.filter(([name]) => !CONNECTION_FIELDS.includes(name.toLowerCase()))
}

function isHttp1(response: PlatformResponse): boolean {
  const { req } = 'raw' in response ? response.raw : response
  return req === undefined || req.httpVersionMajor < 2
}
