import { Controller, Get, HttpCode, Redirect, type Type } from '@nestjs/common'
import { expect } from 'chai'
import { concat, NEVER, of, Subject, throwError, timeout, timer } from 'rxjs'
import { mergeMap } from 'rxjs/operators'
import { CatchingFailure, Gone, NotFound } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'
import { ways } from './ways.js'

const failing = throwError(() => new NotFound('There is no such book.'))
const failingLater = timer(5).pipe(mergeMap(() => failing))

const failingResults: Record<string, () => unknown> = {
  immediate: () => failing,
  delayed: () => failingLater,
  promised: async () => failing,
  'after-value': () => concat(of('a book'), failing),
  'delayed-after-value': () => concat(of('a book'), failingLater),
  subject: () => {
    const subject = new Subject<string>()
    setTimeout(() => subject.next('a book'), 2)
    setTimeout(() => subject.error(new NotFound('There is no such book.')), 5)
    return subject
  },
  timeout: () => NEVER.pipe(timeout({ first: 5, with: () => failing })),
}

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`An Observable on ${platform.name} ${name}`, () => {
      afterEach(closeServers)

      /** Expects problem details from a controller with the route `/books`. */
      async function expectFailure(controller: Type): Promise<void> {
        const { get } = await platform.start({ ...application, controllers: [controller] })
        const response = await get('/books')
        expect(response.status).to.equal(404)
        expect(response.names()).not.to.include('location')
        expect(response.json()).to.deep.equal({
          type: 'about:blank',
          title: 'Not Found',
          status: 404,
          detail: 'There is no such book.',
        })
      }

      for (const [label, resultOf] of Object.entries(failingResults)) {
        it(`sends its failure like a method that throws it (${label})`, () => {
          @Controller('books')
          class Books {
            @Get()
            @Caught()
            list() {
              return resultOf()
            }
          }
          return expectFailure(Books)
        })
      }

      it('sends its failure like a method that throws it (redirected)', () => {
        @Controller('books')
        class Books {
          @Get()
          @Redirect('/shelves')
          @Caught()
          list() {
            return failing
          }
        }
        return expectFailure(Books)
      })

      it('sends its failure like a method that throws it (created)', () => {
        @Controller('books')
        class Books {
          @Get()
          @HttpCode(201)
          @Caught()
          list() {
            return concat(of('a book'), failing)
          }
        }
        return expectFailure(Books)
      })

      it('sends its last value when it completes', async () => {
        @Controller('books')
        class Books {
          @Get()
          @Caught()
          list() {
            return of('a book', 'another')
          }
        }
        const { get } = await platform.start({ ...application, controllers: [Books] })
        expect((await get('/books')).body).to.equal('another')
      })
    })
  }

  describe(`The error of an Observable from a decorated method on ${platform.name}`, () => {
    afterEach(closeServers)

    it('is translated by the filter, not by the options of the decorator', async () => {
      class RowMissing extends Error {}
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
