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
  const body = isHead ? Readable.from([]) : source.body && Readable.fromWeb(source.body as WebStream)
  target.send(body ?? undefined)
}

/** The types of Node have a stream of their own. */
type WebStream = Parameters<typeof Readable.fromWeb>[0]

async function writeToNode(source: Response, target: NodeStream, isHead: boolean): Promise<void> {
  const reader = source.body?.getReader()
  if (reader === undefined || isHead) {
    writeHead(source, target)
    target.end()
    void reader?.cancel().catch(ignore)
    return
  }
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
  let missing = Number(target.getHeader('Content-Length') ?? Number.POSITIVE_INFINITY)
  try {
    for (let chunk = first; !chunk.done && !target.destroyed; chunk = await reader.read()) {
      missing -= chunk.value.length
      if (missing < 0) throw new RangeError('The body of a Response is longer than its Content-Length')
      await written(chunk.value, target)
    }
    // The client would wait for what was announced: the end of the connection tells that it does not come.
    if (missing > 0 && missing < Number.POSITIVE_INFINITY) {
      target.once('finish', () => target.req?.socket?.destroySoon?.())
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
