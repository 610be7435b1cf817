import { once } from 'node:events'
import { createServer, get as httpGet, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect, createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'chai'
import { fastify } from 'fastify'
import type { FastifyReply } from '../../src/node/platform-response.js'
import { type NodeStream, writeResponse } from '../../src/node/write-response.js'
import { LONGEST_WAIT, type ReceivedResponse, type RequestInit, request } from '../nestjs/request.js'
import { bodies, streamOf } from './stream-of.js'

const servers: (() => unknown)[] = []

interface Platform {
  readonly name: string
  /** Starts a server for a Response. It sends an error of `writeResponse()` as 500 with its message. */
  serve(makeResponse: () => Response, before?: (set: (name: string, value: string) => void) => void): Promise<string>
}

const platforms: readonly Platform[] = [
  {
    name: 'Node',
    async serve(makeResponse, before) {
      const server: Server = createServer(async (incoming: IncomingMessage, outgoing: ServerResponse) => {
        before?.((name, value) => outgoing.setHeader(name, value))
        const target = outgoing as unknown as NodeStream
        try {
          await writeResponse(makeResponse(), target, incoming.method === 'HEAD')
        } catch (error) {
          outgoing.writeHead(500).end((error as Error).message)
        }
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      servers.push(() => server.close())
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    },
  },
  {
    name: 'Fastify',
    async serve(makeResponse, before) {
      const app = fastify()
      app.get('/', async (incoming, reply) => {
        before?.((name, value) => void reply.header(name, value))
        await writeResponse(makeResponse(), reply as unknown as FastifyReply, incoming.method === 'HEAD')
        return reply
      })
      servers.push(() => app.close())
      return app.listen({ port: 0, host: '127.0.0.1' })
    },
  },
]

for (const { name, serve } of platforms) {
  describe(`writeResponse() on ${name}`, () => {
    afterEach(() => Promise.all(servers.splice(0).map((close) => close())))

    const responseTo = async (makeResponse: () => Response, init?: RequestInit): Promise<ReceivedResponse> =>
      request(await serve(makeResponse), init)

    it('sends status, headers, cookies and body, and keeps headers that were set before', async () => {
      const url = await serve(
        () => {
          const response = new Response(streamOf('one ', 'two'), { status: 203, headers: { 'X-Page': '7' } })
          response.headers.append('Set-Cookie', 'a=1')
          response.headers.append('Set-Cookie', 'b=2')
          return response
        },
        (set) => {
          set('X-Page', '1')
          set('X-Shelf', '7')
          set('Set-Cookie', 'before=1')
        },
      )
      const response = await request(url)
      expect([response.status, response.body]).to.deep.equal([203, 'one two'])
      expect([response.field('x-page'), response.field('x-shelf')]).to.deep.equal(['7', '7'])
      expect(response.lines('set-cookie')).to.deep.equal(['before=1', 'a=1', 'b=2'])
    })

    it('sends no body for a Response without one or a HEAD request, and cancels an unused body', async () => {
      const none = await responseTo(() => new Response(null, { status: 204, headers: { 'X-Page': '7' } }))
      expect([none.status, none.body, none.field('x-page')]).to.deep.equal([204, '', '7'])
      bodies.cancelled = false
      const head = await responseTo(() => new Response(streamOf('one'), { headers: { 'X-Page': '7' } }), {
        method: 'HEAD',
      })
      expect([head.status, head.body, head.field('x-page')]).to.deep.equal([200, '', '7'])
      expect(bodies.cancelled).to.equal(true)
      expect((await responseTo(() => new Response(), { method: 'HEAD' })).status).to.equal(200)
    })

    it('throws an error when the body was already read or is locked', async () => {
      const used = () => {
        const response = new Response('x')
        void response.text()
        return response
      }
      const locked = () => {
        const response = new Response('x')
        response.body?.getReader()
        return response
      }
      for (const makeResponse of [used, locked]) {
        const { status, body } = await responseTo(makeResponse)
        expect(status).to.equal(500)
        expect(body).to.contain('A Response must have an unread body, received one that was already read or is locked')
      }
    })

    it('aborts the response when the body is shorter than its Content-Length', async () => {
      const short = () => new Response(streamOf('abc'), { headers: { 'Content-Length': '10' } })
      expect(await responseTo(short).catch((error) => error)).to.be.an('error')
      const announcedBefore = await serve(
        () => new Response('abc'),
        (set) => set('Content-Length', '10'),
      )
      expect(await request(announcedBefore).catch((error) => error)).to.be.an('error')
    })

    it('sends no more bytes than Content-Length, or 500 when the first chunk is too long', async () => {
      const fields = { headers: { 'Content-Length': '3' } }
      expect((await responseTo(() => new Response(streamOf('abc', 'def'), fields))).body).to.equal('abc')
      const atOnce = await responseTo(() => new Response('abcdef', fields))
      expect(atOnce.status).to.equal(500)
      expect(atOnce.body).to.contain('The body of a Response must match its Content-Length (3), received 6 bytes')
    })

    it('keeps a correct Content-Length', async () => {
      const right = await responseTo(() => new Response(streamOf('abc', 'def'), { headers: { 'Content-Length': '6' } }))
      expect([right.field('content-length'), right.body]).to.deep.equal(['6', 'abcdef'])
    })

    it('drops Content-Encoding and Content-Length of a fetched Response that was decoded', async () => {
      const upstream = await serve(
        () => new Response('plain'),
        (set) => set('Keep-Alive', 'timeout=7'),
      )
      const url = await serve(() => new Response('x'))
      expect((await request(url)).body).to.equal('x')
      const fetched = await fetch(upstream)
      const gzipped = Object.defineProperty(fetched, 'headers', {
        value: new Headers({
          'content-encoding': 'gzip',
          'content-length': '7',
          'keep-alive': 'timeout=7',
          'x-page': '7',
        }),
      })
      const response = await request(await serve(() => gzipped))
      expect(response.body).to.equal('plain')
      expect(response.field('x-page')).to.equal('7')
      expect(response.names()).not.to.include('content-encoding')
      expect(response.field('content-length')).not.to.equal('7')
    })
  })
}

describe('writeResponse() with a ServerResponse of Node', () => {
  afterEach(() => Promise.all(servers.splice(0).map((close) => close())))

  const serve = platforms[0]!.serve

  it('sends the statusText of the Response, and a cookie', async () => {
    const fields = { 'Set-Cookie': 'a=1' }
    const response = await request(await serve(() => new Response('x', { statusText: 'Very Well', headers: fields })))
    expect([response.phrase, response.field('set-cookie')]).to.deep.equal(['Very Well', 'a=1'])
  })

  it('rejects when the body fails before the first chunk', async () => {
    const response = await request(await serve(() => new Response(streamOf(new Error('read failed')))))
    expect([response.status, response.body]).to.deep.equal([500, 'read failed'])
  })

  it('cuts off the response when the body fails after the first chunk', async () => {
    const url = await serve(() => new Response(streamOf('half of', new Error('secret'))))
    const [response] = (await once(httpGet(url, { agent: false }), 'response')) as [IncomingMessage]
    let body = ''
    response.on('data', (chunk) => {
      body += chunk
    })
    const [error] = await once(response, 'error')
    expect([response.statusCode, body, error.code]).to.deep.equal([200, 'half of', 'ECONNRESET'])
  })

  it('cancels the body when the client disconnects', async () => {
    bodies.cancelled = false
    const url = await serve(() => new Response(streamOf(...Array<string>(1000).fill('again '))))
    const client = httpGet(url, { agent: false })
    const [response] = await once(client, 'response')
    await once(response, 'data')
    client.destroy()
    for (let waited = 0; waited < LONGEST_WAIT && !bodies.cancelled; waited += 20) await setTimeout(20)
    expect(bodies.cancelled).to.equal(true)
  })
})

describe('writeResponse() over HTTP/2', () => {
  it('sends no connection-specific fields', async () => {
    const server = createHttp2Server((_, outgoing) => {
      const response = new Response('Use HTTP/3.', { status: 426, headers: { Upgrade: 'HTTP/3', 'X-Shelf': '7' } })
      writeResponse(response, outgoing as unknown as NodeStream, false)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const stream = client.request({ ':path': '/' })
    const [headers] = await once(stream, 'response')
    expect(headers).to.include({ ':status': 426, 'x-shelf': '7' }).and.not.to.have.property('upgrade')
    expect((await stream.toArray()).join('')).to.equal('Use HTTP/3.')
    client.close()
    server.close()
  })
})
