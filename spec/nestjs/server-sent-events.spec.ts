import { Controller, Sse } from '@nestjs/common'
import { expect } from 'chai'
import { concat, type Observable, of, throwError, timer } from 'rxjs'
import { mergeMap } from 'rxjs/operators'
import { BadGateway, NotFound } from '../../src/index.js'
import { given, isSince, NEST } from './nest-version.js'
import { closeServers, platforms } from './platforms.js'
import { ways } from './ways.js'

const missing = () => new NotFound('There is no such shelf.')
const failing = throwError(missing)
const event = of({ data: 'a book' })

/** Nest 10 opens the stream before the first event. */
const opensAtOnce = NEST < 11

/** Removes the ids: the last one differs between versions of Nest. */
function withoutIds(body: string): string {
  return body.replace(/^id: \d+\n/gm, '')
}

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`An @Sse() route on ${platform.name} ${name}`, () => {
      afterEach(closeServers)

      it('sends problem details when it fails before the first event', async () => {
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
        }
        const { get } = await platform.start({ ...application, controllers: [Shelf] })
        for (const path of ['thrown', 'rejected', ...(opensAtOnce ? [] : ['failed'])]) {
          const response = await get(`/shelf/${path}`)
          expect(response.status, path).to.equal(404)
          expect(response.field('content-type'), path).to.equal('application/problem+json')
          expect(response.field('cache-control'), path).to.equal('no-store')
          expect(response.json(), path).to.include({ status: 404, detail: 'There is no such shelf.' })
        }
      })

      it('sends the detail in an error event of Nest when the stream is already open', async () => {
        const failingLater = timer(20).pipe(mergeMap(() => failing))

        @Controller('shelf')
        class Shelf {
          @Sse('failed')
          @Caught()
          failed() {
            return failing
          }

          @Sse('failed-later')
          @Caught()
          failedLater() {
            return failingLater
          }

          @Sse('failed-after')
          @Caught()
          failedAfter() {
            return concat(event, failingLater)
          }

          @Sse('failed-right-after')
          @Caught()
          failedRightAfter() {
            return concat(event, failing)
          }
        }
        const { get } = await platform.start({ ...application, controllers: [Shelf] })
        const failed = '\nevent: error\ndata: There is no such shelf.\n\n'
        const bodies = {
          ...(opensAtOnce ? { failed } : {}),
          'failed-later': failed,
          'failed-after': `\ndata: a book\n${failed}`,
          'failed-right-after': `\ndata: a book\n${failed}`,
        }
        for (const [path, body] of Object.entries(bodies)) {
          const response = await get(`/shelf/${path}`)
          expect(response.status, path).to.equal(200)
          expect(response.field('content-type'), path).to.equal('text/event-stream')
          expect(withoutIds(response.body), path).to.equal(body)
        }
      })

      const withholdsMessages = given(isSince(12.4, 11.2), 'this Nest sends every error message')

      withholdsMessages(
        'sends a generic message in the error event for unexposed failures and unexpected errors',
        async () => {
          @Controller('shelf')
          class Shelf {
            @Sse('not-exposed')
            @Caught()
            notExposed() {
              return concat(
                event,
                throwError(() => new BadGateway('password=hunter2')),
              )
            }

            @Sse('unexpected')
            @Caught()
            unexpected() {
              return concat(
                event,
                throwError(() => new Error('password=hunter2')),
              )
            }
          }
          const { get } = await platform.start({ ...application, controllers: [Shelf] })
          const eventFor = async (path: string) => withoutIds((await get(`/shelf/${path}`)).body)
          expect(await eventFor('not-exposed')).to.equal('\ndata: a book\n\nevent: error\ndata: Bad Gateway\n\n')
          expect(await eventFor('unexpected')).to.equal(
            '\ndata: a book\n\nevent: error\ndata: Internal server error\n\n',
          )
        },
      )
    })
  }
}
