import 'reflect-metadata'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { expect } from 'chai'
import { firstValueFrom, throwError } from 'rxjs'
import { BadGateway, Failure, FailureResponder, NotFound } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import { closeServers, listen } from '../listen.js'
import { exportsOf } from './run-snippet.js'
import { expectShownResponse } from './shown-response.js'
import { blocksIn, rowsIn } from './snippets.js'

// The code of the guides is run, and its responses must be equal to those shown in the guides.

const textOf = (guide: string) => readFileSync(`guides/${guide}.md`, 'utf8')
const codeOf = (guide: string, index = 0) => blocksIn(textOf(guide), 'ts')[index] as string
const responsesOf = (guide: string) => blocksIn(textOf(guide), 'http')
const silent = { onFailure: () => undefined, onWarning: () => undefined }

describe('guides/getting-started.md', () => {
  const { Books } = exportsOf(codeOf('getting-started'))

  it('shows the response of its controller', async () => {
    await expectShownResponse(
      await new Books().show(new Request('http://localhost/books/1')),
      responsesOf('getting-started')[0],
    )
  })

  it('returns a book that exists', async () => {
    const response: Response = await new Books().show(new Request('http://localhost/books/978-0131103627'))
    expect(await response.json()).to.have.property('title', 'The C Programming Language')
  })

  it('converts other errors to responses in its fetch handler', async () => {
    const warnings: unknown[] = []
    const { handle } = exportsOf(codeOf('getting-started', 1), {
      console: { warn: (...args: unknown[]) => warnings.push(args) },
    })
    expect((await handle(new Request('http://localhost/books', { method: 'POST', body: '{' }))).status).to.equal(415)
    const read = new Request('http://localhost/books', {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    })
    await read.text()
    expect((await handle(read)).status).to.equal(500)
    expect(warnings).to.have.lengthOf(2)
  })
})

describe('guides/your-own-failures.md', () => {
  it('shows the response of its failure', async () => {
    const { InvalidIsbn } = exportsOf(codeOf('your-own-failures'))
    await expectShownResponse(new InvalidIsbn('123').toResponse(), responsesOf('your-own-failures')[0])
  })

  it('distinguishes failures by class', () => {
    const logged: unknown[] = []
    const console = { log: (...args: unknown[]) => logged.push(args[0]) }
    exportsOf(codeOf('your-own-failures', 3), { response: new Response(null, { status: 404 }), console })
    expect(logged).to.deep.equal(['There is none.', 404])
  })
})

async function expectRejection(promise: Promise<unknown>): Promise<void> {
  const error = await promise.catch((rejection: unknown) => rejection)
  expect(error).to.be.instanceOf(Error).and.not.to.be.instanceOf(BadGateway)
}

describe('guides/client.md', () => {
  after(closeServers)

  /** Runs the client of the guide with a response, and returns the logged values and the thrown error. */
  async function runWith(response: Response): Promise<{ logged: unknown[]; thrown: unknown }> {
    const logged: unknown[] = []
    const code = codeOf('client').replace('const url =', 'export async function order() {\nconst url =')
    const { order } = exportsOf(`${code}\n}`, {
      fetch: async () => response,
      console: { log: (...args: unknown[]) => logged.push(...args) },
    })
    const thrown = await order?.().catch((error: unknown) => error)
    return { logged, thrown }
  }

  it('restores a failure of the domain, and throws a BadGateway instead of it', async () => {
    const problem = { type: 'https://bookshop.example/problems/out-of-stock', status: 409, isbn: '978-0131103627' }
    const { logged, thrown } = await runWith(Response.json(problem, { status: 409 }))
    expect(logged).to.deep.equal(['978-0131103627'])
    expect(thrown).to.be.instanceOf(BadGateway)
  })

  for (const [index, client] of ['Axios', 'Ky', 'Ofetch', 'Got'].entries()) {
    it(`restores a failure from the response of ${client}`, async () => {
      const problem = { type: '/problems/lost', title: 'Lost', status: 404, detail: 'It is lost.', shelf: 7 }
      const origin = await listen((_, response) => {
        response.writeHead(404, { 'Content-Type': 'application/problem+json', 'X-Shelf': '7' })
        response.end(JSON.stringify(problem))
      })
      const book = exportsOf(codeOf('client', index + 1))[`bookBy${client}`]
      const { cause } = await book(`${origin}/books/1`).catch((error: unknown) => error)
      expect(cause).to.be.instanceOf(NotFound)
      expect(cause.toProblem()).to.deep.equal({ ...problem, type: `${origin}/problems/lost` })
      expect(cause.headers).to.include({ 'x-shelf': '7' })
      await expectRejection(book('http://127.0.0.1:1/'))
    })
  }

  it('reads Retry-After, and does nothing for a successful response', async () => {
    const tooManyRequests = new Response(null, { status: 429, headers: { 'Retry-After': '60' } })
    expect((await runWith(tooManyRequests)).logged).to.deep.equal([60])
    expect(await runWith(new Response())).to.deep.equal({ logged: [], thrown: undefined })
  })
})

