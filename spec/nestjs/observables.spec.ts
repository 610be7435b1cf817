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
        @Get('immediate')
        @Caught()
        immediate() {
          return failing
        }

        @Get('delayed')
        @Caught()
        delayed() {
          return timer(5).pipe(mergeMap(() => failing))
        }

        @Get('promised')
        @Caught()
        async promised() {
          return failing
        }

        @Get('after-value')
        @Caught()
        afterValue() {
          return concat(of('a book'), failing)
        }

        @Get('delayed-after-value')
        @Caught()
        delayedAfterValue() {
          return concat(of('a book'), timer(5).pipe(mergeMap(() => failing)))
        }

        @Get('subject')
        @Caught()
        subject() {
          const subject = new Subject<string>()
          setTimeout(() => subject.next('a book'), 2)
          setTimeout(() => subject.error(new NotFound('There is no such book.')), 5)
          return subject
        }

        @Get('timeout')
        @Caught()
        timedOut() {
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

        @Get('completed')
        @Caught()
        completed() {
          return of('a book', 'another')
        }
      }

      let get: Awaited<ReturnType<typeof platform.start>>['get']

      before(async () => {
        get = (await platform.start({ ...application, controllers: [Books] })).get
      })

      after(closeServers)

      const paths = [
        ...['immediate', 'delayed', 'promised', 'after-value', 'delayed-after-value', 'subject', 'timeout'],
        ...['redirected', 'created'],
      ]
      for (const path of paths) {
        it(`sends its failure like a method that throws it (${path})`, async () => {
          const response = await get(`/books/${path}`)
          expect(response.status).to.equal(404)
          expect(response.names()).not.to.include('location')
          expect(response.json()).to.deep.equal({
            type: 'about:blank',
            title: 'Not Found',
            status: 404,
            detail: 'There is no such book.',
          })
        })
      }

      it('sends its last value when it completes', async () => {
        expect((await get('/books/completed')).body).to.equal('another')
      })
    })
  }

  describe(`The error of an Observable from a decorated method on ${platform.name}`, () => {
    after(closeServers)

    it('is translated by the filter, not by the options of the decorator', async () => {
      const translate = (error: unknown) => (error instanceof RowMissing ? new Gone('No such row.') : undefined)

      @Controller('books')
      class Books {
        @Get('row')
        @CatchingFailure()
        row(): unknown {
          return throwError(() => new RowMissing())
        }

        @Get('own-options')
        @CatchingFailure({ translate })
        ownOptions(): unknown {
          return throwError(() => new RowMissing())
        }
      }
      const { get } = await platform.start({
        controllers: [Books],
        configure: (app) => app.useGlobalFilters(new FailureFilter({ translate, onFailure: () => undefined })),
      })
      // The method has returned when the Observable fails.
      for (const path of ['row', 'own-options']) {
        expect((await get(`/books/${path}`)).json(), path).to.include({ status: 410, detail: 'No such row.' })
      }
      const { get: getWithoutFilter } = await platform.start({ controllers: [Books] })
      expect((await getWithoutFilter('/books/own-options')).status).to.equal(500)
    })
  })
}
