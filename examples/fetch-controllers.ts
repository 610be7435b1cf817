// A bookshop without a framework: controllers from a Request to a Response, on a server of `node:http`.
// Run it with: node scripts/ts.cjs examples/fetch-controllers.ts

import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import {
  BadRequest,
  CatchingFailure,
  Conflict,
  Extension,
  FailureResponder,
  HttpStatus,
  MethodNotAllowed,
  NotFound,
  type ProblemType,
  readJson,
  Unauthorized,
} from '../src/index.js'
import { byAccept, html, problemJson, text } from '../src/representations/index.js'

/** A failure of the domain: the class defines the problem type, and `new` adds the details of the occurrence. */
export class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = {
    type: 'https://bookshop.example/problems/out-of-stock',
    title: 'Out of stock',
  }

  @Extension() readonly isbn: string

  constructor(isbn: string) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}

/** The responder for all errors: JSON for programs, a page for browsers, plain text for terminals. */
const responder = new FailureResponder({ represent: byAccept(problemJson, html, text) })

/** The content of a request to order a book. */
const Order = z.object({ isbn: z.string() })

/** The decorated methods convert their failures to responses, so that their callers always receive a Response. */
export class Books {
  private readonly copies = new Map([
    ['9780131103627', 3],
    ['9780141439518', 1],
    ['9780441478125', 0],
  ])

  @CatchingFailure(responder)
  async list(_request: Request): Promise<Response> {
    return Response.json(Object.fromEntries(this.copies))
  }

  @CatchingFailure(responder)
  async show(_request: Request, isbn: string): Promise<Response> {
    return Response.json({ isbn, copies: this.copiesOf(isbn) })
  }

  @CatchingFailure(responder)
  async order(request: Request): Promise<Response> {
    const { isbn } = await readJson(request, Order, { limit: 10_000 })
    const copies = this.copiesOf(isbn)
    if (copies === 0) throw new OutOfStock(isbn)
    this.copies.set(isbn, copies - 1)
    return Response.json({ isbn, copies: 1 }, { status: HttpStatus.CREATED })
  }

  @CatchingFailure(responder)
  async offers(request: Request): Promise<Response> {
    if (!isMember(request.headers.get('Authorization') ?? '')) {
      throw new Unauthorized('For members only.', { challenge: 'Bearer realm="members"' })
    }
    return Response.json({ '9780131103627': '20% off' })
  }

  /** Throws an error that is not a Failure: the decorator rethrows it, and `respond` converts it to a response. */
  @CatchingFailure(responder)
  async report(_request: Request): Promise<Response> {
    throw new Error('Cannot read the sales from postgres://reports:correct-horse@warehouse.internal/sales')
  }

  private copiesOf(isbn: string): number {
    const copies = this.copies.get(isbn)
    if (copies === undefined) throw new NotFound(`There is no book ${isbn}.`)
    return copies
  }
}

/** Compares in constant time, so that the token cannot be guessed from response times. */
function isMember(credentials: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(credentials), digest('Bearer reading-lamp'))
}

type Controller = (request: Request, parameter: string) => Promise<Response>

interface Route {
  readonly path: RegExp
  readonly controllers: Readonly<Record<string, Controller>>
}

function routesOf(books: Books): readonly Route[] {
  return [
    { path: /^\/books$/, controllers: { GET: (request) => books.list(request) } },
    { path: /^\/books\/([^/]+)$/, controllers: { GET: (request, isbn) => books.show(request, isbn) } },
    { path: /^\/orders$/, controllers: { POST: (request) => books.order(request) } },
    { path: /^\/members\/offers$/, controllers: { GET: (request) => books.offers(request) } },
    { path: /^\/reports\/sales$/, controllers: { GET: (request) => books.report(request) } },
  ]
}

async function route(routes: readonly Route[], request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  for (const { path, controllers } of routes) {
    const match = path.exec(pathname)
    if (match === null) continue
    // RFC 9110, 9.3.2: HEAD is GET, except that the response has no content.
    const controller = controllers[request.method === 'HEAD' ? 'GET' : request.method]
    if (controller === undefined) throw new MethodNotAllowed({ allow: allowed(controllers) })
    return controller(request, match[1] ?? '')
  }
  throw new NotFound(`There is nothing at ${pathname}.`)
}

function allowed(controllers: Route['controllers']): string[] {
  return Object.keys(controllers).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}

/** Creates a server on `node:http`, ready to listen. */
export function createServer(books = new Books()): Server {
  const routes = routesOf(books)
  return createHttpServer(async (incoming, outgoing) => {
    await send(await respond(routes, incoming), outgoing)
  })
}

/** Converts every error to a response. */
async function respond(routes: readonly Route[], incoming: IncomingMessage): Promise<Response> {
  try {
    return await route(routes, requestOf(incoming))
  } catch (error) {
    return responder.toResponse(error, incoming)
  }
}

/** Converts a request of `node:http` to a Fetch Request. */
function requestOf(incoming: IncomingMessage): Request {
  const { method = 'GET', url = '/', headersDistinct } = incoming
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  const hasBody = method !== 'GET' && method !== 'HEAD'
  try {
    return new Request(new URL(url, 'http://localhost'), {
      method,
      headers,
      body: hasBody ? Readable.toWeb(incoming) : null,
      duplex: 'half',
    })
  } catch (cause) {
    // HTTP allows URLs and methods that a Fetch Request rejects.
    throw new BadRequest('The URL or the method of this request is not supported.', { cause })
  }
}

/** Sends a Fetch Response with `node:http`, which omits the content for HEAD. */
async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const content = Buffer.from(await response.arrayBuffer())
  outgoing.statusCode = response.status
  outgoing.statusMessage = response.statusText
  outgoing.setHeaders(response.headers)
  if (!response.headers.has('Content-Length')) outgoing.setHeader('Content-Length', content.length)
  outgoing.end(content)
}

function start(port: string): void {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    exitWith(`PORT must be an integer from 0 to 65535, received ${JSON.stringify(port)}`)
  }
  const server = createServer()
  server.on('error', (error) => exitWith(`Cannot listen on port ${port}: ${error.message}`))
  server.listen(Number(port), () => {
    console.log(`Listening on http://localhost:${(server.address() as AddressInfo).port}: try /books`)
  })
}

function exitWith(message: string): never {
  console.error(message)
  process.exit(1)
}

/** `require.main` is not set for a file loaded with `node -e "require(…)"`, but the file is the first argument. */
function isStartedDirectly([, file]: readonly string[]): boolean {
  return file !== undefined && [__filename, __filename.replace(/\.ts$/, '')].includes(resolve(file))
}

if (isStartedDirectly(process.argv)) start(process.env.PORT || '3000')
