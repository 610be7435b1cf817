import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http'

/** A response with its header field lines as they were sent, which `fetch` would combine. */
export interface ReceivedResponse {
  readonly status: number
  readonly phrase: string
  readonly body: string
  /** The values of a field, one per line. */
  lines(name: string): string[]
  /** The value of a field, or the number of its lines if there are several. */
  field(name: string): string | undefined
  /** The names of all fields, in lower case. */
  names(): string[]
  json(): Record<string, unknown>
}

export interface RequestInit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** By default, each request has its own connection. */
  readonly agent?: Agent
}

/** The error for a response that was cut off. */
export class CutOff extends Error {
  constructor(readonly response: ReceivedResponse) {
    super(`The response was cut off: ${response.status} with ${JSON.stringify(response.body)}`)
  }
}

/**
 * The timeout for a response, in milliseconds. It is below the five seconds after which Node closes an idle connection,
 * which would look like a response that was cut off.
 */
export const LONGEST_WAIT = 4_000

/** Sends a request and waits for the complete response, with a timeout. */
export function request(url: string, init: RequestInit = {}): Promise<ReceivedResponse> {
  const { method = 'GET', headers = {}, body, agent = false } = init
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, headers, agent }, (incoming) => {
      contentOf(incoming).then(resolve, reject)
    })
    const timer = setTimeout(() => {
      reject(new Error(`${method} ${url} got no response within ${LONGEST_WAIT} ms`))
      outgoing.destroy()
    }, LONGEST_WAIT)
    outgoing.on('close', () => clearTimeout(timer))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Returns the incomplete response of a request. Throws if the response is complete or the request fails. */
export async function cutOff(requested: Promise<ReceivedResponse>): Promise<ReceivedResponse> {
  const outcome: unknown = await requested.catch((error) => error)
  if (outcome instanceof CutOff) return outcome.response
  throw outcome instanceof Error ? outcome : new Error('The response was complete')
}

function contentOf(incoming: IncomingMessage): Promise<ReceivedResponse> {
  const { statusCode = 0, statusMessage = '', rawHeaders } = incoming
  const chunks: Buffer[] = []
  const received = () => receivedResponse(statusCode, statusMessage, rawHeaders, Buffer.concat(chunks).toString())
  return new Promise((resolve, reject) => {
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => resolve(received()))
    incoming.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ECONNRESET' ? new CutOff(received()) : error),
    )
  })
}

function receivedResponse(
  status: number,
  phrase: string,
  rawHeaders: readonly string[],
  body: string,
): ReceivedResponse {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())
  const values = rawHeaders.filter((_, index) => index % 2 === 1)
  const lines = (name: string) => values.filter((_, index) => names[index] === name.toLowerCase())
  return {
    status,
    phrase,
    body,
    lines,
    field: (name) => (lines(name).length > 1 ? `${lines(name).length} lines` : lines(name)[0]),
    names: () => names,
    json: () => JSON.parse(body),
  }
}
