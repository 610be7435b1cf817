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
 * The context of an error, the last argument of all hooks but `onWarning`, the same in every framework.
 *
 * @example const requestId = ({ header }: FailureContext) => header('x-request-id')
 */
export interface FailureContext {
  /** The thrown error. */
  readonly error: unknown
  /** The method of the request, in upper case; `undefined` without a request. */
  readonly method: string | undefined
  /** The path of the request, without the query; `undefined` without a request. */
  readonly path: string | undefined
  /** A header field of the request, by case-insensitive name; several values are joined with a comma. */
  header(name: string): string | undefined
  /** The languages that the client accepts, in order of preference: `['de-CH', 'de', 'en']`. RFC 9110, 12.5.4 */
  readonly languages: readonly string[]
  /** The request object of the framework. */
  readonly raw: unknown
}

/** The context for one error and request. Computes each value on access. */
export class RequestContext implements FailureContext {
  // `declare`, since a definition of fields would be one more call for each error.
  declare readonly error: unknown
  declare readonly raw: RequestLike | undefined
  // A property rather than a method, so that hooks can destructure it.
  declare readonly header: (name: string) => string | undefined

  constructor(error: unknown, raw: RequestLike | undefined) {
    this.error = error
    this.raw = raw
    this.header = (name) => {
      try {
        return headerOf(raw?.headers, name)
      } catch {
        // Reading the request may throw.
        return undefined
      }
    }
  }

  get method(): string | undefined {
    try {
      return this.raw?.method?.toUpperCase()
    } catch {
      // Reading the request may throw, and its method may not be a string.
      return undefined
    }
  }

  get path(): string | undefined {
    const url = asString(memberOf(this.raw, 'originalUrl')) ?? asString(memberOf(this.raw, 'url'))
    return url === undefined ? undefined : pathOfUrl(url)
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
