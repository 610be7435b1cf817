import { request as httpRequest } from 'node:http'

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
}

/** Sends one request on a connection of its own. */
export function request(url: string, { method = 'GET', headers = {}, body }: RequestInit = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const { statusCode = 0, statusMessage = '', rawHeaders } = incoming
        resolve(answer(statusCode, statusMessage, rawHeaders, Buffer.concat(chunks).toString()))
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
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
