import { Controller, Sse } from '@nestjs/common'
import { expect } from 'chai'
import { concat, type Observable, of, throwError, timer } from 'rxjs'
import { mergeMap } from 'rxjs/operators'
import { BadGateway, NotFound } from '../../src/index.js'
import { given, isSince, NEST } from './nest-version.js'
import { closeServers, platforms } from './platforms.js'
import { ways } from './ways.js'

const missing = () => new NotFound('There is no such shelf.')
const throwing = (error: Error) => throwError(() => error)
const failing = throwError(missing)
const later = <Value>(observable: Observable<Value>) => timer(20).pipe(mergeMap(() => observable))
const event = of({ data: 'a book' })

/** Nest 10 opens the stream before it asks for the first event. */
const opensAtOnce = NEST < 11

/** Events without their ids: versions of Nest count the last one in their own way. */
function withoutIds(body: string): string {
  return body.replace(/^id: \d+\n/gm, '')
}

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
        for (const path of ['thrown', 'rejected', ...(opensAtOnce ? [] : ['failed'])]) {
          const answer = await get(`/shelf/${path}`)
          expect(answer.status, path).to.equal(404)
          expect(answer.field('content-type'), path).to.equal('application/problem+json')
          expect(answer.field('cache-control'), path).to.equal('no-store')
          expect(answer.json(), path).to.include({ status: 404, detail: 'There is no such shelf.' })
        }
      })

      it('ends with an event of Nest once the stream is open, and with the detail of the failure', async () => {
        const failed = '\nevent: error\ndata: There is no such shelf.\n\n'
        const bodies = {
          ...(opensAtOnce ? { failed } : {}),
          'failed-later': failed,
          'failed-after': `\ndata: a book\n${failed}`,
          'failed-right-after': `\ndata: a book\n${failed}`,
        }
        for (const [path, body] of Object.entries(bodies)) {
          const answer = await get(`/shelf/${path}`)
          expect(answer.status, path).to.equal(200)
          expect(answer.field('content-type'), path).to.equal('text/event-stream')
          expect(withoutIds(answer.body), path).to.equal(body)
        }
      })

      const keepsBack = given(isSince(12.4, 11.2), 'this Nest sends the message of any error')

      keepsBack('tells nothing there of a failure that is not exposed, nor of another error', async () => {
        const eventFor = async (path: string) => withoutIds((await get(`/shelf/${path}`)).body)
        expect(await eventFor('not-exposed')).to.equal('\ndata: a book\n\nevent: error\ndata: Bad Gateway\n\n')
        expect(await eventFor('unexpected')).to.equal('\ndata: a book\n\nevent: error\ndata: Internal server error\n\n')
      })
    })
  }
}
