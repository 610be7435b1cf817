import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { Controller, Get, StreamableFile } from '@nestjs/common'
import { expect } from 'chai'
import { NotFound } from '../../src/index.js'
import { isSince } from './nest-version.js'
import { closeServers, platforms } from './platforms.js'
import { cutOff } from './request.js'
import { ways } from './ways.js'

/** The streams that a handler may return, apart from a StreamableFile. */
const STREAMS = ['generator', 'readable', 'web-stream', 'response']

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`A streamed response on ${platform.name} ${name}`, () => {
      // Nest sends these streams since 12.4. Before, Express doesn't support them, and Fastify supports all but generators,
      // without calling the filter of the route when one fails.
      const isFastify = platform.name === 'Fastify'
      const supported = STREAMS.filter((stream) => isSince(12.4) || (isFastify && stream !== 'generator'))
      const handled = isSince(12.4) || name === 'under FailureFilter' ? supported : []
      const unhandled = STREAMS.filter((stream) => !handled.includes(stream))
      afterEach(closeServers)

      describe('before the first chunk', () => {
        @Controller('books')
        class Books {
          @Get('generator')
          @Caught()
          async *generator() {
            yield* generated()
          }

          @Get('readable')
          @Caught()
          readable() {
            return Readable.from(generated())
          }

          @Get('web-stream')
          @Caught()
          webStream() {
            return webStream()
          }

          @Get('response')
          @Caught()
          response() {
            return new Response(webStream(), { headers: { ETag: '"1"' } })
          }
        }

        for (const stream of handled) {
          it(`is replaced with problem details when it fails before the first chunk (${stream})`, async () => {
            const { get } = await platform.start({ ...application, controllers: [Books] })
            const response = await get(`/books/${stream}`)
            expect(response.status).to.equal(404)
            expect(response.field('content-type')).to.equal('application/problem+json')
            expect(response.json()).to.include({ status: 404, detail: 'There is no such book.' })
            expect(response.names()).not.to.include('etag')
          })
        }

        if (unhandled.length > 0) {
          it.skip(
            `is replaced with problem details (skipped: this Nest does not call the filter for ${unhandled.join(', ')})`,
          )
        }
      })

      describe('after the first chunk', () => {
        @Controller('books')
        class Books {
          @Get('generator')
          @Caught()
          async *generator() {
            yield* generated('half of')
          }

          @Get('readable')
          @Caught()
          async readable() {
            return Readable.from(generated('half of'))
          }

          @Get('web-stream')
          @Caught()
          webStream() {
            return webStream('half of')
          }

          @Get('response')
          @Caught()
          response() {
            return new Response(Readable.toWeb(Readable.from(generated('half of'))) as never)
          }

          @Get('file')
          @Caught()
          file() {
            return new StreamableFile(Readable.from(generated('half of')))
          }

          @Get('file-with-length')
          @Caught()
          fileWithLength() {
            return new StreamableFile(Readable.from(generated('half of')), { length: 100 })
          }
        }

        // On Express, older versions of Nest end the response as if the file were complete.
        const cutOffHalfWay = [...supported, ...(isFastify || isSince(12.4, 11.2) ? ['file'] : []), 'file-with-length']
        for (const stream of cutOffHalfWay) {
          it(`is cut off when it fails after the first chunk (${stream})`, async () => {
            const { get } = await platform.start({ ...application, controllers: [Books] })
            const response = await cutOff(get(`/books/${stream}`))
            expect(response.status).to.equal(200)
            expect(response.body).to.equal('half of')
          })
        }
      })

      describe('of a StreamableFile', () => {
        @Controller('books')
        class Books {
          @Get('file/at-once')
          @Caught()
          fileAtOnce() {
            return new StreamableFile(Readable.from(generated()), { disposition: 'attachment' })
          }

          @Get('file/missing')
          @Caught()
          fileMissing() {
            return new StreamableFile(createReadStream('/no/such/file'))
          }
        }

        // On Express, a StreamableFile handles its errors itself; older versions of Nest send their message.
        const files = { 'file/at-once': 'There is no such book.', 'file/missing': 'ENOENT' }
        for (const [path, message] of Object.entries(files)) {
          it(`is replaced with ${isFastify ? 'the status of the failure' : 'a 400 by Nest'} when a StreamableFile fails (${path})`, async () => {
            const { get } = await platform.start({ ...application, controllers: [Books] })
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
    })
  }
}

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

/** A web stream that fails after the given parts. */
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
