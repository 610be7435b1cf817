/** The methods that the path of a request is known under; empty where it is unknown. */
export type MethodsOf = (request: PlatformRequest) => readonly string[]

/** The request of a platform, as far as a route is found by it. */
export interface PlatformRequest {
  readonly method: string
  /** As the router has got it: a middleware, or an option of Fastify, may have rewritten it. */
  readonly url: string
  /** What Express has taken off for a router or an application that is mounted somewhere. */
  readonly baseUrl?: string
}

/** The path of a request that the router of the platform has looked for. */
export function pathOf({ baseUrl = '', url }: PlatformRequest): string {
  return `${baseUrl}${url}`.replace(/[?#].*$/s, '')
}