describe('guides/nestjs.md, other transports', () => {
  const snippet = blocksIn(textOf('nestjs'), 'ts').find((block) => block.includes('ClientProxy')) as string
  const { Orders } = exportsOf(snippet)

  async function errorFor(error: unknown): Promise<unknown> {
    return firstValueFrom(new Orders({ send: () => throwError(() => error) }).order('7')).catch((thrown) => thrown)
  }

  it('rethrows a failure of the domain, and throws a BadGateway for any other error', async () => {
    const problem = { type: 'https://bookshop.example/problems/out-of-stock', status: 409, isbn: '7' }
    expect(await errorFor(problem)).to.include({ status: 409, isbn: '7', detail: 'No copy of 7 is left.' })
    expect(await errorFor({ type: 'about:blank', status: 404 })).to.be.instanceOf(BadGateway)
    expect(await errorFor(new Error('lost'))).to.be.instanceOf(BadGateway)
  })
})

describe('guides/validation.md', () => {
  it('shows the response to a body with two errors', async () => {
    const order = exportsOf(`${codeOf('validation')}\nexport { order }`)['order']
    const request = new Request('http://localhost/orders?page=1', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ items: [{ isbn: 1, copies: 0 }] }),
    })
    const failure: Failure = await order(request).catch((error: unknown) => error)
    expect(failure.toProblem()).to.deep.equal(JSON.parse(blocksIn(textOf('validation'), 'json')[0] as string))
  })
})

describe('guides/negotiation.md', () => {
  it('sends its own representation when Accept contains its media type', async () => {
    const { responder } = exportsOf(`${codeOf('negotiation', 1)}\nexport { responder }`)
    const request = new Request('http://localhost/', { headers: { Accept: 'text/csv' } })
    expect(await responder.toResponse(new NotFound(), request).text()).to.equal('status,title\r\n404,"Not Found"\r\n')
  })
})

describe('guides/responder.md', () => {
  it('calls its metrics once per error response', () => {
    const statuses: number[] = []
    exportsOf(codeOf('responder'), {
      EntityNotFound: class extends Error {},
      catalog: { find: () => undefined },
      metrics: { count: (status: number) => statuses.push(status) },
    })
    expect(statuses).to.deep.equal([500, 404, 404])
  })
})

describe('guides/nestjs.md', () => {
  const code = blocksIn(textOf('nestjs'), 'ts').find((block) => block.includes('validateBodies')) as string

  it('reports the parameter that its pipe rejects', async () => {
    const { Orders, validateBodies } = exportsOf(code)
    class Shop {}
    Module({ controllers: [Orders] })(Shop)
    const app = await NestFactory.create(Shop, { logger: false })
    app.useGlobalFilters(new FailureFilter(silent))
    validateBodies(app)
    await app.listen(0)
    try {
      const response = await fetch(`${await app.getUrl()}/orders/first`)
      expect(response.status).to.equal(400)
      const { errors } = (await response.json()) as { errors: object[] }
      expect(errors).to.have.lengthOf(1)
      expect(errors[0]).to.include({ parameter: 'id' })
    } finally {
      await app.close()
    }
  })
})

describe('guides/security.md', () => {
  const { thrown } = exportsOf(codeOf('security')) as { thrown: readonly unknown[] }

  it('throws errors whose secrets are not sent', () => {
    const responder = new FailureResponder(silent)
    const replies = thrown.map((error) => responder.toReply(error))
    expect(replies.map(({ status }) => status)).to.deep.equal([500, 500, 500, 500, 502, 404])
    for (const reply of replies) expect(JSON.stringify(reply).toLowerCase()).not.to.contain('secret')
    const last = JSON.parse(replies.at(-1)?.body as string)
    expect(last).to.deep.equal({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is no such member.',
      member: 'ada',
    })
  })
})

