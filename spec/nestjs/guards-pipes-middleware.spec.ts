import {
  Controller,
  Get,
  HttpException,
  type INestApplication,
  Param,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common'
import { expect } from 'chai'
import { BadRequest, Conflict, Forbidden, NotFound, TooManyRequests } from '../../src/index.js'
import { given, isSince } from './nest-version.js'
import { closeServers, platforms } from './platforms.js'
import { cutOff } from './request.js'
import { silently, ways } from './ways.js'

type Next = (error?: unknown) => void

const throwForbidden = () => {
  throw new Forbidden('This key grants no access.')
}
const rejectForbidden = async () => {
  await Promise.resolve()
  throw new Forbidden('This key grants no access.')
}
const throwInvalid = (): never => {
  throw new BadRequest('This is not an ISBN.')
}
const rejectInvalid = async () => {
  await Promise.resolve()
  throw new BadRequest('This is not an ISBN.')
}

const FORBIDDEN = { type: 'about:blank', title: 'Forbidden', status: 403, detail: 'This key grants no access.' }
const BAD_REQUEST = { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'This is not an ISBN.' }

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`Guards, pipes and interceptors on ${platform.name} ${name}`, () => {
      afterEach(closeServers)

      it('send their failure without calling the handler', async () => {
        let calls = 0

        @Controller('books')
        class Books {
          @Get('guarded')
          @Caught()
          @UseGuards({ canActivate: throwForbidden })
          guarded() {
            calls += 1
          }

          @Get('guarded-later')
          @UseGuards({ canActivate: rejectForbidden })
          @Caught()
          guardedLater() {
            calls += 1
          }

          @Get('piped/:isbn')
          @Caught()
          piped(@Param('isbn', { transform: throwInvalid }) _isbn: string) {
            calls += 1
          }

          @Get('piped-later/:isbn')
          @Caught()
          @UsePipes({ transform: rejectInvalid })
          pipedLater(@Param('isbn') _isbn: string, @Param('isbn', { transform: rejectInvalid }) _again: string) {
            calls += 1
          }

          @Get('intercepted')
          @Caught()
          @UseInterceptors({ intercept: throwForbidden })
          intercepted() {
            calls += 1
          }

          @Get('intercepted-later')
          @Caught()
          @UseInterceptors({ intercept: rejectForbidden })
          interceptedLater() {
            calls += 1
          }
        }
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

      it('send their failure when registered globally', async () => {
        let calls = 0

        @Controller('books')
        class Books {
          @Get(':isbn')
          @Caught()
          show(@Param('isbn') _isbn: string) {
            calls += 1
          }
        }

        const problemWith = async (configure: (app: INestApplication) => void) => {
          const { get } = await platform.start({
            controllers: [Books],
            configure: async (app) => {
              await application.configure?.(app)
              configure(app)
            },
          })
          return (await get('/books/7')).json()
        }
        expect(await problemWith((app) => app.useGlobalGuards({ canActivate: rejectForbidden }))).to.deep.equal(
          FORBIDDEN,
        )
        expect(await problemWith((app) => app.useGlobalPipes({ transform: rejectInvalid }))).to.deep.equal(BAD_REQUEST)
        expect(await problemWith((app) => app.useGlobalInterceptors({ intercept: throwForbidden }))).to.deep.equal(
          FORBIDDEN,
        )
        expect(calls).to.equal(0)
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
      'a function in a module': (use: (...args: any) => unknown) => ({ middleware: [use] }),
      'a class in a module': (use: (...args: any) => unknown) => ({
        middleware: [
          class {
            use(...args: unknown[]) {
              return use(...args)
            }
          },
        ],
      }),
    }

    // Older versions leave the rejection unhandled, which would end the process.
    const handlesRejections = isSince(platform.name === 'Express' ? 11 : 12.4)
    const olderVersion = platform.name === 'Express' ? 'Express 4' : '@fastify/middie in this Nest version'
    const itIfHandled = (how: string) =>
      given(how !== 'rejects' || handlesRejections, `${olderVersion} does not handle a rejected middleware`)

    for (const [how, middleware] of Object.entries(failing)) {
      for (const [registration, metadata] of Object.entries(registrations)) {
        it(`that ${how} sends its failure (${registration})`, async () => {
          const { get } = await platform.start({
            ...metadata(middleware),
            controllers: [Books],
            configure: (app) => app.useGlobalFilters(silently()),
          })
          for (const path of ['/books', '/nowhere']) {
            const response = await get(path)
            expect(response.json(), path).to.deep.equal(LIMITED)
            expect(response.status, path).to.equal(429)
            expect(response.field('retry-after'), path).to.equal('5')
          }
        })
      }

      itIfHandled(how)(`that ${how} sends its failure (with app.use())`, async () => {
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

    it('can pass an exception of Nest or a third-party error to next()', async () => {
      const errors = {
        '/books?nest': new HttpException('Already on the shelf.', 409),
        '/books?foreign': new Error('password=hunter2'),
        '/books?failure': new Conflict('Already on the shelf.'),
      }
      const { get } = await platform.start({
        controllers: [Books],
        middleware: [
          (request: { originalUrl: keyof typeof errors }, _: unknown, next: Next) => next(errors[request.originalUrl]),
        ],
        configure: (app) => app.useGlobalFilters(silently()),
      })
      for (const path of ['/books?nest', '/books?failure']) {
        expect((await get(path)).json(), path).to.include({ status: 409, detail: 'Already on the shelf.' })
      }
      const bare = { type: 'about:blank', title: 'Internal Server Error', status: 500 }
      expect((await get('/books?foreign')).json()).to.deep.equal(bare)
      expect((await get('/books')).body).to.equal('[]')
    })

    it('that fails after it started the response breaks off the response', async () => {
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
      expect((await cutOff(get('/books'))).body).to.equal('half of')
    })
  })
}
