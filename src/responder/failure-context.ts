import { hasMethod, memberOf, textOf } from '../problem/foreign-values.js'
import { fieldOf } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'

/**
 * A request, as far as the answer depends on it: a Fetch `Request`, the `IncomingMessage` of Node, or the request of a
 * framework built on either.
 *
 * @example const asked: RequestLike = { method: 'GET', url: '/books/1', headers: { accept: 'text/html' } }
 */
export interface RequestLike {
  readonly method?: string | undefined
  readonly url?: string | undefined
  /** Where a framework keeps the URL when it rewrites `url` for a sub-application. */
  readonly originalUrl?: string | undefined
  readonly headers?: Headers | Readonly<Record<string, string | readonly string[] | undefined>> | undefined
}

/**
 * What every hook gets, whatever the framework.
 *
 * @example const requestId = ({ header }: FailureContext) => header('x-request-id')
 */
export interface FailureContext {
  /** What was thrown. */
  readonly error: unknown
  /** The method of the request, in capitals; `undefined` when there is no request. */
  readonly method: string | undefined
  /** The path of the request, without the query; `undefined` when there is no request. */
  readonly path: string | undefined
  /** A header field of the request, whatever the case of its name; several values are joined by a comma. */
  header(name: string): string | undefined
  /** The languages that the client prefers, the best first: `['de-CH', 'de', 'en']`. RFC 9110, 12.5.4 */
  readonly languages: readonly string[]
  /** The request itself, as the framework gave it. */
  readonly raw: unknown
}

/** Describes a request to the hooks; works out nothing before it is asked. */
export class RequestContext implements FailureContext {
  constructor(
    readonly error: unknown,
    readonly raw: RequestLike | undefined,
  ) {}

  get method(): string | undefined {
    return textIn(this.raw, 'method')?.toUpperCase()
  }

  get path(): string | undefined {
    const url = textIn(this.raw, 'originalUrl') ?? textIn(this.raw, 'url')
    return url === undefined ? undefined : pathOf(url)
  }

  get languages(): readonly string[] {
    return languagesIn(this.header('accept-language') ?? '')
  }

  // A function of its own rather than a method, so that a hook may take it out of its context.
  readonly header = (name: string): string | undefined => {
    try {
      return headerOf(this.raw?.headers, name)
    } catch {
      // The request is somebody else's.
      return undefined
    }
  }
}

function textIn(request: RequestLike | undefined, name: 'method' | 'url' | 'originalUrl'): string | undefined {
  return textOf(memberOf(request, name))
}

/** Names compare without case; Node has them in lower case, a record of somebody else's may have any. RFC 9110, 5.1 */
function headerOf(headers: RequestLike['headers'], name: string): string | undefined {
  if (headers === undefined || headers === null) return undefined
  if (isHeaders(headers)) return headers.get(name) ?? undefined
  const value: unknown = fieldOf(headers as HeaderFields, name)
  return Array.isArray(value) ? value.join(', ') : textOf(value)
}

/** By its method, since a server may bring a Headers of its own. */
function isHeaders(headers: object): headers is Headers {
  return hasMethod(headers, 'get')
}

/** The path of an absolute URL or of an origin-form target. RFC 9112, 3.2 */
function pathOf(url: string): string {
  const withoutOrigin = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  return withoutOrigin.replace(/[?#].*$/s, '') || '/'
}

/** Languages of weight zero are refused, and `*` names none. RFC 9110, 12.5.4 */
function languagesIn(accepted: string): string[] {
  return accepted
    .slice(0, MAX_LENGTH)
    .split(',')
    .map((range) => /^\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/i.exec(range))
    .map((match) => ({ language: match?.[1] ?? '', weight: Number(match?.[2] ?? 1) }))
    .filter(({ language, weight }) => language !== '' && weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ language }) => language)
}

/** More of a field than this is nobody's preference. */
const MAX_LENGTH = 2048
