import type { ReceivedParts } from './received-response.js'

/** The content of a response if it may be problem details in JSON, parsed or as text; otherwise `undefined`. */
export async function problemIn({ headers, body, parsed }: ReceivedParts, limit: number): Promise<unknown> {
  // RFC 9110, 8.3: without Content-Type, the recipient may examine the content.
  const mediaType = headers.get('Content-Type') ?? 'application/json'
  if (JSON_CONTENT.test(mediaType)) return body === null ? parsed : readLimited(body, limit)
  discard(body)
  return undefined
}

/** `application/json`, `text/json` or any `+json`, with or without parameters, or repeated by a proxy. RFC 6839, 3.1 */
const JSON_CONTENT = /^\s*(?:(?:application|text)\/json|[^/\s;,]+\/[^/\s;,]+\+json)\s*(?:[;,]|$)/i

/**
 * The content of a response as a string; `undefined` if it exceeds the limit in bytes, was already read, or is truncated.
 * Never throws. Stops reading at the limit and cancels the rest.
 */
async function readLimited(body: ReadableStream<Uint8Array>, limit: number): Promise<string | undefined> {
  try {
    const reader = body.getReader()
    try {
      return await readWithin(reader, limit)
    } finally {
      ignoreFailure(reader.cancel())
    }
  } catch {
    return undefined
  }
}

/** Cancels unread content, so that its connection can be reused. */
function discard(body: ReadableStream<Uint8Array> | null): void {
  if (body?.locked === false) ignoreFailure(body.cancel())
}

async function readWithin(reader: ReadableStreamDefaultReader<Uint8Array>, limit: number): Promise<string | undefined> {
  // Not fatal: invalid UTF-8 is replaced, and the rest is still readable.
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    length += value.byteLength
    if (length > limit) return undefined
    text += decoder.decode(value, { stream: true })
  }
}

/** Ignores the result of a cancellation, which may fail. */
function ignoreFailure(cancellation: Promise<void>): void {
  cancellation.catch(() => {})
}
