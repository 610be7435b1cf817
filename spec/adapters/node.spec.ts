import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { expect } from 'chai'
import { Conflict, type Failure, FailureResponder, type FailureResponderOptions, NotFound } from '../../src/index.js'
import { sendFailure, writeReply } from '../../src/node/index.js'
import { cutOff, request } from '../nestjs/request.js'
import { listening, type Running } from './servers.js'

describe('http-failure/node', () => {
  let server: Running | undefined
  let reported: Failure[] = []
  const policy: FailureResponderOptions = { onFailure: (failure) => void reported.push(failure) }

  afterEach(async () => {
    await server?.close()
    reported = []
  })

  async function start(handle: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<string> {
    server = await listening(createServer((incoming, outgoing) => void handle(incoming, outgoing)))
    return server.origin
  }

  it('sends a failure without a policy, with options, and with a responder', async () => {
    const policies = [undefined, policy, policy, new FailureResponder(policy)]
    const origin = await start((incoming, outgoing) =>
      sendFailure(new NotFound('There is no book.'), incoming, outgoing, policies[Number(incoming.url?.slice(1))]),
    )
    for (const index of policies.keys()) {
      expect((await request(`${origin}/${index}`)).json()).to.include({ status: 404, detail: 'There is no book.' })
    }
    expect(reported).to.have.length(3)
  })

  it('throws a TypeError for invalid options, before anything is sent', async () => {
    const errors: unknown[] = []
    const origin = await start((incoming, outgoing) => {
      try {
        sendFailure(new NotFound(), incoming, outgoing, { typeBase: '/problems' })
      } catch (error) {
        errors.push(error)
        outgoing.end()
      }
    })
    await request(origin)
    expect(errors[0]).to.be.instanceOf(TypeError)
  })

  it('writes a reply', async () => {
    const responder = new FailureResponder(policy)
    const origin = await start((incoming, outgoing) => {
      outgoing.setHeader('ETag', '"1"')
      writeReply(responder.toReply(new Conflict(), incoming), outgoing)
    })
    const response = await request(origin)
    expect(response.json()).to.include({ status: 409 })
    expect(response.names()).not.to.include('etag')
  })

  it('closes the connection within a second when the head was sent', async () => {
    const origin = await start((incoming, outgoing) => {
      outgoing.write('a row')
      setTimeout(sendFailure, 5, new Conflict(), incoming, outgoing, policy)
    })
    const before = Date.now()
    expect((await cutOff(request(origin))).body).to.equal('a row')
    expect(Date.now() - before).to.be.below(1000)
    expect(reported).to.have.length(1)
  })

  it('regards the error of a client that aborts an upload as a client error', async () => {
    const origin = await start(async (incoming, outgoing) => {
      try {
        for await (const chunk of incoming) void chunk
      } catch (error) {
        sendFailure(error, incoming, outgoing, policy)
      }
    })
    const outgoing = httpRequest(origin, { method: 'POST', headers: { 'Content-Length': '100' } })
    outgoing.on('error', () => undefined)
    outgoing.write('a part')
    await new Promise((resolve) => setTimeout(resolve, 20))
    outgoing.destroy()
    while (reported.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    expect(reported.map(({ status }) => status)).to.deep.equal([400])
  })
})

describe('getResponse()', () => {
  it('is the same as toResponse(), so that a bare Hono responds correctly', async () => {
    const { Hono } = await import('hono')
    const app = new Hono().get('/', () => {
      throw new NotFound('There is no book.')
    })
    const response = await app.request('/')
    expect(response.status).to.equal(404)
    expect(response.headers.get('content-type')).to.equal('application/problem+json')
    expect(await response.json()).to.deep.equal(await new NotFound('There is no book.').getResponse().json())
  })
})
