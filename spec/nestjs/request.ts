import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http'

/** An answer with its header fields as they were sent: `fetch` would fold the lines of a field into one. */
export interface Answer {
  readonly status: number
  readonly phrase: string
  readonly body: string
  /** The values of a field, one for each line. */
  lines(name: string): string[]
  /** The value of a field that is sent once. */
  field(name: string): string | undefined
  /** The names of all fields, in lower case. */
  names(): string[]
  json(): Record<string, unknown>
}

export interface RequestInit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** By default, each request has a connection of its own. */
  readonly agent?: Agent
}

/** An answer that did not come to its end. */
export class CutOff extends Error {
  constructor(readonly answer: Answer) {
    super(`The answer was cut off: ${answer.status} with ${JSON.stringify(answer.body)}`)
  }
}

/**
 * Whoever waits longer for an answer waits for ever, in milliseconds. It is less than the five seconds after which Node
 * itself closes a connection that has nothing to do, which would look like an answer that is cut off.
 */
export const LONGEST_WAIT = 4_000

/** Sends one request, and waits for the whole of the answer: not for long. */
export function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, agent = false } = init
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, headers, agent }, (incoming) => {
      contentOf(incoming).then(resolve, reject)
    })
    const timer = setTimeout(() => {
      reject(new Error(`${method} ${url} was not answered within ${LONGEST_WAIT} ms`))
      outgoing.destroy()
    }, LONGEST_WAIT)
    outgoing.on('close', () => clearTimeout(timer))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** The answer that was cut off, of a request that shall have none other. */
export async function cutOff(requested: Promise<Answer>): Promise<Answer> {
  const outcome: unknown = await requested.catch((error) => error)
  if (outcome instanceof CutOff) return outcome.answer
  throw outcome instanceof Error ? outcome : new Error('The answer came to its end')
}

function contentOf(incoming: IncomingMessage): Promise<Answer> {
  const { statusCode = 0, statusMessage = '', rawHeaders } = incoming
  const chunks: Buffer[] = []
  const received = () => answer(statusCode, statusMessage, rawHeaders, Buffer.concat(chunks).toString())
  return new Promise((resolve, reject) => {
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => resolve(received()))
    incoming.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ECONNRESET' ? new CutOff(received()) : error),
    )
  })
}

function answer(status: number, phrase: string, rawHeaders: readonly string[], body: string): Answer {
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
