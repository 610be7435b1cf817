import { type ArgumentsHost, Catch, Controller, Get, Res, type Type } from '@nestjs/common'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import {
  CatchingFailure,
  FailureResponder,
  type FailureResponderOptions,
  type FailureWarning,
  NotFound,
  type Reply,
} from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import { type AnyResponse, rawOf } from './any-response.js'
import { closeServers, platforms, start } from './platforms.js'

const brokenHooks = {
  throws: () => {
    throw new Error('The hook is broken.')
  },
  rejects: async () => {
    throw new Error('The hook is broken.')
  },
}

@Controller('books')
class Books {
  @Get('missing')
  missing() {
    throw new NotFound()
  }

  @Get('foreign')
  foreign() {
    throw new Error('password=hunter2')
  }

  @Get('decorated')
  @CatchingFailure()
  decorated(): unknown {
    throw new NotFound()
  }
}

for (const platform of platforms) {
  describe(`FailureFilter on ${platform.name} with failing hooks, responders and responses`, () => {
    afterEach(closeServers)

    const startWith = (filter: FailureFilter, controller: Type = Books) =>
      platform.start({ controllers: [controller], configure: (app) => app.useGlobalFilters(filter) })

    for (const [outcome, hook] of Object.entries(brokenHooks)) {
      it(`sends problem details when a hook ${outcome}`, async () => {
        for (const name of ['translate', 'describe', 'extend', 'cacheControl', 'onFailure', 'onWarning']) {
          const options = { onFailure: () => undefined, onWarning: () => undefined, [name]: hook }
          const { get } = await startWith(new FailureFilter(options as FailureResponderOptions))
          for (const [path, status] of Object.entries({ missing: 404, foreign: 500, decorated: 404 })) {
            const response = await get(`/books/${path}`)
            expect(response.status, `${name}: ${path}`).to.equal(status)
            expect(response.json(), `${name}: ${path}`).to.include({ status })
          }
        }
      })

      it(`sends problem details when a representation ${outcome}`, async () => {
        const represent = { mediaType: 'text/csv', render: hook as () => string }
        const options = { represent, onFailure: () => undefined, onWarning: () => undefined }
        const { get } = await startWith(new FailureFilter(options))
        expect((await get('/books/missing')).json()).to.include({ status: 404 })
      })
    }

    it('sends a bare 500 and logs the error when a responder throws', async () => {
      class Broken extends FailureResponder {
        override toReply(): Reply {
          throw new Error('The responder is broken.')
        }
      }

      @Controller('books')
      class Decorated extends Books {
        @Get('broken')
        @CatchingFailure(new Broken())
        broken(): unknown {
          throw new NotFound()
        }
      }

      @Catch()
      class BrokenFilter extends FailureFilter {
        override readonly responder = new Broken()
      }
      const { get } = await startWith(new BrokenFilter(), Decorated)
      const calls = await consoleErrorsOf(async () => {
        for (const path of ['missing', 'decorated', 'broken']) {
          const response = await get(`/books/${path}`)
          expect(response.status, path).to.equal(500)
          expect(response.json(), path).to.deep.equal({
            type: 'about:blank',
            title: 'Internal Server Error',
            status: 500,
          })
        }
      })
      expect(calls).to.have.length(3)
      for (const [, summary, causes] of calls) {
        expect(summary).to.match(/^GET \/books\/\w+ 500$/)
        expect(causes).to.include('Caused by: Error: The responder is broken.')
      }
    })

    it('sends a response when a subclass awaits before super.catch()', async () => {
      @Catch()
      class Waiting extends FailureFilter {
        override async catch(error: unknown, host: ArgumentsHost) {
          await Promise.resolve()
          super.catch(error, host)
        }
      }
      const { get } = await startWith(new Waiting())
      expect((await get('/books/missing')).json()).to.include({ status: 404 })
      expect((await get('/unknown')).json()).to.include({ status: 404 })
    })

    it('closes the connection and warns when the response cannot be written', async () => {
      const { throws } = brokenHooks

      @Controller('books')
      class Unwritable extends Books {
        @Get('no-fields')
        noFields(@Res() response: AnyResponse) {
          for (const target of [response, rawOf(response)]) Object.assign(target, { header: throws, setHeader: throws })
          throw new NotFound()
        }

        @Get('no-end')
        @CatchingFailure()
        noEnd(@Res() response: AnyResponse): unknown {
          Object.assign(rawOf(response), { end: throws })
          throw new NotFound()
        }
      }
      const warnings: FailureWarning[] = []
      const filter = new FailureFilter({ onWarning: (warning) => void warnings.push(warning) })
      const { get } = await startWith(filter, Unwritable)
      for (const path of ['no-fields', 'no-end']) {
        const outcome = await get(`/books/${path}`).catch((error) => error)
        expect(outcome, path).to.be.an('error')
        expect(outcome.message, path).to.match(/hang up|cut off/)
      }
      expect(warnings).to.have.length(2)
      for (const { code, message, cause } of warnings) {
        expect(code).to.equal('RESPONSE_NOT_WRITTEN')
        expect(message).to.equal(
          'The connection was closed, since the response could not be written: Error: The hook is broken.',
        )
        expect(cause).to.have.property('message', 'The hook is broken.')
      }
      expect((await get('/books/missing')).status).to.equal(404)
    })
  })
}

describe('FailureFilter with an onSend hook of Fastify', () => {
  afterEach(closeServers)

  it('sends 500 when the hook rejects', async () => {
    const { get } = await start(
      {
        controllers: [Books],
        configure: (app) => {
          app.useGlobalFilters(new FailureFilter({ onFailure: () => undefined }))
          app.getHttpAdapter().getInstance().addHook('onSend', brokenHooks.rejects)
        },
      },
      new FastifyAdapter(),
    )
    for (const path of ['missing', 'decorated']) expect((await get(`/books/${path}`)).status).to.equal(500)
  })
})

/** Runs a function and returns the calls of console.error. */
async function consoleErrorsOf(run: () => Promise<unknown>): Promise<unknown[][]> {
  const calls: unknown[][] = []
  const { error } = console
  console.error = (...call) => void calls.push(call)
  try {
    await run()
  } finally {
    console.error = error
  }
  return calls
}
