import { connect, createServer as createHttp2Server } from 'node:http2'
import { type AddressInfo, connect as connectTo } from 'node:net'
import { Controller, Get } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { CatchingFailure, FailureResponder, NotFound, Unauthorized, UpgradeRequired } from '../../src/index.js'
import { FailureModule } from '../../src/nestjs/index.js'
import { closeServers, platforms, start } from '../nestjs/platforms.js'
import { silently } from '../nestjs/ways.js'

// The header fields of failures on Fetch servers and on Nest, as they are sent over HTTP/1.1 and HTTP/2.

const { serve } = require('@hono/node-server')
const { Hono } = require('hono')

const responder = new FailureResponder({ onWarning: () => undefined })

class Books {
  @CatchingFailure()
  upgrade(_context: { readonly req: { readonly raw: Request } }): Response {
    throw upgradeRequired()
  }
}

function upgradeRequired() {
  return new UpgradeRequired({ upgrade: ['HTTP/3'], headers: { 'Keep-Alive': 'timeout=5', 'X-Shelf': '7' } })
}

function applicationWith(realm: string) {
  const app = new Hono()
  const books = new Books()
  app.get('/decorated', (context: any) => books.upgrade(context))
  app.get('/thrown', () => {
    throw upgradeRequired()
  })
  app.get('/late', () => {
    throw new NotFound({ headers: { 'Retry-After': ['5', '7'], Location: '/a', location: '/b' } })
  })
  app.get('/unauthorized', () => {
    throw new Unauthorized({ challenge: { scheme: 'Basic', realm } })
  })
  app.onError((error: unknown, context: any) => responder.toResponse(error, context.req.raw))
  return app
}

interface Listening {
  address(): AddressInfo
  close(): void
}

async function listening(options: object): Promise<Listening> {
  return new Promise((resolve) => {
    const server = serve({ fetch: applicationWith('Bücher').fetch, port: 0, hostname: '127.0.0.1', ...options }, () =>
      resolve(server),
    )
  })
}

describe('A failure on Hono over HTTP/2', () => {
  let server: Listening

  before(async () => {
    server = await listening({ createServer: createHttp2Server })
  })

  after(() => server.close())

  const headersOf = (path: string) => http2HeadersOf(`http://127.0.0.1:${server.address().port}`, path)

  for (const path of ['/decorated', '/thrown']) {
    it(`has no connection-specific fields (${path})`, async () => {
      const headers = await headersOf(path)
      expect(headers).to.include({ ':status': 426, 'x-shelf': '7', 'content-type': 'application/problem+json' })
      expect(headers).not.to.have.any.keys('upgrade', 'connection', 'keep-alive')
    })
  }

  it('has one value of each field that can have only one', async () => {
    expect(await headersOf('/late')).to.include({ ':status': 404, 'retry-after': '5', location: '/a' })
  })
})

describe('A failure on Hono over HTTP/1.1', () => {
  let server: Listening

  before(async () => {
    server = await listening({})
  })

  after(() => server.close())

  it('has the connection-specific fields', async () => {
    const { headers } = await fetch(`http://127.0.0.1:${server.address().port}/decorated`)
    expect([headers.get('upgrade'), headers.get('keep-alive')]).to.deep.equal(['HTTP/3', 'timeout=5'])
  })

  it('sends a realm in Latin-1, to GET and to HEAD', async () => {
    await expectLatin1(server.address().port, '/unauthorized')
  })
})

describe('A failure on Fastify in Nest over HTTP/2', () => {
  after(closeServers)

  it('has no connection-specific fields', async () => {
    @Controller()
    class Shelf {
      @Get('thrown')
      thrown() {
        throw upgradeRequired()
      }
    }
    const imports = [FailureModule.forRoot({ onFailure: () => undefined })]
    const { origin } = await start({ imports, controllers: [Shelf] }, new FastifyAdapter({ http2: true }))
    const headers = await http2HeadersOf(origin, '/thrown')
    expect(headers).to.include({ ':status': 426, 'x-shelf': '7' })
    expect(headers).not.to.have.any.keys('upgrade', 'connection', 'keep-alive')
  })
})

for (const platform of platforms) {
  describe(`A failure on ${platform.name}`, () => {
    after(closeServers)

    it('sends a realm in Latin-1, to GET and to HEAD', async () => {
      @Controller('unauthorized')
      class Shelf {
        @Get()
        get() {
          throw new Unauthorized({ challenge: { scheme: 'Basic', realm: 'Bücher' } })
        }
      }
      const configure = (app: { useGlobalFilters(filter: object): unknown }) => app.useGlobalFilters(silently())
      const { origin } = await platform.start({ controllers: [Shelf], configure })
      await expectLatin1(Number(new URL(origin).port), '/unauthorized')
    })
  })
}

async function http2HeadersOf(origin: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  const client = connect(origin)
  try {
    return await new Promise((resolve, reject) => {
      client.request({ ':path': path }).on('response', resolve).on('error', reject).resume()
    })
  } finally {
    client.close()
  }
}

async function expectLatin1(port: number, path: string): Promise<void> {
  for (const method of ['GET', 'HEAD']) {
    const socket = connectTo(port, '127.0.0.1')
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: books.example\r\nConnection: close\r\n\r\n`)
    const received = Buffer.concat(await socket.toArray()).toString('latin1')
    expect(received, method).to.match(/\r\nwww-authenticate: Basic realm="Bücher"\r\n/i)
    expect(received, method).to.match(method === 'GET' ? /"status":401\}$/ : /\r\n\r\n$/)
  }
}
