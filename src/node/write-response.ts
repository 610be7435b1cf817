import { Readable } from 'node:stream'
import { CONNECTION_FIELDS } from '../reply/header-fields.js'
import { breakOff } from './break-off.js'
import { type FastifyReply, isHttp1, type NodeResponse, type PlatformResponse } from './platform-response.js'

/** The response of Node, with its stream methods. */
export interface NodeStream extends NodeResponse {
  readonly destroyed: boolean
  write(chunk: Uint8Array, callback: () => void): boolean
  once(event: 'close' | 'finish' | 'socket', listener: () => void): unknown
}

/**
 * Streams a Fetch `Response` to the response of a platform: status, header fields and body. Header fields that are already
 * set are kept, unless the Response has them.
 *
 * @param isHead - whether to omit the body. RFC 9110, 9.3.2
 * @throws TypeError when the body was already read
 * @throws the error of the body, if it fails before its first chunk; later, the connection is closed
 */
export async function writeResponse(
  source: Response,
  target: NodeStream | FastifyReply,
  isHead: boolean,
): Promise<void> {
  if (source.bodyUsed || source.body?.locked)
    throw new TypeError('A Response must have an unread body, received one that was already read or is locked')
  if ('raw' in target) await streamToFastify(source, target, isHead)
  else await streamToNode(source, target, isHead)
}

/** Fastify supports a Response since version 4.26, but not for HEAD, and not one that fails before its first chunk. */
async function streamToFastify(source: Response, target: FastifyReply, isHead: boolean): Promise<void> {
  if (source.body === null || isHead) {
    writeFastifyHead(source, target)
    void source.body?.cancel().catch(ignoreReason)
    // An empty stream: without content, Fastify would send Content-Length: 0.
    target.send(isHead ? Readable.from([]) : undefined)
    return
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = checkedBody(source, target).getReader()
  // The first chunk is read before the head is set, since a failure can still be the response until then.
  const first = await reader.read()
  writeFastifyHead(source, target)
  const body = Readable.from(chunksFrom(reader, first), { objectMode: false })
  // If the client disconnects, the body is cancelled.
  body.once('close', () => void reader.cancel().catch(ignoreReason))
  target.send(body)
}

function writeFastifyHead(source: Response, target: FastifyReply): void {
  target.code(source.status)
  for (const [name, value] of fieldsOfResponse(source, target)) target.header(name, value)
  for (const cookie of source.headers.getSetCookie()) target.header('Set-Cookie', cookie)
}

async function* chunksFrom(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  first: Chunk,
): AsyncGenerator<Uint8Array, void> {
  for (let chunk = first; !chunk.done; chunk = await reader.read()) yield chunk.value
}

async function streamToNode(source: Response, target: NodeStream, isHead: boolean): Promise<void> {
  if (source.body === null || isHead) {
    writeHead(source, target)
    target.end()
    void source.body?.cancel().catch(ignoreReason)
    return
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = checkedBody(source, target).getReader()
  // If the client disconnects, the body is cancelled. Reading from a cancelled reader ends.
  target.once('close', () => void reader.cancel().catch(ignoreReason))
  // The first chunk is read before the head is sent, since a failure can still be the response until then.
  const first = await reader.read()
  writeHead(source, target)
  await writeBody(reader, first, target)
}

function writeHead(source: Response, target: NodeResponse): void {
  target.statusCode = source.status
  if (source.statusText !== '' && target.req?.httpVersionMajor === 1) target.statusMessage = source.statusText
  for (const [name, value] of fieldsOfResponse(source, target)) target.setHeader(name, value)
  const cookies = source.headers.getSetCookie()
  if (cookies.length > 0) {
    target.setHeader('Set-Cookie', [...[target.getHeader('Set-Cookie') ?? []].flat().map(String), ...cookies])
  }
}

type Chunk = Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']>>

async function writeBody(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  first: Chunk,
  target: NodeStream,
): Promise<void> {
  try {
    for (let chunk = first; !chunk.done && !target.destroyed; chunk = await reader.read()) {
      await written(chunk.value, target)
    }
    target.end()
  } catch {
    breakOff(target)
  }
}

/** Resolves when a chunk is flushed, or the connection is closed. */
function written(chunk: Uint8Array, target: NodeStream): Promise<void> {
  return new Promise((resolve) => {
    target.write(chunk, () => resolve())
  })
}

/**
 * The body, which fails if its length differs from Content-Length: the client would wait for missing bytes, or read extra
 * bytes as the next response. RFC 9112, 6.3
 */
function checkedBody(source: Response, target: NodeResponse | FastifyReply): WebStream {
  const body = source.body as WebStream
  const own = fieldsOfResponse(source, target).find(([name]) => name === 'content-length')?.[1]
  const announced = own ?? target.getHeader('Content-Length')
  if (announced === undefined) return body
  let missing = Number(announced)
  const check = () => {
    if (missing !== 0)
      throw new RangeError(
        `The body of a Response must match its Content-Length (${announced}), received ${Number(announced) - missing} bytes`,
      )
  }
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      missing -= chunk.length
      if (missing < 0) check()
      controller.enqueue(chunk)
    },
    flush: check,
  })
  return body.pipeThrough(counting as never)
}

/** Node's types have their own ReadableStream. */
type WebStream = Parameters<typeof Readable.fromWeb>[0]

/**
 * The header fields, except for cookies, which have several values. The fields of a fetched response still describe its
 * connection, and the content coding that fetch has removed. HTTP/2 forbids connection-specific fields. RFC 9113, 8.2.2
 */
function fieldsOfResponse({ headers, type }: Response, target: PlatformResponse): [string, string][] {
  const isFetched = type !== 'default'
  const forHttp1 = isHttp1('raw' in target ? target.raw : target)
  const dropped = [
    'set-cookie',
    ...(isFetched ? OF_CONNECTION : []),
    ...(isFetched && headers.has('Content-Encoding') ? OF_ENCODING : []),
    ...(forHttp1 ? [] : CONNECTION_FIELDS),
  ]
  return [...headers].filter(([name]) => !dropped.includes(name))
}

/** RFC 9110, 7.6.1 */
const OF_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']

const OF_ENCODING = ['content-encoding', 'content-length']

function ignoreReason(): void {}
