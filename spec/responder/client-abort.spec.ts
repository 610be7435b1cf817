import { once } from 'node:events'
import { connect, createServer as createHttp2 } from 'node:http2'
import { type AddressInfo, connect as connectSocket } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'chai'
import { type Failure, FailureResponder, type RequestLike } from '../../src/index.js'
import { closeServers, listen } from '../listen.js'

const express = require('express')

/** A promise that is resolved from outside. */
function later<Value>(): { readonly promise: Promise<Value>; resolve(value: Value): void } {
  let resolve: (value: Value) => void = () => undefined
  const promise = new Promise<Value>((settle) => (resolve = settle))
  return { promise, resolve: (value) => resolve(value) }
}

describe('FailureResponder for the abort of a request', () => {
  afterEach(closeServers)

  const responder = new FailureResponder({ onFailure: () => undefined })

  /** The failure for an error that a handler throws after the client has disconnected, or after 50 ms. */
  async function failureOf(handle: (request: any, response: any) => unknown, disconnects = true): Promise<Failure> {
    const failure = later<Failure>()
    const origin = await listen(async (request, response) => {
      try {
        await handle(request, response)
      } catch (error) {
        failure.resolve(responder.toFailure(error, request))
      }
      response.end()
    })
    const socket = connectSocket(Number(new URL(origin).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    if (disconnects) await setTimeout(50).then(() => socket.destroy())
    return failure.promise
  }

  const closed = (request: any) => once(request.socket, 'close')

  const abort = (signal: AbortSignal) => fetch('http://127.0.0.1:1/', { signal })

  it('is a client failure if the client has closed the connection (HTTP/1.1)', async () => {
    const failure = await failureOf(async (request) => {
      await closed(request)
      return abort(AbortSignal.abort())
    })
    expect(failure).to.include({ status: 400, detail: 'The client has closed the connection.' })
    expect(failure.cause).to.have.property('name', 'AbortError')
  })

  it('is a client failure for a pipeline() to the closed response', async () => {
    const endless = () =>
      Readable.from(
        (async function* () {
          for (;;) {
            await setTimeout(5)
            yield 'book'
          }
        })(),
      )
    expect(await failureOf((_request, response) => pipeline(endless(), response))).to.include({ status: 400 })
  })

  it('is a client failure if the stream was reset (HTTP/2)', async () => {
    const failure = later<Failure>()
    const server = createHttp2((request) => {
      request.stream.on('close', () => {
        failure.resolve(responder.toFailure(new DOMException('aborted', 'AbortError'), request as RequestLike))
      })
    }).listen(0)
    await once(server, 'listening')
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const stream = session.request({ ':path': '/' })
    stream.on('error', () => undefined)
    await setTimeout(50)
    stream.close(8)
    expect(await failure.promise).to.include({ status: 400 })
    session.destroy()
    server.close()
  })

  it('is a client failure if the signal of a Fetch request has aborted, for any reason', () => {
    for (const reason of [undefined, new Error('gone')]) {
      const controller = new AbortController()
      const request = new Request('http://a/', { signal: controller.signal })
      controller.abort(reason)
      expect(responder.toFailure(request.signal.reason, request)).to.include({ status: 400 })
    }
  })

  it('is a client failure for another error of fetch() with the aborted signal', async () => {
    const controller = new AbortController()
    const request = new Request('http://a/', { signal: controller.signal })
    controller.abort(new Error('gone'))
    expect(responder.toFailure(new DOMException('aborted', 'AbortError'), request).status).to.equal(400)
    expect(responder.toFailure(new Error('sda1'), request).status).to.equal(500)
  })

  it('is a client failure for the framework request of Fastify', () => {
    const request = { method: 'GET', signal: AbortSignal.abort(), raw: { socket: { destroyed: true } } }
    expect(responder.toFailure(new DOMException('aborted', 'AbortError'), request as RequestLike).status).to.equal(400)
  })

  it('is a client failure for the incomplete body that a parser reports', async () => {
    const failure = later<Failure>()
    const app = express()
    app.use(express.json())
    app.use((error: unknown, request: RequestLike, response: any, _next: unknown) => {
      failure.resolve(responder.toFailure(error, request))
      response.end()
    })
    const socket = connectSocket(Number(new URL(await listen(app)).port), '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{')
    await setTimeout(50)
    socket.destroy()
    expect(await failure.promise).to.include({ status: 400, detail: 'request aborted' })
  })

  it('is a client failure for a body that breaks off while the handler reads it', async () => {
    for (const read of [
      (request: any) => request.toArray(),
      (request: any) => pipeline(request, new PassThrough().resume()),
    ]) {
      const failure = later<Failure>()
      const origin = await listen(async (request, response) => {
        await read(request).catch((error: unknown) => failure.resolve(responder.toFailure(error, request)))
        response.end()
      })
      const socket = connectSocket(Number(new URL(origin).port), '127.0.0.1')
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{')
      await setTimeout(50)
      socket.destroy()
      expect(await failure.promise).to.include({ status: 400, detail: 'The client has closed the connection.' })
    }
  })

  it('is a client failure for a body that breaks off in bare Fastify, and on a server that adapts Node to Fetch', async () => {
    const aborted = Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
    const controller = new AbortController()
    const request = new Request('http://a/', { signal: controller.signal })
    expect(responder.toFailure(aborted, request).status).to.equal(500)
    controller.abort()
    expect(responder.toFailure(aborted, request).status).to.equal(400)
    expect(responder.toFailure(aborted, { raw: { errored: aborted, socket: {} } } as RequestLike).status).to.equal(400)
    expect(responder.toFailure(aborted, { raw: { errored: null, socket: {} } } as RequestLike).status).to.equal(500)
  })

  it('keeps the status of a timeout of Fastify, which aborts the signal of its request', () => {
    const timeout = Object.assign(new Error('Handler timed out'), {
      ...{ name: 'FastifyError', code: 'FST_ERR_HANDLER_TIMEOUT', statusCode: 503 },
    })
    const request = { method: 'GET', signal: AbortSignal.abort(timeout), raw: { socket: { destroyed: false } } }
    expect(responder.toFailure(timeout, request as RequestLike).status).to.equal(503)
    const aborted = new DOMException('aborted', 'AbortError')
    expect(responder.toFailure(aborted, request as RequestLike).status).to.equal(500)
  })

  it('is a 500 while the client is connected: an outgoing request was aborted', async () => {
    expect(await failureOf(() => abort(AbortSignal.abort()), false)).to.include({ status: 500 })
    expect(await failureOf(() => abort(AbortSignal.timeout(1)), false)).to.include({ status: 500 })
    const request = new Request('http://a/')
    expect(responder.toFailure(new DOMException('aborted', 'AbortError'), request)).to.include({ status: 500 })
    expect(responder.toFailure(new DOMException('aborted', 'AbortError'))).to.include({ status: 500 })
  })

  it('is a 500 for another error after the client has closed the connection', async () => {
    const failure = await failureOf(async (request) => {
      await closed(request)
      throw new Error('sda1')
    })
    expect(failure).to.include({ status: 500 })
  })
})
