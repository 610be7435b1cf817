/** A request of the tour, with a path relative to the origin. */
export interface TourRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export function get(path: string): TourRequest {
  return { method: 'GET', path, headers: {}, body: null }
}

export function post(path: string, content: object): TourRequest {
  const headers = { 'Content-Type': 'application/json' }
  return { method: 'POST', path, headers, body: JSON.stringify(content) }
}

/** Sends requests and prints them with their responses, like `curl -v`. */
export class Guide {
  private stops = 0

  constructor(
    private readonly origin: string,
    private readonly print: (text: string) => void,
  ) {}

  /** Sends the requests concurrently, as several customers would. */
  async show(caption: string, ...requests: TourRequest[]): Promise<Response[]> {
    this.stops += 1
    this.print(`${`\n── ${this.stops}. ${caption} `.padEnd(100, '─')}\n`)
    for (const request of requests) this.print(printedRequest(request))
    const responses = await Promise.all(requests.map((request) => this.send(request)))
    for (const response of responses) this.print(await printedResponse(response))
    return responses
  }

  private send({ method, path, headers, body }: TourRequest): Promise<Response> {
    return fetch(new URL(path, this.origin), { method, headers, body })
  }
}

function printedRequest({ method, path, headers, body }: TourRequest): string {
  const lines = [`${method} ${path} HTTP/1.1`, ...Object.entries(headers).map(printedField)]
  return printed('>', lines, body ?? '')
}

async function printedResponse(response: Response): Promise<string> {
  const { status, statusText, headers } = response
  const fields = FIELDS_TO_SHOW.flatMap((name): [string, string][] => {
    const value = headers.get(name)
    return value === null ? [] : [[name, value]]
  })
  return printed('<', [`HTTP/1.1 ${status} ${statusText}`, ...fields.map(printedField)], await contentOf(response))
}

const FIELDS_TO_SHOW = [
  'Content-Type',
  'Cache-Control',
  'Location',
  'Allow',
  'Accept',
  'WWW-Authenticate',
  'Retry-After',
]

function printedField([name, value]: [string, string]): string {
  return `${name}: ${value}`
}

function printed(direction: '>' | '<', lines: readonly string[], content: string): string {
  const all = content === '' ? lines : [...lines, '', ...content.split('\n')]
  return `${all.map((line) => `${direction} ${line}`.trimEnd()).join('\n')}\n`
}

async function contentOf(response: Response): Promise<string> {
  const content = (await response.text()).trimEnd()
  return response.headers.get('Content-Type')?.includes('json') ? pretty(JSON.parse(content)) : content
}

/** Prints the members of an object, or the first items of an array, one per line. */
function pretty(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value, undefined, 2)
  const shown = value.slice(0, ITEMS_TO_SHOW).map((item) => `  ${JSON.stringify(item)}`)
  const left = value.length - shown.length
  return ['[', ...shown, ...(left > 0 ? [`  … and ${left} more`] : []), ']'].join('\n')
}

const ITEMS_TO_SHOW = 3
