/** The methods under which the path of a request exists; empty if it doesn't. */
export type MethodsOf = (request: PlatformRequest) => readonly string[]

/** The parts of a platform's request that determine its route. */
export interface PlatformRequest {
  readonly method: string
  /** As received by the router: a middleware or an option of Fastify may have rewritten it. */
  readonly url: string
  /** The prefix that Express has removed for a mounted router or application. */
  readonly baseUrl?: string
}

/** The path that the router of the platform has looked up. */
export function lookedUpPath({ baseUrl = '', url }: PlatformRequest): string {
  return `${baseUrl}${url}`.replace(/[?#].*$/s, '')
}
