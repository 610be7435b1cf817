import { asString, hasMethod, memberOf } from '../problem/unknown-values.js'
import { fieldOf } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'

/**
 * A request, as far as a response depends on it: a Fetch `Request`, the `IncomingMessage` of Node, or the request of a
 * framework based on either.
 *
 * @example const incoming: RequestLike = { method: 'GET', url: '/books/1', headers: { accept: 'text/html' } }
 */
export interface RequestLike {
  readonly method?: string | undefined
  readonly url?: string | undefined
  /** The original URL, in frameworks that rewrite `url` for mounted applications. */
  readonly originalUrl?: string | undefined
  readonly headers?: Headers | Readonly<Record<string, string | readonly string[] | undefined>> | undefined
}

/**
 * A message that caused an error, for transports other than HTTP: a queue, a socket, a GraphQL query.
 *
 * @example const message: MessageLike = { transport: 'bullmq', pattern: 'orders.place', data: { isbn: '978-0131103627' } }
 */
export interface MessageLike {
  /** The name of the transport, such as `rpc`. */
  readonly transport: string
  /** The pattern of the message, the name of the event, or the field of the query. */
  readonly pattern?: string | undefined
  /** The method that handles the message, such as `OrdersController.place`. */
  readonly handler?: string | undefined
  /** The content of the message. */
  readonly data?: unknown
  /** The object of the transport: a socket, the context of a message. */
  readonly raw?: unknown
  /** The HTTP request, if there is one: the handshake of a WebSocket, the request with a GraphQL query. */
  readonly request?: RequestLike | undefined
}

/**
 * The context of an error, the last argument of all hooks but `onWarning`, the same in every framework.
 *
 * @example const requestId = ({ header }: FailureContext) => header('x-request-id')
 */
export interface FailureContext {
  /** The thrown error. */
  readonly error: unknown
  /** `http`, or the transport of the message: `graphql`, `rpc` or `ws` in Nest. */
  readonly transport: string
  /** The method of the request, in upper case; `undefined` without a request. */
  readonly method: string | undefined
  /** The path of the request, without the query; `undefined` without a request. */
  readonly path: string | undefined
  /** The pattern of a message, the name of an event, or a field such as `Query.book`; `undefined` for HTTP. */
  readonly pattern: string | undefined
  /** The method that handles a message, such as `Orders.place`; `undefined` for HTTP, and if it is unknown. */
  readonly handler: string | undefined
  /** The content of a message, or the arguments of a field; `undefined` for HTTP. */
  readonly data: unknown
  /** A header field of the request, by case-insensitive name; several values are joined with a comma. */
  header(name: string): string | undefined
  /** The languages that the client accepts, in order of preference: `['de-CH', 'de', 'en']`. RFC 9110, 12.5.4 */
  readonly languages: readonly string[]
  /** The request object of the framework; for a message, the object of its transport. */
  readonly raw: unknown
}

/** The context for one error and its origin. Computes each value on access. */
export class ErrorContext implements FailureContext {
  // `declare`, since a definition of fields would be one more call for each error.
  declare readonly error: unknown
  declare readonly raw: unknown
  /** The HTTP request, if there is one. */
  declare readonly request: RequestLike | undefined
  private declare readonly message: MessageLike | undefined
  // A property rather than a method, so that hooks can destructure it.
  declare readonly header: (name: string) => string | undefined

  constructor(error: unknown, origin: RequestLike | MessageLike | undefined) {
    this.error = error
    this.raw = origin
    this.request = origin as RequestLike | undefined
    this.message = undefined
    try {
      // An own property, since `Object.prototype` may have been polluted.
      if (origin !== undefined && Object.hasOwn(origin, 'transport')) {
        const message = origin as MessageLike
        if (typeof message.transport === 'string') {
          this.message = message
          this.raw = message.raw
          this.request = message.request
        }
      }
    } catch {
      // The origin may be a value of any type, or a revoked proxy.
    }
    this.header = (name) => {
      try {
        return headerOf(this.request?.headers, name)
      } catch {
        // Reading the request may throw.
        return undefined
      }
    }
  }

  get transport(): string {
    return asString(memberOf(this.message, 'transport')) ?? 'http'
  }

  get method(): string | undefined {
    try {
      return this.request?.method?.toUpperCase()
    } catch {
      // Reading the request may throw, and its method may not be a string.
      return undefined
    }
  }

  get path(): string | undefined {
    const { request } = this
    const url = asString(memberOf(request, 'originalUrl')) ?? asString(memberOf(request, 'url'))
    return url === undefined ? undefined : pathOfUrl(url)
  }

  get pattern(): string | undefined {
    return asString(memberOf(this.message, 'pattern'))
  }

  get handler(): string | undefined {
    return asString(memberOf(this.message, 'handler'))
  }

  get data(): unknown {
    return memberOf(this.message, 'data')
  }

  get languages(): readonly string[] {
    return languagesIn(this.header('accept-language') ?? '')
  }
}

/** Names are case-insensitive: Node's are in lower case, those of other records may not be. RFC 9110, 5.1 */
function headerOf(headers: RequestLike['headers'], name: string): string | undefined {
  if (headers === undefined || headers === null) return undefined
  if (isHeaders(headers)) return headers.get(name) ?? undefined
  const value: unknown = fieldOf(headers as HeaderFields, name)
  return Array.isArray(value) ? value.join(', ') : asString(value)
}

/** Checks for a method, since a server may have its own Headers class. */
function isHeaders(headers: object): headers is Headers {
  return hasMethod(headers, 'get')
}

/** The path of an absolute URL or of an origin-form target. RFC 9112, 3.2 */
function pathOfUrl(url: string): string {
  const withoutOrigin = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  return withoutOrigin.replace(/[?#].*$/s, '') || '/'
}

/** Languages with weight zero are not acceptable, and `*` is not a language. RFC 9110, 12.5.4 */
function languagesIn(accepted: string): string[] {
  const ranges = accepted
    .slice(0, LONGEST_ACCEPT_LANGUAGE)
    .matchAll(/(?<![^,])\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?(?![^,])/gi)
  return Array.from(ranges, ([, language = '', weight = 1]) => ({ language, weight: Number(weight) }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ language }) => language)
}

/** The rest of a longer Accept-Language is ignored. */
const LONGEST_ACCEPT_LANGUAGE = 2048
