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
import { closeServers, platforms } from './platforms.js'

/** A FailureFilter that says whose it is. */
function named(name: string): FailureFilter {
  return new FailureFilter({ extend: () => ({ answered_by: name }), onFailure: () => undefined })
}

/** A filter of the application's own, which knows nothing of this package. */
function ownFilter(...types: Parameters<typeof Catch>): ExceptionFilter {
  @Catch(...types)
  class Own implements ExceptionFilter {
    catch(_error: unknown, host: ArgumentsHost) {
      const response = host.switchToHttp().getResponse()
      const raw = response.raw ?? response
      raw.statusCode = 418
      raw.end('{"answered_by":"own"}')
    }
  }
  return new Own()
}

class RowMissing extends Error {}

abstract class Throwing {
  @Get('missing')
  missing() {
    throw new NotFound()
  }

  @Get('conflict')
  conflict() {
    throw new Conflict()
  }

  @Get('of-nest')
  ofNest() {
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

@Controller('books')
class Books extends Throwing {}

for (const platform of platforms) {
  describe(`Several filters on ${platform.name}`, () => {
    afterEach(closeServers)

    /** Who answers which path; `default` is Nest, or the filter without options. */
    async function answerers(
      application: Parameters<typeof platform.start>[0],
      paths: readonly string[] = ['missing', 'conflict', 'of-nest', 'row', 'decorated', 'nowhere'],
    ): Promise<Record<string, unknown>> {
      const { get } = await platform.start({ controllers: [Books], ...application })
      const answered: Record<string, unknown> = {}
      for (const path of paths) {
        const { answered_by = 'default' } = (await get(path.startsWith('/') ? path : `/books/${path}`)).json()
        answered[path] = answered_by
      }
      return answered
    }

    const using =
      (...filters: ExceptionFilter[]) =>
      (app: INestApplication) =>
        void app.useGlobalFilters(...filters)

    it('answer by the nearest: that of the method, of the controller, of the application', async () => {
      @Controller('shelves')
      @UseFilters(named('controller'))
      class Shelves {
        @Get('of-the-method')
        @UseFilters(named('method'))
        ofTheMethod() {
          throw new NotFound()
        }

        @Get('of-the-controller')
        ofTheController() {
          throw new NotFound()
        }
      }
      const paths = ['/shelves/of-the-method', '/shelves/of-the-controller', 'missing']
      expect(await answerers({ controllers: [Books, Shelves], configure: using(named('app')) }, paths)).to.deep.equal({
        '/shelves/of-the-method': 'method',
        '/shelves/of-the-controller': 'controller',
        missing: 'app',
      })
    })

    it('answer by the last that was registered and catches it', async () => {
      const everything = { missing: 'last', conflict: 'last', 'of-nest': 'last', row: 'last', nowhere: 'last' }
      const first = named('first')
      expect(await answerers({ configure: using(first, named('last')) })).to.deep.equal({
        ...everything,
        decorated: 'last',
      })
      expect(await answerers({ configure: using(first, ownFilter(NotFound)) })).to.deep.equal({
        missing: 'own',
        conflict: 'first',
        'of-nest': 'first',
        row: 'first',
        decorated: 'first',
        nowhere: 'first',
      })
      expect(await answerers({ configure: using(ownFilter(NotFound), first) })).to.include({ missing: 'first' })
      expect(await answerers({ configure: using(first, ownFilter(HttpException)) })).to.include({
        missing: 'first',
        'of-nest': 'own',
        nowhere: 'own',
      })
      expect(await answerers({ configure: using(first, ownFilter(RowMissing)) })).to.include({ row: 'own' })
    })

    it('answer by one of useGlobalFilters() rather than by a provider, which is registered before', async () => {
      const providers = [{ provide: APP_FILTER, useValue: named('provider') }]
      expect(await answerers({ providers, configure: using(named('app')) })).to.deep.equal({
        missing: 'app',
        conflict: 'app',
        'of-nest': 'app',
        row: 'app',
        decorated: 'app',
        nowhere: 'app',
      })
    })

    it('leave to each other what they do not catch', async () => {
      @Catch(Failure)
      class OnlyFailures extends FailureFilter {
        constructor() {
          super({ extend: () => ({ answered_by: 'ours' }), onFailure: () => undefined })
        }
      }
      const configure = (app: INestApplication) => {
        const { httpAdapter } = app.get(HttpAdapterHost)
        app.useGlobalFilters(new BaseExceptionFilter(httpAdapter), new OnlyFailures())
      }
      const expected = {
        missing: 'ours',
        conflict: 'ours',
        'of-nest': 'default',
        row: 'default',
        decorated: 'ours',
        nowhere: 'default',
      }
      expect(await answerers({ configure })).to.deep.equal(expected)
      expect(await answerers({ providers: [{ provide: APP_FILTER, useClass: OnlyFailures }] })).to.deep.equal(expected)
    })

    describe('and a decorated route', () => {
      const policies = (): [FailureFilter, FailureFilter] => [named('controller'), named('app')]

      it('follows an instance that its controller uses', async () => {
        const [ofTheController, ofTheApp] = policies()

        @Controller('shelves')
        @UseFilters(named('another'), ofTheController, ownFilter(NotFound))
        class Shelves extends Throwing {}

        @Controller('inherited')
        class Inherited extends Shelves {}

        const controllers = [Books, Shelves, Inherited]
        const paths = ['/shelves/decorated', '/inherited/decorated', 'decorated']
        const expected = {
          '/shelves/decorated': 'controller',
          '/inherited/decorated': 'controller',
          decorated: 'app',
        }
        expect(await answerers({ controllers, configure: using(ofTheApp) }, paths)).to.deep.equal(expected)
        expect(await answerers({ controllers }, paths)).to.deep.equal({ ...expected, decorated: 'default' })
      })

      it('follows its application, as an undecorated one does, where its controller uses a class', async () => {
        @Controller('shelves')
        @UseFilters(FailureFilter)
        class Shelves extends Throwing {}

        const answered = await answerers({ controllers: [Shelves], configure: using(named('app')) }, [
          '/shelves/missing',
          '/shelves/decorated',
        ])
        expect(answered).to.deep.equal({ '/shelves/missing': 'app', '/shelves/decorated': 'app' })
      })

      it('follows its application where it fails when the method has returned', async () => {
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
        expect(await answerers(application, ['/shelves/later'])).to.deep.equal({ '/shelves/later': 'app' })
      })

      it('follows its own policy above all', async () => {
        @Controller('shelves')
        @UseFilters(named('controller'))
        class Shelves {
          @Get('missing')
          @CatchingFailure({ extend: () => ({ answered_by: 'route' }) })
          missing(): unknown {
            throw new NotFound()
          }

          @Get('unknown')
          @CatchingFailure({ extend: () => ({ answered_by: 'route' }) })
          async unknown(): Promise<unknown> {
            throw new RowMissing()
          }
        }
        const application = { controllers: [Shelves], configure: using(named('app')) }
        expect(await answerers(application, ['/shelves/missing', '/shelves/unknown'])).to.deep.equal({
          '/shelves/missing': 'route',
          '/shelves/unknown': 'controller',
        })
      })

      it('follows the policy of the controller that inherits it', async () => {
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
          expect((await get(path)).json()['answered_by'], path).to.equal(name)
        }
      })

      it('follows the policy of its own controller for a failure that several share', async () => {
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
        const answers = await Promise.all(['/east', '/west', '/east', '/west'].map((path) => get(path)))
        const names = answers.map((answer) => answer.json()['answered_by'])
        expect(names).to.deep.equal(['east', 'west', 'east', 'west'])
      })
    })
  })
}
