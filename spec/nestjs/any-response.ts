/** Node's response: the response of Express itself, and the `raw` of Fastify's reply. */
export interface ServerResponse extends NodeJS.WritableStream {
  statusMessage: string
  readonly destroyed: boolean
  readonly writableEnded: boolean
  setHeader(name: string, value: string): this
  writeHead(status: number, headers?: Readonly<Record<string, string>>): this
  flushHeaders(): void
  destroy(): void
}

/** The response of Express or Fastify that a handler receives with `@Res()`. */
export interface AnyResponse extends ServerResponse {
  readonly raw?: ServerResponse
  header(name: string, value: string): void
  hijack(): void
  send(body: unknown): void
}

export function rawOf(response: AnyResponse): ServerResponse {
  return response.raw ?? response
}

/** Waits long enough for written content to reach the client. */
export function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5))
}
