import {
  type ArgumentsHost,
  Catch,
  ConflictException,
  Controller,
  type ExceptionFilter,
  Get,
  HttpException,
  type INestApplication,
  UseFilters,
} from '@nestjs/common'
import { APP_FILTER, BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core'
import { expect } from 'chai'
import { throwError } from 'rxjs'
import { CatchingFailure, Conflict, Failure, NotFound } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import { type Application, closeServers, platforms } from './platforms.js'

/** A FailureFilter that adds its name to the problem details. */
function named(name: string): FailureFilter {
  return new FailureFilter({ extend: () => ({ handled_by: name }), onFailure: () => undefined })
}

class RowMissing extends Error {}

for (const platform of platforms) {
  describe(`Nest with several filters on ${platform.name}`, () => {
    afterEach(closeServers)

    /** The filter that handles each path; `default` is Nest's filter, or a FailureFilter without options. */
    async function filtersFor(application: Application, paths: readonly string[]): Promise<Record<string, unknown>> {
      const { get } = await platform.start(application)
      const filters: Record<string, unknown> = {}
      for (const path of paths) filters[path] = (await get(path)).json()['handled_by'] ?? 'default'
      return filters
    }

    const using =
      (...filters: ExceptionFilter[]) =>
      (app: INestApplication) =>
        void app.useGlobalFilters(...filters)

    it('uses the filter of the method, else of the controller, else of the application', async () => {
      @Controller('books')
      class Books {
        @Get()
        missing() {
          throw new NotFound()
        }
      }

      @Controller('shelves')
      @UseFilters(named('controller'))
      class Shelves {
        @Get('method')
        @UseFilters(named('method'))
        method() {
          throw new NotFound()
        }

        @Get('controller')
        controller() {
          throw new NotFound()
        }
      }
      const paths = ['/shelves/method', '/shelves/controller', '/books']
      expect(await filtersFor({ controllers: [Books, Shelves], configure: using(named('app')) }, paths)).to.deep.equal({
        '/shelves/method': 'method',
        '/shelves/controller': 'controller',
        '/books': 'app',
      })
    })

    describe('registered for the application', () => {
      @Controller()
      class Books {
        @Get('missing')
        missing() {
          throw new NotFound()
        }

        @Get('conflict')
        conflict() {
          throw new Conflict()
        }

        @Get('http-exception')
        httpException() {
          throw new ConflictException()
        }

        @Get('row')
        row() {
          throw new RowMissing()
        }

        @Get('decorated')
        @CatchingFailure()
        decorated(): unknown {
          throw new NotFound()
        }
      }

      const filtersByError = (application: Application) =>
        filtersFor({ controllers: [Books], ...application }, [
          '/missing',
          '/conflict',
          '/http-exception',
          '/row',
          '/decorated',
          '/nowhere',
        ])

      it('uses the last registered filter that catches the error', async () => {
        const handledByLast = {
          '/missing': 'last',
          '/conflict': 'last',
          '/http-exception': 'last',
          '/row': 'last',
          '/nowhere': 'last',
        }
        const first = named('first')
        expect(await filtersByError({ configure: using(first, named('last')) })).to.deep.equal({
          ...handledByLast,
          '/decorated': 'last',
        })
        expect(await filtersByError({ configure: using(first, customFilter(NotFound)) })).to.deep.equal({
          '/missing': 'custom',
          '/conflict': 'first',
          '/http-exception': 'first',
          '/row': 'first',
          '/decorated': 'first',
          '/nowhere': 'first',
        })
        expect(await filtersByError({ configure: using(customFilter(NotFound), first) })).to.include({
          '/missing': 'first',
        })
        expect(await filtersByError({ configure: using(first, customFilter(HttpException)) })).to.include({
          '/missing': 'first',
          '/http-exception': 'custom',
          '/nowhere': 'custom',
        })
        expect(await filtersByError({ configure: using(first, customFilter(RowMissing)) })).to.include({
          '/row': 'custom',
        })
      })

      it('prefers useGlobalFilters() to an APP_FILTER provider', async () => {
        const providers = [{ provide: APP_FILTER, useValue: named('provider') }]
        expect(await filtersByError({ providers, configure: using(named('app')) })).to.deep.equal({
          '/missing': 'app',
          '/conflict': 'app',
          '/http-exception': 'app',
          '/row': 'app',
          '/decorated': 'app',
          '/nowhere': 'app',
        })
      })

      it('skips filters whose @Catch() does not match the error', async () => {
        @Catch(Failure)
        class OnlyFailures extends FailureFilter {
          constructor() {
            super({ extend: () => ({ handled_by: 'only failures' }), onFailure: () => undefined })
          }
        }
        const configure = (app: INestApplication) => {
          const { httpAdapter } = app.get(HttpAdapterHost)
          app.useGlobalFilters(new BaseExceptionFilter(httpAdapter), new OnlyFailures())
        }
        const expected = {
          '/missing': 'only failures',
          '/conflict': 'only failures',
          '/http-exception': 'default',
          '/row': 'default',
          '/decorated': 'only failures',
          '/nowhere': 'default',
        }
        expect(await filtersByError({ configure })).to.deep.equal(expected)
        expect(await filtersByError({ providers: [{ provide: APP_FILTER, useClass: OnlyFailures }] })).to.deep.equal(
          expected,
        )
      })
    })

    describe('A decorated route', () => {
      abstract class Throwing {
        @Get('missing')
        missing() {
          throw new NotFound()
        }

        @Get('decorated')
        @CatchingFailure()
        decorated(): unknown {
          throw new NotFound()
        }
      }

      it('uses the last FailureFilter instance of its controller, inherited or not', async () => {
        @Controller('books')
        class Books extends Throwing {}

        @Controller('shelves')
        @UseFilters(named('another'), named('controller'), customFilter(NotFound))
        class Shelves extends Throwing {}

        @Controller('inherited')
        class Inherited extends Shelves {}

        const controllers = [Books, Shelves, Inherited]
        const paths = ['/shelves/decorated', '/inherited/decorated', '/books/decorated']
        const expected = {
          '/shelves/decorated': 'controller',
          '/inherited/decorated': 'controller',
          '/books/decorated': 'app',
        }
        expect(await filtersFor({ controllers, configure: using(named('app')) }, paths)).to.deep.equal(expected)
        expect(await filtersFor({ controllers }, paths)).to.deep.equal({ ...expected, '/books/decorated': 'default' })
      })

      it('uses the global filter when its controller binds FailureFilter as a class', async () => {
        @Controller('shelves')
        @UseFilters(FailureFilter)
        class Shelves extends Throwing {}

        const filters = await filtersFor({ controllers: [Shelves], configure: using(named('app')) }, [
          '/shelves/missing',
          '/shelves/decorated',
        ])
        expect(filters).to.deep.equal({ '/shelves/missing': 'app', '/shelves/decorated': 'app' })
      })

      it('uses the global filter when a returned Observable fails', async () => {
        @Controller('shelves')
        @UseFilters(named('controller'))
        class Shelves {
          @Get('later')
          @CatchingFailure()
          later(): unknown {
            return throwError(() => new NotFound())
          }
        }
        const application = { controllers: [Shelves], configure: using(named('app')) }
        expect(await filtersFor(application, ['/shelves/later'])).to.deep.equal({ '/shelves/later': 'app' })
      })

      it('uses its own options for failures, and the filter of its controller for other errors', async () => {
        @Controller('shelves')
        @UseFilters(named('controller'))
        class Shelves {
          @Get('missing')
          @CatchingFailure({ extend: () => ({ handled_by: 'route' }) })
          missing(): unknown {
            throw new NotFound()
          }

          @Get('unknown')
          @CatchingFailure({ extend: () => ({ handled_by: 'route' }) })
          async unknown(): Promise<unknown> {
            throw new RowMissing()
          }
        }
        const application = { controllers: [Shelves], configure: using(named('app')) }
        expect(await filtersFor(application, ['/shelves/missing', '/shelves/unknown'])).to.deep.equal({
          '/shelves/missing': 'route',
          '/shelves/unknown': 'controller',
        })
      })

      it('uses the filter of the controller that inherits it', async () => {
        class Shelves {
          @Get()
          @CatchingFailure()
          async missing(): Promise<unknown> {
            throw new NotFound()
          }
        }

        @Controller('plain')
        class Plain extends Shelves {}

        @Controller('east')
        @UseFilters(named('east'))
        class East extends Shelves {}

        const { get } = await platform.start({ controllers: [Plain, East] })
        for (const [path, name] of [
          ['/plain', undefined],
          ['/east', 'east'],
          ['/plain', undefined],
        ] as const) {
          expect((await get(path)).json()['handled_by'], path).to.equal(name)
        }
      })

      it('uses the filter of its own controller for a failure instance that two controllers throw', async () => {
        const shared = new NotFound()
        const controllerOf = (name: string) => {
          @Controller(name)
          @UseFilters(named(name))
          class Sharing {
            @Get()
            @CatchingFailure()
            async missing(): Promise<unknown> {
              await new Promise((resolve) => setTimeout(resolve, 5))
              throw shared
            }
          }
          return Sharing
        }
        const { get } = await platform.start({ controllers: ['east', 'west'].map(controllerOf) })
        const responses = await Promise.all(['/east', '/west', '/east', '/west'].map((path) => get(path)))
        const names = responses.map((response) => response.json()['handled_by'])
        expect(names).to.deep.equal(['east', 'west', 'east', 'west'])
      })
    })
  })
}

/** An exception filter that does not use the library. */
function customFilter(...types: Parameters<typeof Catch>): ExceptionFilter {
  @Catch(...types)
  class CustomFilter implements ExceptionFilter {
    catch(_error: unknown, host: ArgumentsHost) {
      const response = host.switchToHttp().getResponse()
      const raw = response.raw ?? response
      raw.statusCode = 418
      raw.end('{"handled_by":"custom"}')
    }
  }
  return new CustomFilter()
}
