import { Controller, Get, HttpCode, Redirect } from '@nestjs/common'
import { expect } from 'chai'
import { concat, NEVER, of, Subject, throwError, timeout, timer } from 'rxjs'
import { mergeMap } from 'rxjs/operators'
import { CatchingFailure, Gone, NotFound } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'
import { ways } from './ways.js'

const failing = throwError(() => new NotFound('There is no such book.'))

class RowMissing extends Error {}

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`An Observable on ${platform.name} ${name}`, () => {
      @Controller('books')
      class Books {
        @Get('at-once')
        @Caught()
        atOnce() {
          return failing
        }

        @Get('later')
        @Caught()
        later() {
          return timer(5).pipe(mergeMap(() => failing))
        }

        @Get('promised')
        @Caught()
        async promised() {
          return failing
        }

        @Get('after')
        @Caught()
        after() {
          return concat(of('a book'), failing)
        }

        @Get('later-after')
        @Caught()
        laterAfter() {
          return concat(of('a book'), timer(5).pipe(mergeMap(() => failing)))
        }

        @Get('of-a-subject')
        @Caught()
        ofASubject() {
          const subject = new Subject<string>()
          setTimeout(() => subject.next('a book'), 2)
          setTimeout(() => subject.error(new NotFound('There is no such book.')), 5)
          return subject
        }

        @Get('of-another')
        @Caught()
        ofAnother() {
          return NEVER.pipe(timeout({ first: 5, with: () => failing }))
        }

        @Get('redirected')
        @Redirect('/books')
        @Caught()
        redirected() {
          return failing
        }

        @Get('created')
        @HttpCode(201)
        @Caught()
        created() {
          return concat(of('a book'), failing)
        }

        @Get('fine')
        @Caught()
        fine() {
          return of('a book', 'another')
        }
      }

      let get: Awaited<ReturnType<typeof platform.start>>['get']

      before(async () => {
        get = (await platform.start({ ...application, controllers: [Books] })).get
      })

      after(closeServers)

      const paths = [
        ...['at-once', 'later', 'promised', 'after', 'later-after', 'of-a-subject', 'of-another'],
        ...['redirected', 'created'],
      ]
      for (const path of paths) {
        it(`that fails is answered as a method that throws (${path})`, async () => {
          const answer = await get(`/books/${path}`)
          expect(answer.status).to.equal(404)
          expect(answer.names()).not.to.include('location')
          expect(answer.json()).to.deep.equal({
            type: 'about:blank',
            title: 'Not Found',
            status: 404,
            detail: 'There is no such book.',
          })
        })
      }

      it('is answered by its last value otherwise', async () => {
        expect((await get('/books/fine')).body).to.equal('another')
      })
    })
  }

  describe(`An Observable of a decorated method on ${platform.name}`, () => {
    after(closeServers)

    it('is translated by the filter, since the method is done when it fails', async () => {
      const translate = (error: unknown) => (error instanceof RowMissing ? new Gone('No such row.') : undefined)

      @Controller('books')
      class Books {
        @Get('row')
        @CatchingFailure()
        row(): unknown {
          return throwError(() => new RowMissing())
        }

        @Get('own-policy')
        @CatchingFailure({ translate })
        ownPolicy(): unknown {
          return throwError(() => new RowMissing())
        }
      }
      const { get } = await platform.start({
        controllers: [Books],
        configure: (app) => app.useGlobalFilters(new FailureFilter({ translate, onFailure: () => undefined })),
      })
      for (const path of ['row', 'own-policy']) {
        expect((await get(`/books/${path}`)).json(), path).to.include({ status: 410, detail: 'No such row.' })
      }
      const { get: without } = await platform.start({ controllers: [Books] })
      expect((await without('/books/own-policy')).status).to.equal(500)
    })
  })
}
