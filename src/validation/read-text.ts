import { BadRequest, ContentTooLarge } from '../failure/client-failures.js'
import { letGo } from './let-go.js'

/**
 * A request whose content can be read once: a Fetch `Request`, or what a server has in its place.
 *
 * @example const read = (incoming: RequestWithBody) => readJson(incoming)
 */
export interface RequestWithBody {
  readonly headers: Pick<Headers, 'get'>
  readonly body: ReadableStream | null
  readonly bodyUsed: boolean
}

/**
 * Reads the content of a request as UTF-8, without a byte order mark.
 *
 * @param limit - the most bytes that it may have; what it has more is not kept
 * @throws ContentTooLarge, or BadRequest where it breaks off or is not UTF-8
 * @throws TypeError when the content was read before
 */
export async function readText({ headers, body, bodyUsed }: RequestWithBody, limit: number): Promise<string> {
  if (bodyUsed || body?.locked) {
    throw new TypeError('The content of a request can be read once, and that of this one has been read elsewhere')
  }
  if (body === null) return ''
  const reader = body.getReader()
  try {
    if (declaredLength(headers) > limit) throw tooLarge(limit)
    return await textOf(reader, limit)
  } finally {
    letGo(reader)
  }
}

async function textOf(reader: ReadableStreamDefaultReader, limit: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  for await (const bytes of chunksOf(reader, limit)) text += decode(decoder, bytes)
  return text + decode(decoder)
}

/** What Content-Length promises; nothing if it is not there, or makes no sense. RFC 9110, 8.6 */
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
  if (!ArrayBuffer.isView(value)) throw new TypeError(`A body is a stream of bytes, not of ${typeof value}s`)
  return value as Uint8Array
}

/** The client went away, or its connection did. */
async function read(
  reader: ReadableStreamDefaultReader,
): Promise<{ readonly done: boolean; readonly value?: unknown }> {
  try {
    return await reader.read()
  } catch (error) {
    throw new BadRequest('The content broke off.', { cause: error })
  }
}

/** The text of the next bytes; without any, whatever is still open ends here. */
function decode(decoder: InstanceType<typeof TextDecoder>, bytes?: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined })
  } catch (error) {
    throw new BadRequest('The content is not UTF-8.', { cause: error })
  }
}

function tooLarge(limit: number): ContentTooLarge {
  return new ContentTooLarge(`The content may have ${limit} bytes, and has more.`)
}
