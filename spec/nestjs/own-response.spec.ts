import { Readable } from 'node:stream'
import { Controller, Get, Next, Res } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import { Conflict, NotFound } from '../../src/index.js'
import { type AnyResponse, rawOf, tick } from './any-response.js'
import { closeServers, platforms, start } from './platforms.js'
import { cutOff } from './request.js'
import { ways } from './ways.js'

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
          next(new Conflict('Through next.'))
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

      it('forgets what was prepared for a success, and keeps the rest', async () => {
        for (const path of ['prepared', 'passed-through']) {
          const answer = await get(`/books/${path}`)
          expect(answer.status, path).to.equal(404)
          expect(answer.lines('content-type'), path).to.deep.equal(['application/problem+json'])
          expect(answer.lines('content-length'), path).to.deep.equal([String(answer.body.length)])
          expect(answer.names(), path).not.to.include('etag')
          expect(answer.field('x-shelf'), path).to.equal('7')
        }
      })

      it('leaves alone what was sent, once or twice', async () => {
        for (const path of ['sent-and-passed-through', 'sent-twice']) {
          const answer = await get(`/books/${path}`)
          expect(answer.status, path).to.equal(200)
          expect(answer.body, path).to.equal('whole')
        }
      })

      if (platform.name === 'Express') {
        it('leaves to the application what it gives to next()', async () => {
          expect((await get('/books/next')).status).to.equal(409)
        })
      }
    })
  }
}

for (const { name, Caught, application } of ways) {
  describe(`A route that sends by the reply of Fastify ${name}`, () => {
    @Controller('books')
    class Books {
      @Get('fails-at-once')
      @Caught()
      failsAtOnce(@Res() reply: AnyResponse) {
        reply.send(Readable.from(failing()))
      }

      @Get('fails-half-way')
      @Caught()
      failsHalfWay(@Res() reply: AnyResponse) {
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

    let get: Awaited<ReturnType<typeof start>>['get']

    before(async () => {
      get = (await start({ ...application, controllers: [Books] }, new FastifyAdapter())).get
    })

    after(closeServers)

    it('leaves to the application what Fastify catches', async () => {
      expect((await get('/books/fails-at-once')).status).to.equal(404)
      expect((await get('/books/sends-a-failure')).status).to.equal(409)
    })

    it('is cut off where its stream fails half-way', async () => {
      expect((await cutOff(get('/books/fails-half-way'))).body).to.equal('half of')
    })

    it('is ended where it has begun', async () => {
      expect((await get('/books/hijacked')).body).to.equal('half of')
      expect((await get('/books/sends-and-throws')).status).to.be.oneOf([200, 404])
    })
  })
}
