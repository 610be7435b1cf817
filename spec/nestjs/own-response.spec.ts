import { PassThrough, Readable } from 'node:stream'
import { Controller, Get, Next, Param, Res } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { Conflict, NotFound } from '../../src/index.js'
import { type AnyResponse, rawOf, tick } from './any-response.js'
import { closeServers, platforms, start } from './platforms.js'
import { cutOff } from './request.js'
import { ways } from './ways.js'

const CONTENTS = {
  text: () => 'half of',
  object: () => ({ half: 'of' }),
  nothing: () => undefined,
  bytes: () => Buffer.from('half of'),
  stream: () => Readable.from(['half ', 'of']),
  response: () => new Response('half of', { status: 201 }),
}

const DELAYING_HOOKS = {
  promise: async (_request: unknown, _reply: unknown, payload: unknown) => {
    await tick()
    return payload
  },
  callback: (_request: unknown, _reply: unknown, payload: unknown, done: (error: null, payload: unknown) => void) => {
    setTimeout(done, 5, null, payload)
  },
}

async function* failing(...parts: string[]) {
  yield* parts
  await tick()
  throw new NotFound('There is no such book.')
}

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`A route with @Res() on ${platform.name} ${name}`, () => {
      @Controller('books')
      class Books {
        @Get('prepared')
        @Caught()
        prepared(@Res() response: AnyResponse) {
          response.header('Content-Type', 'text/csv')
          response.header('Content-Length', '100')
          response.header('ETag', '"1"')
          rawOf(response).setHeader('X-Shelf', '7')
          throw new NotFound()
        }

        @Get('passed-through')
        @Caught()
        passedThrough(@Res({ passthrough: true }) response: AnyResponse) {
          response.header('Content-Length', '100')
          rawOf(response).setHeader('X-Shelf', '7')
          throw new NotFound()
        }

        @Get('sent-and-passed-through')
        @Caught()
        async sentAndPassedThrough(@Res({ passthrough: true }) response: AnyResponse) {
          response.send('whole')
          await tick()
          throw new NotFound()
        }

        @Get('next')
        @Caught()
        next(@Next() next: (error: unknown) => void) {
          next(new Conflict('Passed to next.'))
        }

        @Get('sent-twice')
        @Caught()
        sentTwice(@Res() response: AnyResponse) {
          response.send('whole')
          response.send('again')
        }
      }

      let get: Awaited<ReturnType<typeof platform.start>>['get']

      before(async () => {
        get = (await platform.start({ ...application, controllers: [Books] })).get
      })

      after(closeServers)

      it('removes headers of the success that were set before the failure, and keeps others', async () => {
        for (const path of ['prepared', 'passed-through']) {
          const response = await get(`/books/${path}`)
          expect(response.status, path).to.equal(404)
          expect(response.lines('content-type'), path).to.deep.equal(['application/problem+json'])
          expect(response.lines('content-length'), path).to.deep.equal([String(response.body.length)])
          expect(response.names(), path).not.to.include('etag')
          expect(response.field('x-shelf'), path).to.equal('7')
        }
      })

      it('keeps a response that was sent before the error', async () => {
        for (const path of ['sent-and-passed-through', 'sent-twice']) {
          const response = await get(`/books/${path}`)
          expect(response.status, path).to.equal(200)
          expect(response.body, path).to.equal('whole')
        }
      })

      if (platform.name === 'Express') {
        it('sends the failure that it passes to next()', async () => {
          expect((await get('/books/next')).status).to.equal(409)
        })
      }
    })
  }
}

