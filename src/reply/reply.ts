import { PROBLEM_JSON } from '../problem/problem-details.js'
import { phraseOf } from '../status/failure-status.js'

/**
 * Header fields by name. A field that is sent several times, such as `Set-Cookie`, has an array of values.
 *
 * @example const fields: HeaderFields = new TooManyRequests({ retryAfter: 60 }).headers
 */
export type HeaderFields = Readonly<Record<string, string | string[]>>

/** The header fields of a failure that has none. */
export const NO_FIELDS: HeaderFields = /*@__PURE__*/ Object.freeze({})

/**
 * A response as plain data, for any server. Node's `writeHead()`, Fastify's `reply.headers()` and Koa's `ctx.set()` accept
 * its `headers`.
 *
 * @example
 * ```ts
 * const { status, headers, body }: Reply = responder.toReply(error, request)
 * ```
 */
export interface Reply {
  /** The status code, from 400 to 599. */
  readonly status: number
  /** The header fields, `Content-Type` included. `Content-Length` is set in replies to HEAD only. */
  readonly headers: HeaderFields
  /** The content; `null` in a reply to HEAD. RFC 9110, 9.3.2 */
  readonly body: string | null
}

/** Builds a Fetch `Response` from a reply. */
export function toResponse({ status, headers, body }: Reply): Response {
  // Read on each call: some servers install a faster Response, and workerd forbids creating one at module scope.
  return new globalThis.Response(bodyToWrite(body, headers), {
    status,
    statusText: phraseOf(status),
    headers: headersInit(headers),
  })
}

/**
 * The content to write. Node encodes the head together with a string, in UTF-8, but alone in Latin-1: with bytes, a realm with
 * an umlaut is the same in the responses to GET and HEAD, and the one that Fetch clients read. RFC 9110, 5.5
 */
export function bodyToWrite(body: string | null, headers: HeaderFields): string | Uint8Array<ArrayBuffer> | null {
  if (body === null || body === '') return body
  for (const name in headers) {
    const value = headers[name] as string | string[]
    // The default values, since a search takes ten times as long as a comparison.
    if (value === PROBLEM_JSON || value === 'no-store' || value === 'nosniff') continue
    if (BEYOND_ASCII.test(String(value))) return new TextEncoder().encode(body)
  }
  return body
}

const BEYOND_ASCII = /[^\0-\x7f]/

/** The same reply without its content, for HEAD. RFC 9110, 9.3.2 */
export function withoutBody({ status, headers, body }: Reply): Reply {
  const length = String(new TextEncoder().encode(body as string).length)
  return { status, headers: { ...headers, 'Content-Length': length }, body: null }
}

/** A record costs half as much as pairs, but would join several values into one. */
function headersInit(headers: HeaderFields): Record<string, string> | [string, string][] {
  for (const name in headers) {
    if (typeof headers[name] !== 'string') return headerPairs(headers)
  }
  return headers as Record<string, string>
}

function headerPairs(headers: HeaderFields): [string, string][] {
  const pairs: [string, string][] = []
  for (const name of Object.keys(headers)) {
    for (const value of [headers[name]].flat()) pairs.push([name, value as string])
  }
  return pairs
}
