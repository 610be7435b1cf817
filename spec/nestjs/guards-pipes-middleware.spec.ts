import {
  Controller,
  Get,
  HttpException,
  type INestApplication,
  Param,
  type PipeTransform,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common'
import { expect } from 'chai'
import { BadRequest, Conflict, Forbidden, NotFound, TooManyRequests } from '../../src/index.js'
import { given, isSince } from './nest-version.js'
import { closeServers, platforms } from './platforms.js'
import { silently, ways } from './ways.js'

type Next = (error?: unknown) => void

const forbidden = () => {
  throw new Forbidden('Not with this key.')
}
const rejected = async () => {
  await Promise.resolve()
  throw new Forbidden('Not with this key.')
}
const unfit = (): never => {
  throw new BadRequest('This is no ISBN.')
}
const unfitLater = async () => {
  await Promise.resolve()
  throw new BadRequest('This is no ISBN.')
}

const FORBIDDEN = { type: 'about:blank', title: 'Forbidden', status: 403, detail: 'Not with this key.' }
const BAD_REQUEST = { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'This is no ISBN.' }

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`What stands before a route on ${platform.name} ${name}`, () => {
      let calls = 0

      @Controller('books')
      class Books {
        @Get('guarded')
        @Caught()
        @UseGuards({ canActivate: forbidden })
        guarded() {
          calls += 1
        }

        @Get('guarded-later')
        @UseGuards({ canActivate: rejected })
        @Caught()
        guardedLater() {
          calls += 1
        }

        @Get('piped/:isbn')
        @Caught()
        piped(@Param('isbn', { transform: unfit }) _isbn: string) {
          calls += 1
        }

        @Get('piped-later/:isbn')
        @Caught()
        @UsePipes({ transform: unfitLater })
        pipedLater(@Param('isbn') _isbn: string, @Param('isbn', { transform: unfitLater }) _again: string) {
          calls += 1
        }

        @Get('intercepted')
        @Caught()
        @UseInterceptors({ intercept: forbidden })
        intercepted() {
          calls += 1
        }

        @Get('intercepted-later')
        @Caught()
        @UseInterceptors({ intercept: rejected })
        interceptedLater() {
          calls += 1
        }
      }

      after(closeServers)

      it('is answered when it fails, and the method is not called', async () => {
        const { get } = await platform.start({ ...application, controllers: [Books] })
        const problems = {
          guarded: FORBIDDEN,
          'guarded-later': FORBIDDEN,
          'piped/7': BAD_REQUEST,
          'piped-later/7': BAD_REQUEST,
          intercepted: FORBIDDEN,
          'intercepted-later': FORBIDDEN,
        }
        for (const [path, problem] of Object.entries(problems)) {
          expect((await get(`/books/${path}`)).json(), path).to.deep.equal(problem)
        }
        expect(calls).to.equal(0)
      })

      it('may stand before all of them', async () => {
        const pipe: PipeTransform = { transform: unfitLater }
        const globally = async (configure: (app: INestApplication) => void) => {
          const { get } = await platform.start({
            controllers: [Books],
            configure: async (app) => {
              await application.configure?.(app)
              configure(app)
            },
          })
          return (await get('/books/piped/7')).json()
        }
        expect(await globally((app) => app.useGlobalGuards({ canActivate: rejected }))).to.deep.equal(FORBIDDEN)
        expect(await globally((app) => app.useGlobalPipes(pipe))).to.deep.equal(BAD_REQUEST)
        expect(await globally((app) => app.useGlobalInterceptors({ intercept: forbidden }))).to.deep.equal(FORBIDDEN)
      })
    })
  }

  describe(`A middleware on ${platform.name}`, () => {
    @Controller('books')
    class Books {
      @Get()
      list() {
        return []
      }
    }

    const LIMITED = { type: 'about:blank', title: 'Too Many Requests', status: 429, detail: 'Slow down.' }
    const limited = () => new TooManyRequests('Slow down.', { retryAfter: 5 })

    const failing: Record<string, (request: unknown, response: unknown, next: Next) => unknown> = {
      throws: () => {
        throw limited()
      },
      rejects: async () => {
        await Promise.resolve()
        throw limited()
      },
      'calls next()': (_request, _response, next) => next(limited()),
      'calls next() later': (_request, _response, next) => void setTimeout(() => next(limited()), 5),
      'calls next() in a promise': async (_request, _response, next) => next(limited()),
    }

    afterEach(closeServers)

    const registrations = {
      'of a module': (use: (...given: any) => unknown) => ({ middleware: [use] }),
      'of a class': (use: (...given: any) => unknown) => ({
        middleware: [
          class {
            use(...given: unknown[]) {
              return use(...given)
            }
          },
        ],
      }),
    }

    // Where they are not seen, they end the process: not even tried.
    const rejectionsAreSeen = isSince(platform.name === 'Express' ? 11 : 12.4)
    const middlewareOfThen = platform.name === 'Express' ? 'Express 4' : 'the middie of this Nest'
    const seen = (how: string) =>
      given(how !== 'rejects' || rejectionsAreSeen, `${middlewareOfThen} does not see a rejected middleware`)

    for (const [how, middleware] of Object.entries(failing)) {
      for (const [registration, metadata] of Object.entries(registrations)) {
        it(`${registration} that ${how} is answered`, async () => {
          const { get } = await platform.start({
            ...metadata(middleware),
            controllers: [Books],
            configure: (app) => app.useGlobalFilters(silently()),
          })
          for (const path of ['/books', '/nowhere']) {
            const answer = await get(path)
            expect(answer.json(), path).to.deep.equal(LIMITED)
            expect(answer.status, path).to.equal(429)
            expect(answer.field('retry-after'), path).to.equal('5')
          }
        })
      }

      seen(how)(`of the application that ${how} is answered`, async () => {
        const { get } = await platform.start({
          controllers: [Books],
          configure: (app) => {
            app.useGlobalFilters(silently())
            app.use('/books', middleware)
          },
        })
        expect((await get('/books')).json()).to.deep.equal(LIMITED)
        expect((await get('/nowhere')).status).to.equal(404)
      })
    }

    it('may give an exception of Nest, or an error that nobody knows, to next()', async () => {
      const errors = {
        '/books?nest': new HttpException('Twice.', 409),
        '/books?foreign': new Error('password=hunter2'),
        '/books?failure': new Conflict('Twice.'),
      }
      const { get } = await platform.start({
        controllers: [Books],
        middleware: [
          (request: { originalUrl: keyof typeof errors }, _: unknown, next: Next) => next(errors[request.originalUrl]),
        ],
        configure: (app) => app.useGlobalFilters(silently()),
      })
      for (const path of ['/books?nest', '/books?failure']) {
        expect((await get(path)).json(), path).to.include({ status: 409, detail: 'Twice.' })
      }
      const bare = { type: 'about:blank', title: 'Internal Server Error', status: 500 }
      expect((await get('/books?foreign')).json()).to.deep.equal(bare)
      expect((await get('/books')).body).to.equal('[]')
    })

    it('that fails when it has begun to answer has its answer ended', async () => {
      const { get } = await platform.start({
        controllers: [Books],
        middleware: [
          (_request: unknown, response: NodeJS.WritableStream, next: Next) => {
            response.write('half of')
            next(new NotFound())
          },
        ],
        configure: (app) => app.useGlobalFilters(silently()),
      })
      expect((await get('/books')).body).to.equal('half of')
    })
  })
}