for (const { name, Caught, application } of ways) {
  describe(`A route that uses the reply of Fastify ${name}`, () => {
    @Controller('books')
    class Books {
      @Get('fails-immediately')
      @Caught()
      failsImmediately(@Res() reply: AnyResponse) {
        reply.send(Readable.from(failing()))
      }

      @Get('fails-midway')
      @Caught()
      failsMidway(@Res() reply: AnyResponse) {
        reply.send(Readable.from(failing('half of')))
      }

      @Get('sends-and-throws')
      @Caught()
      async sendsAndThrows(@Res() reply: AnyResponse) {
        reply.send(Readable.from(failing('half of')))
        throw new NotFound()
      }

      @Get('sends-a-failure')
      @Caught()
      sendsAFailure(@Res() reply: AnyResponse) {
        reply.send(new Conflict('Sent.'))
      }

      @Get('hijacked')
      @Caught()
      async hijacked(@Res() reply: AnyResponse) {
        reply.hijack()
        rawOf(reply).write('half of')
        await tick()
        throw new NotFound()
      }
    }

    @Controller('senders')
    class Senders {
      @Get(':content')
      @Caught()
      send(@Param('content') content: keyof typeof CONTENTS, @Res() reply: AnyResponse) {
        reply.send(CONTENTS[content]())
        throw new NotFound()
      }
    }

    let get: Awaited<ReturnType<typeof start>>['get']

    before(async () => {
      get = (await start({ ...application, controllers: [Books] }, new FastifyAdapter())).get
    })

    after(closeServers)

    it('sends the status of a failure that Fastify catches', async () => {
      expect((await get('/books/fails-immediately')).status).to.equal(404)
      expect((await get('/books/sends-a-failure')).status).to.equal(409)
    })

    it('cuts off the response when its stream fails midway', async () => {
      expect((await cutOff(get('/books/fails-midway'))).body).to.equal('half of')
    })

    for (const [style, onSend] of Object.entries(DELAYING_HOOKS)) {
      it(`sends the failure while a stream that was sent waits for its first chunk, with a ${style}`, async () => {
        @Controller('late')
        class Late {
          @Get('sent')
          @Caught()
          async sent(@Res() reply: AnyResponse) {
            const stream = new PassThrough()
            reply.send(stream)
            await new Promise((resolve) => setTimeout(resolve, 20))
            setTimeout(() => stream.end('half of'), 2)
            throw new NotFound()
          }

          @Get('hijacked')
          @Caught()
          async hijacked(@Res() reply: AnyResponse) {
            reply.send('half of')
            reply.hijack()
            throw new NotFound()
          }

          @Get('with-trailer')
          @Caught()
          async withTrailer(@Res() reply: AnyResponse & { trailer(name: string, value: () => void): void }) {
            reply.trailer('ETag', async () => '"1"')
            throw new NotFound()
          }
        }
        const adapter = new FastifyAdapter()
        adapter.getInstance().addHook('onSend', onSend as never)
        const delayed = await start({ ...application, controllers: [Late] }, adapter)
        for (const path of ['sent', 'hijacked', 'with-trailer']) {
          const response = await delayed.get(`/late/${path}`)
          expect(response.json(), path).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
          expect(response.field('content-type'), path).to.equal('application/problem+json')
          expect(response.names(), path).not.to.include('trailer')
        }
        await tick()
      })
    }

    it('sends the failure of a handler that has sent a stream, or breaks off the stream', async () => {
      const response = await get('/books/sends-and-throws').catch((error) => error)
      if (response.status === 404) expect(response.json()).to.include({ status: 404 })
      else expect(response.message).to.match(/cut off: 200 with "half of"$/)
    })

    for (const [style, onSend] of Object.entries(DELAYING_HOOKS)) {
      it(`sends the failure in place of content that an onSend hook delays, with a ${style}`, async () => {
        const adapter = new FastifyAdapter()
        adapter.getInstance().addHook('onSend', onSend as never)
        adapter.getInstance().addHook('onSend', async (_, reply) => void reply.header('X-Shelf', '7'))
        let statusOfHook: number | undefined
        adapter.getInstance().addHook('onResponse', async (_, reply) => void (statusOfHook = reply.statusCode))
        const delayed = await start({ ...application, controllers: [Senders] }, adapter)
        for (const name of Object.keys(CONTENTS)) {
          const response = await delayed.get(`/senders/${name}`)
          expect(response.json(), name).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
          expect(response.status, name).to.equal(404)
          expect(response.field('content-type'), name).to.equal('application/problem+json')
          expect(response.field('x-shelf'), name).to.equal('7')
          await tick()
          expect(statusOfHook, name).to.equal(404)
          statusOfHook = undefined
        }
      })
    }

    it('breaks off a started response when the handler throws', async () => {
      expect((await cutOff(get('/books/hijacked'))).body).to.equal('half of')
    })
  })
}
