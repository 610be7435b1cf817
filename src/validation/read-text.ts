import { BadRequest, ContentTooLarge } from '../failure/client-failures.js'
import { formatValue } from '../problem/format-value.js'

/**
 * A request with a body: a Fetch `Request`, or an equivalent object of a server.
 *
 * @example const read = (incoming: RequestWithBody) => readJson(incoming)
 */
export interface RequestWithBody {
  readonly headers: Pick<Headers, 'get'>
  readonly body: ReadableStream | null
  readonly bodyUsed: boolean
}

/**
 * Reads the body of a request as UTF-8, without a byte order mark.
 *
 * @param limit - the largest accepted body in bytes
 * @throws ContentTooLarge when the body exceeds the limit
 * @throws BadRequest when the body is truncated or not UTF-8
 * @throws TypeError when the body was already read
 */
export async function readText({ headers, body, bodyUsed }: RequestWithBody, limit: number): Promise<string> {
  if (bodyUsed || body?.locked) {
    throw new TypeError('readJson: the body must be unread, received a body that was already read or is locked')
  }
  if (body === null) return ''
  const reader = body.getReader()
  try {
    if (declaredLength(headers) > limit) throw tooLarge(limit)
    return await decodedText(reader, limit)
  } finally {
    drain(reader)
  }
}

async function decodedText(reader: ReadableStreamDefaultReader, limit: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  for await (const bytes of chunksOf(reader, limit)) text += decode(decoder, bytes)
  return text + decode(decoder)
}

/** The value of Content-Length; 0 if it is missing or invalid. RFC 9110, 8.6 */
function declaredLength(headers: Pick<Headers, 'get'>): number {
  const length = headers.get('content-length') ?? ''
  return /^\d+$/.test(length) ? Number(length) : 0
}

async function* chunksOf(reader: ReadableStreamDefaultReader, limit: number): AsyncIterable<Uint8Array> {
  let length = 0
  for (let chunk = await next(reader); chunk !== undefined; chunk = await next(reader)) {
    length += chunk.byteLength
    if (length > limit) throw tooLarge(limit)
    yield chunk
  }
}

async function next(reader: ReadableStreamDefaultReader): Promise<Uint8Array | undefined> {
  const { done, value } = await read(reader)
  if (done) return undefined
  if (!ArrayBuffer.isView(value))
    throw new TypeError(`readJson: the body must be a stream of bytes, received ${formatValue(value)}`)
  return value as Uint8Array
}

/** Reading fails when the client closes the connection. */
async function read(
  reader: ReadableStreamDefaultReader,
): Promise<{ readonly done: boolean; readonly value?: unknown }> {
  try {
    return await reader.read()
  } catch (error) {
    throw new BadRequest('The request body was truncated.', { cause: error })
  }
}

/** Decodes the next bytes; without bytes, ends the text. */
function decode(decoder: InstanceType<typeof TextDecoder>, bytes?: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined })
  } catch (error) {
    throw new BadRequest('The body is not valid UTF-8.', { cause: error })
  }
}

function tooLarge(limit: number): ContentTooLarge {
  return new ContentTooLarge(`The body exceeds the limit of ${limit} bytes.`)
}

/**
 * Reads and discards the rest of a body, up to 16 MiB, then cancels it. A client that is still sending often does not read
 * the response, and cancelling a body at once makes Node close the connection before the response is sent.
 *
 * Runs in the background and never rejects.
 */
async function drain(reader: ReadableStreamDefaultReader): Promise<void> {
  try {
    let length = 0
    for (let done = false; !done && length < MOST_BYTES; ) {
      const chunk = await reader.read()
      done = chunk.done
      length += chunk.value?.byteLength ?? MOST_BYTES
    }
    await reader.cancel()
  } catch {
    // The stream may fail at any time.
  }
}

/** The most bytes that a client may still send before its connection is closed. */
const MOST_BYTES = 16_777_216 // 16 MiB
