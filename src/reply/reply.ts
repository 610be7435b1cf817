import { failurePhrase } from '../status/failure-phrase.js'

/**
 * Header fields by name: one value, or several of them for fields that are sent more than once.
 *
 * @example const fields: HeaderFields = new TooManyRequests({ retryAfter: 60 }).headers
 */
export type HeaderFields = Readonly<Record<string, string | readonly string[]>>

/**
 * An answer as plain data: what will be sent, before it is clear what sends it.
 *
 * @example const { status, headers, body }: Reply = responder.reply(error, request)
 */
export interface Reply {
  readonly status: number
  readonly headers: HeaderFields
  /** The content; `null` where there must be none, as in the answer to a HEAD request. RFC 9110, 9.3.2 */
  readonly body: string | null
}

/** Builds a Fetch `Response` from a reply. */
export function toResponse({ status, headers, body }: Reply): Response {
  // Read when it is called: some servers install a faster Response, and workerd forbids one at module scope.
  return new globalThis.Response(body, { status, statusText: phraseOf(status), headers: headersInit(headers) })
}

/** The reason phrase of a failure; empty for an unregistered status, as HTTP allows. RFC 9112, 4 */
export function phraseOf(status: number): string {
  return failurePhrase(status) ?? ''
}

/** The same answer without its content, which HEAD must not get. RFC 9110, 9.3.2 */
export function withoutBody({ status, headers, body }: Reply): Reply {
  const length = String(new TextEncoder().encode(body as string).length)
  return { status, headers: { ...headers, 'Content-Length': length }, body: null }
}

/** As a record, which costs half as much as pairs; that would fold several values into one, so these are pairs. */
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
