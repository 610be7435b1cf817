import { Controller, Sse } from '@nestjs/common'
import { expect } from 'chai'
import { concat, type Observable, of, throwError, timer } from 'rxjs'
import { mergeMap } from 'rxjs/operators'
import { BadGateway, NotFound } from '../../src/index.js'
import { closeServers, platforms } from './platforms.js'
import { ways } from './ways.js'

const missing = () => new NotFound('There is no such shelf.')
const throwing = (error: Error) => throwError(() => error)
const failing = throwError(missing)
const later = <Value>(observable: Observable<Value>) => timer(20).pipe(mergeMap(() => observable))
const event = of({ data: 'a book' })

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`An @Sse() route on ${platform.name} ${name}`, () => {
      @Controller('shelf')
      class Shelf {
        @Sse('thrown')
        @Caught()
        thrown(): Observable<object> {
          throw missing()
        }

        @Sse('rejected')
        @Caught()
        async rejected(): Promise<Observable<object>> {
          throw missing()
        }

        @Sse('failed')
        @Caught()
        failed() {
          return failing
        }

        @Sse('failed-later')
        @Caught()
        failedLater() {
          return later(failing)
        }

        @Sse('failed-after')
        @Caught()
        failedAfter() {
          return concat(event, later(failing))
        }

        @Sse('failed-right-after')
        @Caught()
        failedRightAfter() {
          return concat(event, failing)
        }

        @Sse('not-exposed')
        @Caught()
        notExposed() {
          return concat(event, throwing(new BadGateway('password=hunter2')))
        }

        @Sse('unexpected')
        @Caught()
        unexpected() {
          return concat(event, throwing(new Error('password=hunter2')))
        }
      }

      let get: Awaited<ReturnType<typeof platform.start>>['get']

      before(async () => {
        get = (await platform.start({ ...application, controllers: [Shelf] })).get
      })

      after(closeServers)

      it('is answered by the filter while no event has been sent', async () => {
        for (const path of ['thrown', 'rejected', 'failed']) {
          const answer = await get(`/shelf/${path}`)
          expect(answer.status, path).to.equal(404)
          expect(answer.field('content-type'), path).to.equal('application/problem+json')
          expect(answer.field('cache-control'), path).to.equal('no-store')
          expect(answer.json(), path).to.include({ status: 404, detail: 'There is no such shelf.' })
        }
      })

      it('ends with an event of Nest once the stream is open, and with the detail of the failure', async () => {
        const bodies = {
          'failed-later': '\nevent: error\nid: 1\ndata: There is no such shelf.\n\n',
          'failed-after': '\nid: 1\ndata: a book\n\nevent: error\nid: 2\ndata: There is no such shelf.\n\n',
          'failed-right-after': '\nid: 1\ndata: a book\n\nevent: error\nid: 2\ndata: There is no such shelf.\n\n',
        }
        for (const [path, body] of Object.entries(bodies)) {
          const answer = await get(`/shelf/${path}`)
          expect(answer.status, path).to.equal(200)
          expect(answer.field('content-type'), path).to.equal('text/event-stream')
          expect(answer.body, path).to.equal(body)
        }
      })

      it('tells nothing there of a failure that is not exposed, nor of another error', async () => {
        expect((await get('/shelf/not-exposed')).body).to.match(/\nevent: error\nid: 2\ndata: Bad Gateway\n\n$/)
        const unexpected = /\nevent: error\nid: 2\ndata: Internal server error\n\n$/
        expect((await get('/shelf/unexpected')).body).to.match(unexpected)
      })
    })
  }
}
