import { formatValue } from '../problem/format-value.js'
import { isObject, memberOf, unpollutedMember } from '../problem/unknown-values.js'
import { validFields } from '../reply/header-fields.js'

/**
 * A response whose content an HTTP client has already read: the response of axios, or one with the members of another client.
 *
 * @example const received: ReceivedResponse = { status: 404, headers: { 'content-type': 'text/json' }, data: '{"shelf":7}' }
 */
export interface ReceivedResponse {
  /** The status code. */
  readonly status: number
  /** The header fields: a `Headers` object, or a record. */
  readonly headers: object
  /** The content: parsed JSON, its text, its bytes, a `Blob` or a stream. */
  readonly data?: unknown
  /** The content, if the client calls it `body`, as superagent does. `data` takes precedence. */
  readonly body?: unknown
  /** The URL of the response, against which a relative problem type is resolved. RFC 9457, 3.1.1 */
  readonly url?: string | undefined
}

/** The parts of a response on which its failure depends, whichever client has received it. */
export interface ReceivedParts {
  readonly status: number
  readonly headers: Headers
  /** Empty if it is unknown. */
  readonly url: string
  /** Content that is not parsed yet. */
  readonly body: ReadableStream<Uint8Array> | null
  /** Content that the client has parsed; otherwise `undefined`. */
  readonly parsed: unknown
}

/**
 * The parts of the response of any client.
 *
 * @throws TypeError when the value is no response
 */
export function receivedParts(response: Response | ReceivedResponse): ReceivedParts {
  const headers: unknown = memberOf(response, 'headers')
  if (!isObject(headers)) {
    const expected = 'the response must be a Response, or have a status, headers and data'
    throw new TypeError(`failureFromResponse: ${expected}, received ${formatValue(response)}`)
  }
  const { status } = response
  const url = urlOf(response)
  // ofetch keeps the parsed content in the response that it has read.
  const given: unknown = isFetchResponse(response)
    ? memberOf(response, '_data')
    : (unpollutedMember(response, 'data') ?? unpollutedMember(response, 'body'))
  if (isFetchResponse(response) && given === undefined) {
    return { status, headers: response.headers, url, body: bodyOf(memberOf(response, 'body')), parsed: undefined }
  }
  const body = bodyOf(given)
  return { status, headers: headersOf(headers), url, body, parsed: body === null ? given : undefined }
}

function isFetchResponse(response: Response | ReceivedResponse): response is Response {
  return unpollutedMember(response, 'bodyUsed') !== undefined
}

/** The URL after redirects. A response of axios has it in its `request`, under the name of each platform. */
function urlOf(response: Response | ReceivedResponse): string {
  const request = memberOf(response, 'request')
  const urls = [
    unpollutedMember(response, 'url'),
    memberOf(memberOf(request, 'res'), 'responseUrl'),
    memberOf(request, 'responseURL'),
    unpollutedMember(request, 'url'),
  ]
  return (urls.find((url) => typeof url === 'string' && url !== '') as string | undefined) ?? ''
}

/** Header fields of any client as a Headers object, without invalid ones. */
function headersOf(given: object): Headers {
  const headers = new globalThis.Headers()
  const entries = Symbol.iterator in given ? [...(given as Iterable<[string, unknown]>)] : given
  for (const [name, value] of Object.entries(validFields(entries))) {
    for (const line of [value].flat()) headers.append(name, line)
  }
  return headers
}

/** Text, bytes, a Blob or a stream, of the web or of Node, as a stream of bytes; `null` for a parsed value. */
function bodyOf(data: unknown): ReadableStream<Uint8Array> | null {
  if (typeof data === 'string' || data instanceof ArrayBuffer || ArrayBuffer.isView(data) || data instanceof Blob) {
    return new globalThis.Response(data as ConstructorParameters<typeof Response>[0]).body
  }
  if (data instanceof ReadableStream) return data
  const isStream = isObject(data) && Symbol.asyncIterator in data
  return isStream ? streamOf(data as NodeStreamLike) : null
}

/** A stream of Node, which may have an encoding. */
interface NodeStreamLike extends AsyncIterable<Uint8Array | string> {
  on?(event: 'error', listener: () => void): unknown
  destroy?(): void
}

/** A stream of Node as one of the web. */
function streamOf(chunks: NodeStreamLike): ReadableStream<Uint8Array> {
  // The stream of undici emits an error if it is destroyed before its end, which would end the process.
  chunks.on?.('error', () => undefined)
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(typeof value === 'string' ? new TextEncoder().encode(value) : value)
    },
    async cancel() {
      // An iterator that was not started does not close its stream.
      await iterator.return?.()
      chunks.destroy?.()
    },
  })
}
