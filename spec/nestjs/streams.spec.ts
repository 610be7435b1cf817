import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { Controller, Get, StreamableFile } from '@nestjs/common'
import { expect } from 'chai'
import { NotFound } from '../../src/index.js'
import { isSince } from './nest-version.js'
import { closeServers, platforms } from './platforms.js'
import { cutOff } from './request.js'
import { ways } from './ways.js'

function missing(): NotFound {
  return new NotFound('There is no such book.')
}

async function* generated(...parts: string[]) {
  for (const part of parts) {
    yield part
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw missing()
}

/** A web stream that fails after some parts. */
function webStream(...parts: string[]): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      const part = parts.shift()
      await new Promise((resolve) => setTimeout(resolve, 5))
      if (part === undefined) controller.error(missing())
      else controller.enqueue(part)
    },
  })
}

/** What a handler may return, apart from a StreamableFile. */
const KINDS = ['generator', 'readable', 'web-stream', 'response']

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`A stream on ${platform.name} ${name}`, () => {
      @Controller('books')
      class Books {
        @Get('generator/at-once')
        @Caught()
        async *generatorAtOnce() {
          yield* generated()
        }

        @Get('generator/half-way')
        @Caught()
        async *generatorHalfWay() {
          yield* generated('half of')
        }

        @Get('readable/at-once')
        @Caught()
        readableAtOnce() {
          return Readable.from(generated())
        }

        @Get('readable/half-way')
        @Caught()
        async readableHalfWay() {
          return Readable.from(generated('half of'))
        }

        @Get('web-stream/at-once')
        @Caught()
        webStreamAtOnce() {
          return webStream()
        }

        @Get('web-stream/half-way')
        @Caught()
        webStreamHalfWay() {
          return webStream('half of')
        }

        @Get('response/at-once')
        @Caught()
        responseAtOnce() {
          return new Response(webStream(), { headers: { ETag: '"1"' } })
        }

        @Get('response/half-way')
        @Caught()
        responseHalfWay() {
          return new Response(Readable.toWeb(Readable.from(generated('half of'))) as never)
        }

        @Get('file/at-once')
        @Caught()
        fileAtOnce() {
          return new StreamableFile(Readable.from(generated()), { disposition: 'attachment' })
        }

        @Get('file/half-way')
        @Caught()
        fileHalfWay() {
          return new StreamableFile(Readable.from(generated('half of')))
        }

        @Get('file-of-a-length/half-way')
        @Caught()
        fileHalfWayOfALength() {
          return new StreamableFile(Readable.from(generated('half of')), { length: 100 })
        }

        @Get('file/missing')
        @Caught()
        fileMissing() {
          return new StreamableFile(createReadStream('/no/such/file'))
        }
      }

      // Nest before 12.4 leaves them to the platform: Express sends none, and Fastify no generator. Nor does Fastify ask
      // the filter of a route when one fails.
      const isFastify = platform.name === 'Fastify'
      const sent = KINDS.filter((kind) => isSince(12.4) || (isFastify && kind !== 'generator'))
      const answered = isSince(12.4) || name === 'under FailureFilter' ? sent : []
      const unanswered = KINDS.filter((kind) => !answered.includes(kind))
      // Older versions of Nest end the answer on Express as if the file were whole.
      const cutOffHalfWay = [...sent, ...(isFastify || isSince(12.4, 11.2) ? ['file'] : []), 'file-of-a-length']

      let get: Awaited<ReturnType<typeof platform.start>>['get']

      before(async () => {
        get = (await platform.start({ ...application, controllers: [Books] })).get
      })

      after(closeServers)

      for (const kind of answered) {
        it(`is answered by the filter if it fails before its first part (${kind})`, async () => {
          const answer = await get(`/books/${kind}/at-once`)
          expect(answer.status).to.equal(404)
          expect(answer.field('content-type')).to.equal('application/problem+json')
          expect(answer.json()).to.include({ status: 404, detail: 'There is no such book.' })
          expect(answer.names()).not.to.include('etag')
        })
      }

      for (const kind of cutOffHalfWay) {
        it(`is cut off by Nest if it fails half-way (${kind})`, async () => {
          const answer = await cutOff(get(`/books/${kind}/half-way`))
          expect(answer.status).to.equal(200)
          expect(answer.body).to.equal('half of')
        })
      }

      if (unanswered.length > 0) {
        it.skip(`is answered by the filter (skipped: this Nest does not ask it: ${unanswered.join(', ')})`)
      }

      // On Express, a StreamableFile answers its errors itself; older versions of Nest tell their message.
      const files = { 'file/at-once': 'There is no such book.', 'file/missing': 'ENOENT' }
      for (const [path, message] of Object.entries(files)) {
        it(`is ${isFastify ? 'told to the filter' : 'answered by Nest'} (${path})`, async () => {
          const { status, body } = await get(`/books/${path}`)
          if (isFastify) {
            expect(status).to.equal(path === 'file/missing' ? 500 : 404)
          } else {
            expect(status).to.equal(400)
            expect(body).to.match(new RegExp(`^${isSince(12.4, 11.2) ? 'Bad Request$' : message}`))
          }
        })
      }
    })
  }
}
