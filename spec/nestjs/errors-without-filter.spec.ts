import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { Controller, Get } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { FailureFilter } from '../../src/nestjs/index.js'
import { closeServers, platforms, type Server, start } from './platforms.js'

// Errors for which Nest calls no filter, as listed in guides/nestjs.md. If a version of Nest calls one, update the guide.

@Controller('books')
class Books {
  @Get(':isbn')
  show() {
    return {}
  }
}

describe('An error that no filter sees', () => {
  const failures: unknown[] = []

  afterEach(async () => {
    expect(failures).to.deep.equal([])
    await closeServers()
  })

  const application = {
    controllers: [Books],
    configure: (app: Server['app']) => {
      app.enableCors()
      app.useGlobalFilters(new FailureFilter({ onFailure: (failure) => failures.push(failure) }))
    },
  }

  /** The status of the response to a request that a client of Node would not send. */
  async function statusOf({ origin }: Server, request: string): Promise<number> {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1')
    socket.write(request)
    const [data] = await once(socket, 'data')
    socket.destroy()
    return Number(String(data).split(' ')[1])
  }

  for (const platform of platforms) {
    it(`is a request that Node's parser rejects (${platform.name})`, async () => {
      const server = await platform.start(application)
      expect(await statusOf(server, 'no request\r\n\r\n')).to.equal(400)
      expect(await statusOf(server, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(2 ** 16)}\r\n\r\n`)).to.equal(431)
      expect(await statusOf(server, 'GET / HTTP/1.1\r\nHost: a\r\nExpect: money\r\n\r\n')).to.equal(417)
    })
  }

  it('is a URL that the router of Fastify cannot decode', async () => {
    const { get } = await start(application, new FastifyAdapter())
    const response = await get('/books/%zz')
    expect(response.status).to.equal(400)
    expect(response.field('content-type')).to.match(/^application\/json/)
  })

  it('is an incomplete preflight request on Fastify, unless strictPreflight is false', async () => {
    const { get } = await start(application, new FastifyAdapter())
    const response = await get('/books/7', { method: 'OPTIONS' })
    expect([response.status, response.body]).to.deep.equal([400, 'Invalid Preflight Request'])
  })

  it('is a request while Fastify is closing, unless return503OnClosing is false', async () => {
    const server = await start(application, new FastifyAdapter())
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
    // Without its end, so that the connection is not idle.
    socket.write('GET /books/7 HTTP/1.1\r\nHost: a\r\n')
    await setTimeout(50)
    const closing = server.app.close()
    await setTimeout(50)
    socket.write('\r\n')
    const [data] = await once(socket, 'data')
    expect(String(data))
      .to.match(/^HTTP\/1\.1 503 /)
      .and.not.include('problem+json')
    socket.destroy()
    await closing
  })
})
