import { Controller, Get, NotFoundException } from '@nestjs/common'
import { expect } from 'chai'
import { CatchingFailure, Conflict, FailureResponder } from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { type Application, closeServers, platforms } from './platforms.js'

const calls: unknown[] = []

const responder = new FailureResponder({
  onFailure: () => undefined,
  translate(error) {
    calls.push(error)
    return error instanceof RangeError ? new Conflict('Taken.', { cause: error }) : undefined
  },
})

const applications: Record<string, Application> = {
  'a FailureFilter': { configure: (app) => app.useGlobalFilters(new FailureFilter(responder)) },
  FailureModule: { imports: [FailureModule.forRoot(responder.options)] },
}

const thrown: Record<string, { create: () => Error; status: number; count: number }> = {
  'an error that it recognizes': { create: () => new RangeError(), status: 409, count: 1 },
  'an unknown error': { create: () => new Error('secret'), status: 500, count: 1 },
  'an exception of Nest': { create: () => new NotFoundException('Lost.'), status: 404, count: 1 },
  'a failure': { create: () => new Conflict('Taken.'), status: 409, count: 0 },
}

for (const platform of platforms) {
  for (const [name, application] of Object.entries(applications)) {
    describe(`translate of a responder that a decorator shares with ${name} on ${platform.name}`, () => {
      afterEach(closeServers)

      for (const [error, { create, status, count }] of Object.entries(thrown)) {
        it(`is called ${count === 0 ? 'never' : 'once'} for a route that throws ${error}`, async () => {
          @Controller('books')
          class Books {
            @Get('now')
            @CatchingFailure(responder)
            now(): unknown {
              throw create()
            }

            @Get('later')
            @CatchingFailure(responder)
            async later(): Promise<unknown> {
              throw create()
            }
          }
          const { get } = await platform.start({ ...application, controllers: [Books] })
          for (const path of ['now', 'later', 'now', 'later']) {
            calls.length = 0
            expect((await get(`/books/${path}`)).status, path).to.equal(status)
            expect(calls, path).to.have.length(count)
          }
        })
      }
    })
  }
}
