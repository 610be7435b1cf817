import { Controller, Get, NotFoundException } from '@nestjs/common'
import { expect } from 'chai'
import { CatchingFailure, Conflict, FailureResponder } from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { type Application, closeServers, platforms, type Server } from './platforms.js'

const calls: unknown[] = []

const responder = new FailureResponder({
  onFailure: () => undefined,
  translate(error) {
    calls.push(error)
    return error instanceof RangeError ? new Conflict('Taken.', { cause: error }) : undefined
  },
})

@Controller('books')
class Books {
  @Get('recognized')
  @CatchingFailure(responder)
  recognized(): unknown {
    throw new RangeError()
  }

  @Get('unknown')
  @CatchingFailure(responder)
  async unknown(): Promise<unknown> {
    throw new Error('secret')
  }

  @Get('exception')
  @CatchingFailure(responder)
  exception(): unknown {
    throw new NotFoundException('Lost.')
  }

  @Get('failure')
  @CatchingFailure(responder)
  failure(): unknown {
    throw new Conflict('Taken.')
  }
}

const applications: Record<string, Application> = {
  'a FailureFilter': {
    controllers: [Books],
    configure: (app) => app.useGlobalFilters(new FailureFilter(responder)),
  },
  FailureModule: { controllers: [Books], imports: [FailureModule.forRoot(responder.options)] },
}

/** The status of each route, and the number of calls of `translate`. */
const routes: Record<string, [status: number, calls: number]> = {
  recognized: [409, 1],
  unknown: [500, 1],
  exception: [404, 1],
  failure: [409, 0],
}

for (const platform of platforms) {
  for (const [name, application] of Object.entries(applications)) {
    describe(`translate of a responder that a decorator shares with ${name} on ${platform.name}`, () => {
      let server: Server
      before(async () => {
        server = await platform.start(application)
      })
      after(closeServers)

      for (const [path, [status, count]] of Object.entries(routes)) {
        it(`is called ${count === 0 ? 'never' : 'once'} for a route that throws: ${path}`, async () => {
          for (let time = 0; time < 2; time++) {
            calls.length = 0
            expect((await server.get(`/books/${path}`)).status).to.equal(status)
            expect(calls).to.have.length(count)
          }
        })
      }
    })
  }
}
