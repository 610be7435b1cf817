/** What both platforms' responses have, the one as its own and the other as `raw`. */
export interface ServerResponse extends NodeJS.WritableStream {
  statusMessage: string
  readonly destroyed: boolean
  readonly writableEnded: boolean
  setHeader(name: string, value: string): this
  writeHead(status: number, headers?: Readonly<Record<string, string>>): this
  flushHeaders(): void
  destroy(): void
}

/** What a handler gets with `@Res()`. */
export interface AnyResponse extends ServerResponse {
  readonly raw?: ServerResponse
  header(name: string, value: string): void
  hijack(): void
  send(body: unknown): void
}

export function rawOf(response: AnyResponse): ServerResponse {
  return response.raw ?? response
}

/** Long enough for what is written to reach the client. */
export function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5))
}
