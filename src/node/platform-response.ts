/** The response of Node, or one that inherits from it, such as that of Express. */
export interface NodeResponse {
  statusCode: number
  statusMessage: string
  readonly headersSent: boolean
  readonly writableEnded?: boolean
  readonly req?: { readonly httpVersionMajor: number }
  /** `null` for a pipelined response before its turn. */
  readonly socket?: { destroySoon?(): unknown } | null
  /** The stream of HTTP/2. */
  readonly stream?: { close(code: number): unknown }
  getHeaderNames(): string[]
  getHeader(name: string): number | string | readonly string[] | undefined
  setHeader(name: string, value: string | string[]): unknown
  removeHeader(name: string): void
  end(body?: string | Uint8Array): unknown
  destroy?: (() => unknown) | undefined
  on?(event: 'error', listener: () => void): unknown
  listenerCount?(event: 'unpipe'): number
  once?(event: 'socket' | 'close', listener: () => void): unknown
}

/** The reply of Fastify, which wraps the response of Node. */
export interface FastifyReply {
  readonly sent: boolean
  readonly request: object
  readonly raw: NodeResponse
  code(status: number): unknown
  header(name: string, value: string | string[]): unknown
  getHeader(name: string): number | string | readonly string[] | undefined
  removeHeader(name: string): unknown
  getHeaders(): object
  hijack(): unknown
  serializer(serialize: (body: unknown) => string): unknown
  send(body: unknown): unknown
}

/** The response object of a platform. */
export type PlatformResponse = NodeResponse | FastifyReply

/**
 * Whether the response uses HTTP/1, whose reason phrase is set, since Node's own list is outdated. HTTP/2 has no phrases and
 * forbids connection-specific fields. RFC 9113, 8.2.2 and 8.3.2
 */
export function isHttp1({ req }: NodeResponse): boolean {
  return req === undefined || req.httpVersionMajor < 2
}
