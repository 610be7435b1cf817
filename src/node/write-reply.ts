import { CONNECTION_FIELDS } from '../reply/header-fields.js'
import { varyOf } from '../reply/merge-fields.js'
import { bodyToWrite, type HeaderFields, type Reply } from '../reply/reply.js'
import { isOfSuccess } from '../reply/success-fields.js'
import { emitWarning, type Warn } from '../responder/failure-warning.js'
import { caughtError, quietly } from '../responder/hooks.js'
import { phraseOf } from '../status/failure-status.js'
import { breakOff, destroy } from './break-off.js'
import { discardPendingSend, withoutPendingSend } from './pending-send.js'
import { type FastifyReply, isHttp1, type NodeResponse, type PlatformResponse } from './platform-response.js'

/**
 * Writes a reply to the response of Node or of Express, or to the reply of Fastify. If the head was already sent, the response is
 * broken off. If the reply cannot be written, this is reported and the connection is closed, so that the client never waits.
 *
 * @example writeReply(responder.toReply(error, request), response)
 * @param warn - receives a warning if the reply cannot be written. Default: `process.emitWarning`.
 */
export function writeReply(reply: Reply, response: PlatformResponse, warn: Warn = emitWarning): void {
  const node = 'raw' in response ? response.raw : response
  try {
    if ('raw' in response) writeToFastify(reply, response)
    else writeToNode(reply, response)
  } catch (cause) {
    // Nothing catches the errors of an exception filter.
    const consequence = 'The connection was closed, since the response could not be written'
    quietly(warn)(caughtError(consequence, 'RESPONSE_NOT_WRITTEN', cause))
    destroy(node)
  }
}

function writeToNode(reply: Reply, response: NodeResponse): void {
  ignoreLateWrites(response)
  if (response.headersSent) {
    breakOff(response)
    return
  }
  for (const name of response.getHeaderNames()) {
    if (isOfSuccess(name)) response.removeHeader(name)
  }
  const forHttp1 = isHttp1(response)
  // Node omits a Content-Length that was removed before. For HEAD, it is among the fields of the reply.
  response.setHeader('Content-Length', String(Buffer.byteLength(reply.body ?? '')))
  writeFields(reply.headers, response, forHttp1, (name, value) => response.setHeader(name, value))
  // The status comes last: each new property changes the hidden class of an Express response, and V8 then looks up all
  // other properties anew.
  response.statusCode = reply.status
  if (forHttp1) response.statusMessage = phraseOf(reply.status)
  response.end(bodyToWrite(reply.body, reply.headers) ?? undefined)
}

function writeToFastify(reply: Reply, given: FastifyReply): void {
  // A hijacked reply is sent through the response of Node.
  if (given.sent || given.raw.headersSent) {
    const { raw } = given
    discardPendingSend(given)
    writeToNode(reply, raw)
    return
  }
  const response = withoutPendingSend(given)
  ignoreLateWrites(response.raw)
  // Twice, since older versions of Fastify don't remove headers of the response of Node. Only existing names are removed:
  // deleting thirteen names from Fastify's record costs more than the rest of a reply.
  for (const name of Object.keys(response.getHeaders())) {
    if (!isOfSuccess(name)) continue
    response.removeHeader(name)
    // Node would not frame the content after the removal of a field that is not there.
    if (response.raw.getHeader(name) !== undefined) response.raw.removeHeader(name)
  }
  response.code(reply.status)
  const forHttp1 = isHttp1(response.raw)
  if (forHttp1) response.raw.statusMessage = phraseOf(reply.status)
  writeFields(reply.headers, response, forHttp1, (_, value, key) => {
    if (key === 'set-cookie') response.removeHeader(key) // or Fastify would send the cookies twice
    response.header(key, value)
  })
  // Without a serializer, Fastify adds a charset, which JSON does not have. RFC 8259, 11
  const content = bodyToWrite(reply.body, reply.headers) ?? placeholderFor(reply)
  if (typeof content === 'string') response.serializer(String)
  response.send(content)
}

/** The failed handler may continue to write. Node then emits an error, which would end the process. */
function ignoreLateWrites(response: NodeResponse): void {
  response.on?.('error', ignoreError)
}

function ignoreError(): void {}

/** For HEAD, any content of the right length, since Fastify computes Content-Length from it. */
function placeholderFor({ headers }: Reply): Buffer {
  return Buffer.alloc(Number(headers['Content-Length'] ?? 0))
}

/** Vary and Set-Cookie are merged with existing values; other fields replace them. */
function writeFields(
  headers: HeaderFields,
  response: PlatformResponse,
  forHttp1: boolean,
  write: (name: string, value: string | string[], key: string) => unknown,
): void {
  for (const name of Object.keys(headers)) {
    const value = headers[name] as string | string[]
    const key = LOWER_CASE.get(name) ?? name.toLowerCase()
    if (!forHttp1 && CONNECTION_FIELDS.includes(key)) continue
    if (key === 'set-cookie') write(name, mergedValues(name, value, response), key)
    else if (key === 'vary') write(name, varyOf(mergedValues(name, value, response)), key)
    else write(name, value, key)
  }
}

/** The names in every reply. Fastify lowers the case of names, and looking up a new string takes several times as long. */
const LOWER_CASE: ReadonlyMap<string, string> = /*@__PURE__*/ new Map([
  ['Content-Type', 'content-type'],
  ['Cache-Control', 'cache-control'],
  ['X-Content-Type-Options', 'x-content-type-options'],
])

function mergedValues(name: string, value: string | string[], response: PlatformResponse): string[] {
  return [response.getHeader(name) ?? [], value].flat().map(String)
}
