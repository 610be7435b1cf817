import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { connect, createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import type { INestApplication } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { FailureResponder, NotFound } from '../../src/index.js'
import { breakOff } from '../../src/node/break-off.js'
import type { NodeResponse } from '../../src/node/platform-response.js'
import { sendFailure } from '../../src/node/send-failure.js'
import { writeReply } from '../../src/node/write-reply.js'
import { closeServers, start, throwing } from '../nestjs/platforms.js'
import { silently } from '../nestjs/ways.js'

const responder = new FailureResponder({ onFailure: () => undefined, onWarning: () => undefined })

describe('sendFailure()', () => {
  it('survives a handler that writes afterwards', async () => {
    let late: Promise<void> | undefined
    const server = createServer((request, response) => {
      sendFailure(new NotFound(), request, response, responder)
      late = writeLate(response)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect(await response.json()).to.include({ status: 404 })
    await late
    server.close()
    server.closeAllConnections()
  })

  it('resets a stream of HTTP/2 whose response cannot be written', async () => {
    const server = createHttp2Server((request, response) => {
      response.setHeader = () => {
        throw new Error('The method is broken.')
      }
      sendFailure(new NotFound(), request, response as never, responder)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const [error] = await once(client.request({ ':path': '/' }), 'error').catch((thrown) => [thrown])
    expect(error.message).to.contain('NGHTTP2_INTERNAL_ERROR')
    client.close()
    server.close()
  })

  it('works on Fastify in a runtime without process.getBuiltinModule()', async () => {
    const { getBuiltinModule } = process
    Object.assign(process, { getBuiltinModule: undefined })
    try {
      const configure = (app: INestApplication) => {
        app.useGlobalFilters(silently())
        app
          .getHttpAdapter()
          .getInstance()
          .addHook('onSend', async (_: object, _reply: object, content: string) => content)
      }
      const { get } = await start({ controllers: [throwing(new NotFound())], configure }, new FastifyAdapter())
      expect((await get('/books')).json()).to.include({ status: 404 })
    } finally {
      Object.assign(process, { getBuiltinModule })
      await closeServers()
    }
  })
})

async function writeLate(response: ServerResponse): Promise<void> {
  response.write('late')
  await new Promise((resolve) => setTimeout(resolve, 5))
  response.write('later')
  response.end('latest')
}

describe('writeReply()', () => {
  it('sends no connection-specific fields over HTTP/2', async () => {
    const reply = { status: 426, headers: { Upgrade: 'HTTP/3', Connection: 'upgrade', 'X-Shelf': '7' }, body: '{}' }
    const server = createHttp2Server((_, response) => writeReply(reply, response as never)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const [headers] = await once(client.request({ ':path': '/' }).resume(), 'response')
    expect(headers).to.include({ ':status': 426, 'x-shelf': '7' }).and.not.to.have.any.keys('upgrade', 'connection')
    client.close()
    server.close()
  })
})

describe('breakOff()', () => {
  it('destroys a response whose socket is not one of Node, such as that of an injected request', () => {
    let isDestroyed = false
    const response = {
      socket: {},
      destroy: () => {
        isDestroyed = true
      },
    }
    breakOff(response as unknown as NodeResponse)
    expect(isDestroyed).to.equal(true)
  })
})
