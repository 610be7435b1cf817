import { Readable } from 'node:stream'
import type { FastifyReply, NodeResponse } from './write-reply.js'

/** The response of Node, as far as a stream is written to it. */
export interface NodeStream extends NodeResponse {
  readonly destroyed: boolean
  write(chunk: Uint8Array, callback: () => void): boolean
  destroy(error?: Error): unknown
  once(event: 'close' | 'finish', listener: () => void): unknown
}

/**
 * Writes a Fetch `Response` to the response of a platform, as it is produced: status, header fields and body. What is
 * set there already stays, where the Response does not say otherwise.
 *
 * @param isHead - to HEAD, the body is not sent. RFC 9110, 9.3.2
 * @throws TypeError when the body has been read already
 * @throws what the body fails with, before its first chunk; later on, the connection is closed
 */
export async function writeResponse(
  source: Response,
  target: NodeStream | FastifyReply,
  isHead: boolean,
): Promise<void> {
  if (source.bodyUsed || source.body?.locked) throw new TypeError('A Response whose body has been read cannot be sent')
  if ('raw' in target) sendByFastify(source, target, isHead)
  else await writeToNode(source, target, isHead)
}

/** Fastify knows a Response since version 4.26, though not how to answer HEAD with it. */
function sendByFastify(source: Response, target: FastifyReply, isHead: boolean): void {
  target.code(source.status)
  for (const [name, value] of fieldsOf(source)) target.header(name, value)
  for (const cookie of source.headers.getSetCookie()) target.header('Set-Cookie', cookie)
  if (isHead) void source.body?.cancel().catch(ignore)
  // Empty rather than none, or the length would be said to be 0.
  const body = isHead ? Readable.from([]) : source.body && Readable.fromWeb(bodyOf(source, target))
  target.send(body ?? undefined)
}

async function writeToNode(source: Response, target: NodeStream, isHead: boolean): Promise<void> {
  if (source.body === null || isHead) {
    writeHead(source, target)
    target.end()
    void source.body?.cancel().catch(ignore)
    return
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = bodyOf(source, target).getReader()
  // Whoever has gone away shall not keep the body waiting. A cancelled reader reads that it is done.
  target.once('close', () => void reader.cancel().catch(ignore))
  // The first chunk comes before the header fields, since nothing else can be answered once they are sent.
  const first = await reader.read()
  writeHead(source, target)
  await writeBody(reader, first, target)
}

function writeHead(source: Response, target: NodeResponse): void {
  target.statusCode = source.status
  if (source.statusText !== '' && target.req?.httpVersionMajor === 1) target.statusMessage = source.statusText
  for (const [name, value] of fieldsOf(source)) target.setHeader(name, value)
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
  } catch (error) {
    // What was sent looks like a part of the answer only if the connection does not end in an orderly way.
    target.destroy(error as Error)
  }
}

/** Resolves when a chunk is on its way, or nobody is left to read it. */
function written(chunk: Uint8Array, target: NodeStream): Promise<void> {
  return new Promise((resolve) => {
    target.write(chunk, () => resolve())
  })
}

/**
 * The body, which fails where it is not as long as is announced: the client would wait for what does not come, or take
 * what is too much for the next answer. RFC 9112, 6.3
 */
function bodyOf(source: Response, target: NodeResponse | FastifyReply): WebStream {
  const body = source.body as WebStream
  const own = fieldsOf(source).find(([name]) => name === 'content-length')?.[1]
  const announced = own ?? target.getHeader('Content-Length')
  if (announced === undefined) return body
  let missing = Number(announced)
  const check = () => {
    if (missing !== 0) throw new RangeError(`The body of a Response is not of its Content-Length, ${announced}`)
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

/** The types of Node have a stream of their own. */
type WebStream = Parameters<typeof Readable.fromWeb>[0]

/**
 * All but the cookies, which are several. What `fetch` has received still describes the connection that it came over,
 * and the encoding that it was freed from.
 */
function fieldsOf({ headers, type }: Response): [string, string][] {
  const isFetched = type !== 'default'
  const dropped = isFetched && headers.has('Content-Encoding') ? [...OF_CONNECTION, ...OF_ENCODING] : OF_CONNECTION
  return [...headers].filter(([name]) => name !== 'set-cookie' && !(isFetched && dropped.includes(name)))
}

/** RFC 9110, 7.6.1 */
const OF_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']

const OF_ENCODING = ['content-encoding', 'content-length']

function ignore(): void {}