describe('guides/performance.md', () => {
  afterEach(() => {
    Failure.stackTraces = 'all'
  })

  it('states which failures have a stack trace for each setting', () => {
    const rows = rowsIn(textOf('performance')).filter(([setting]) => /^`'\w+'`$/.test(setting as string))
    expect(rows).to.have.lengthOf(3)
    for (const [setting = '', ...claims] of rows) {
      Failure.stackTraces = setting.replace(/[`']/g, '') as typeof Failure.stackTraces
      const traced = [new NotFound(), new BadGateway()].map(({ stack = '' }) => stack.includes('\n    at '))
      expect(traced, setting).to.deep.equal(claims.map((claim) => !claim.includes('none')))
    }
  })

  it('disables stack traces of client failures in one line', () => {
    exportsOf(codeOf('performance'))
    expect(new NotFound('There is none.').stack).to.equal('NotFound: There is none.')
    expect(new BadGateway().stack).to.contain('\n    at ')
  })

  it('overrides the setting in a class', () => {
    const { UnknownBook, Mystery } = exportsOf(codeOf('performance', 1))
    expect(new UnknownBook().stack).not.to.contain('\n    at ')
    Failure.stackTraces = 'none'
    expect(new Mystery().stack).to.contain('\n    at ')
  })
})

describe('guides/other-frameworks.md', () => {
  const rows = rowsIn(textOf('other-frameworks')).filter(([, code]) => code?.includes('handle'))
  const request = () => new Request('http://localhost/books')

  it('has a line for each of five frameworks', () => expect(rows).to.have.lengthOf(5))

  for (const [framework, code = ''] of rows) {
    it(`responds in ${framework}`, async () => {
      let served: ((request: Request) => Promise<Response>) | undefined
      const Bun = { serve: ({ fetch }: { fetch: typeof served }) => void (served = fetch) }
      const Deno = { serve: (handler: typeof served) => void (served = handler) }
      const exported = exportsOf(`${codeOf('other-frameworks')}\n${code.slice(1, -1)}`, { Bun, Deno })
      const handle = exported['default']?.fetch ?? served ?? exported['GET']
      const response: Response = await handle(framework?.startsWith('SvelteKit') ? { request: request() } : request())
      expect(await response.json()).to.have.property('detail', 'There is nothing at /books.')
    })
  }

  const [shown] = responsesOf('other-frameworks')

  for (const className of ['Response', 'FastResponse'] as const) {
    describe(`h3 on a Node server, with ${className}`, () => {
      const { Response } = globalThis
      const shop = runningServer(async () => {
        globalThis.Response = { Response, ...(await import('srvx')) }[className]
        const { toNodeHandler } = await import('h3/node')
        return createServer(toNodeHandler(exportsOf(codeOf('other-frameworks', 1))['app'])).listen()
      })
      after(() => void (globalThis.Response = Response))

      itSendsFailures(shop, shown)
    })
  }
})

interface Shop {
  readonly get: (path: string, accept?: string) => Promise<Response>
  readonly logged: readonly unknown[]
}

/** Runs a server during the tests of the enclosing `describe`. */
function runningServer(start: () => Promise<Server>): Shop {
  let server: Server
  const logged: unknown[] = []
  const { error } = console

  before(async () => {
    console.error = (...args: unknown[]) => void logged.push(args)
    server = await start()
    if (!server.listening) await once(server, 'listening')
  })
  after(async () => {
    console.error = error
    await new Promise((closed) => server.close(closed))
  })

  const get = (path: string, accept = '*/*') =>
    fetch(`http://localhost:${(server.address() as AddressInfo).port}${path}`, { headers: { accept } })
  return { get, logged }
}

function itSendsFailures({ get, logged }: Shop, shown: string | undefined): void {
  it('sends the response shown in the guide', async () => expectShownResponse(await get('/books/1'), shown))

  it('recognizes errors thrown by the framework', async () => {
    const response = await get('/members')
    expect(response.status).to.equal(403)
    expect(await response.json()).to.have.property('detail', 'Members only.')
  })

  it('sends a 500 without details for a bug, and logs it once', async () => {
    const response = await get('/reports')
    expect(await response.json()).to.deep.equal({ type: 'about:blank', title: 'Internal Server Error', status: 500 })
    expect(logged).to.have.lengthOf(1)
  })

  it('sends 404 for an unknown path', async () => {
    const response = await get('/nothing')
    expect(response.status).to.equal(404)
    expect(await response.json()).to.have.property('detail', 'There is nothing at /nothing.')
  })
}
