import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  Injectable,
  Module,
  Scope,
} from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { expect } from 'chai'
import {
  CatchingFailure,
  FailureResponder,
  type FailureResponderOptions,
  NotFound,
  type ProblemType,
} from '../../src/index.js'
import { FailureModule } from '../../src/nestjs/index.js'
import { type Application, closeServers, platforms } from './platforms.js'

class RowMissing extends Error {}

class OutOfPrint extends NotFound {
  static override readonly problem: ProblemType = { type: 'out-of-print' }
}

@Controller('books')
class Books {
  @Get('missing')
  missing() {
    throw new NotFound('There is no such book.')
  }

  @Get('decorated')
  @CatchingFailure()
  decorated(): unknown {
    throw new OutOfPrint()
  }

  @Get('row')
  row() {
    throw new RowMissing()
  }
}

const BASE = 'https://bookshop.example/problems/'
const translate = (error: unknown) => (error instanceof RowMissing ? new NotFound('No such row.') : undefined)

function withModule(options?: FailureResponderOptions): Application {
  return { controllers: [Books], imports: [FailureModule.forRoot(options)] }
}

for (const platform of platforms) {
  describe(`FailureModule on ${platform.name}`, () => {
    afterEach(closeServers)

    describe('forRoot()', () => {
      it('sends problem details for every error of the application by default', async () => {
        @Controller('books')
        class Foreign {
          @Get('foreign')
          foreign() {
            throw new Error('password=hunter2')
          }
        }
        const { get } = await platform.start({ ...withModule(), controllers: [Books, Foreign] })
        const response = await get('/books/missing')
        expect(response.field('content-type')).to.equal('application/problem+json')
        expect(response.json()).to.deep.equal({
          type: 'about:blank',
          title: 'Not Found',
          status: 404,
          detail: 'There is no such book.',
        })
        expect((await get('/unknown')).json()).to.include({ status: 404, detail: 'Cannot GET /unknown' })
        expect((await get('/books/foreign')).json()).to.deep.equal({
          type: 'about:blank',
          title: 'Internal Server Error',
          status: 500,
        })
      })

      it('applies its options', async () => {
        const paths: unknown[] = []
        const onFailure: FailureResponderOptions['onFailure'] = (_failure, { path }) => paths.push(path)
        const { get } = await platform.start(withModule({ translate, onFailure }))
        expect((await get('/books/row')).json()).to.include({ status: 404, detail: 'No such row.' })
        expect(paths).to.deep.equal(['/books/row'])
      })

      it('accepts the options of a responder', async () => {
        const { get } = await platform.start({
          controllers: [Books],
          imports: [FailureModule.forRoot(new FailureResponder({ translate }).options)],
        })
        expect((await get('/books/row')).json()).to.include({ status: 404, detail: 'No such row.' })
      })

      it('applies its options to decorated routes', async () => {
        const { get } = await platform.start(withModule({ typeBase: BASE }))
        expect((await get('/books/decorated')).json()).to.include({ type: `${BASE}out-of-print`, status: 404 })
      })

      it('can be imported by another module of the application', async () => {
        @Module({ imports: [FailureModule.forRoot({ typeBase: BASE })] })
        class ErrorsModule {}
        const { get } = await platform.start({ controllers: [Books], imports: [ErrorsModule] })
        expect((await get('/books/decorated')).json()).to.include({ type: `${BASE}out-of-print` })
        expect((await get('/books/missing')).json()).to.include({ status: 404, detail: 'There is no such book.' })
      })
    })

    it('works when imported without forRoot()', async () => {
      const { get } = await platform.start({ controllers: [Books], imports: [FailureModule] })
      expect((await get('/books/missing')).json()).to.include({ status: 404, detail: 'There is no such book.' })
    })

    describe('forRootAsync()', () => {
      @Injectable()
      class Settings {
        readonly base = 'https://bookshop.example/problems/'
      }

      @Module({ providers: [Settings], exports: [Settings] })
      class SettingsModule {}

      it('reads the options from a factory with injected dependencies', async () => {
        const { get } = await platform.start({
          controllers: [Books],
          imports: [
            FailureModule.forRootAsync({
              imports: [SettingsModule],
              inject: [Settings],
              useFactory: ({ base }: Settings) => ({ typeBase: base, translate }),
            }),
          ],
        })
        expect((await get('/books/decorated')).json()).to.include({ type: `${BASE}out-of-print` })
        expect((await get('/books/row')).json()).to.include({ status: 404, detail: 'No such row.' })
      })

      it('awaits an asynchronous factory', async () => {
        const { get } = await platform.start({
          controllers: [Books],
          imports: [
            FailureModule.forRootAsync({
              imports: [SettingsModule],
              inject: [Settings],
              useFactory: async ({ base }: Settings) => {
                await new Promise((resolve) => setTimeout(resolve, 5))
                return { typeBase: base }
              },
            }),
          ],
        })
        expect((await get('/books/decorated')).json()).to.include({ type: `${BASE}out-of-print` })
      })

      it('reads the options from a class', async () => {
        class Options {
          create() {
            return { translate }
          }
        }
        const { get } = await platform.start({
          controllers: [Books],
          imports: [FailureModule.forRootAsync({ useClass: Options })],
        })
        expect((await get('/books/row')).json()).to.include({ status: 404 })
      })
    })

    describe('prevents the application from starting', () => {
      /** Starts an application and returns the error that it fails with. */
      async function errorOf(start: () => Promise<unknown>): Promise<unknown> {
        try {
          await start()
        } catch (error) {
          return error
        }
        return undefined
      }

      const invalid: [options: unknown, message: string][] = [
        [{ typeBase: 'problems' }, 'FailureResponder: "typeBase" must be an absolute URL'],
        [{ translate: 'RowMissing' }, 'FailureResponder: "translate" must be a function'],
        [{ represent: 'html' }, 'FailureResponder: "represent" must be a representation or byAccept(…)'],
        [null, 'FailureResponder: the options must be an object'],
        [404, 'FailureResponder: the options must be an object'],
      ]

      for (const [options, message] of invalid) {
        it(`with the options ${JSON.stringify(options)}`, async () => {
          for (const module of [
            FailureModule.forRoot(options as FailureResponderOptions),
            FailureModule.forRootAsync({ useFactory: async () => options as FailureResponderOptions }),
          ]) {
            const error = await errorOf(() => platform.start({ imports: [module] }))
            expect(error).to.be.instanceOf(TypeError)
            expect((error as Error).message.startsWith(message), (error as Error).message).to.equal(true)
          }
        })
      }

      it('with request-scoped options', async () => {
        @Module({
          providers: [{ provide: 'LANGUAGE', scope: Scope.REQUEST, useFactory: () => 'de' }],
          exports: ['LANGUAGE'],
        })
        class LanguageModule {}
        const module = FailureModule.forRootAsync({
          imports: [LanguageModule],
          inject: ['LANGUAGE'],
          useFactory: () => ({}),
        })
        const error = await errorOf(() => platform.start({ imports: [module] }))
        expect(error).to.be.instanceOf(TypeError)
        expect((error as Error).message).to.equal(
          'FailureModule: the options must be available at startup, received a request-scoped provider',
        )
      })

      it('with a factory that rejects', async () => {
        const reason = new Error('There are no settings.')
        const module = FailureModule.forRootAsync({ useFactory: () => Promise.reject(reason) })
        expect(await errorOf(() => platform.start({ imports: [module] }))).to.equal(reason)
      })
    })

    it('applies separate options to each of several applications', async () => {
      const shop = await platform.start(withModule({ typeBase: 'https://shop.example/' }))
      const library = await platform.start(withModule({ typeBase: 'https://library.example/' }))
      const plain = await platform.start({ controllers: [Books] })
      for (const [{ get }, type] of [
        [shop, 'https://shop.example/out-of-print'],
        [library, 'https://library.example/out-of-print'],
        [plain, 'out-of-print'],
        [shop, 'https://shop.example/out-of-print'],
      ] as const) {
        expect((await get('/books/decorated')).json()).to.include({ type })
      }
      expect((await plain.get('/books/missing')).field('content-type')).to.match(/^application\/json/)
    })

    describe('with another filter for one error class', () => {
      @Catch(RowMissing)
      class RowFilter implements ExceptionFilter<RowMissing> {
        catch(_error: RowMissing, host: ArgumentsHost) {
          host.switchToHttp().getResponse().status(410).send('by the row filter')
        }
      }

      @Module({ providers: [{ provide: APP_FILTER, useClass: RowFilter }] })
      class RowsModule {}

      const registrations: Record<string, Application> = {
        'with useGlobalFilters()': { ...withModule(), configure: (app) => app.useGlobalFilters(new RowFilter()) },
        'in the root module': { ...withModule(), providers: [{ provide: APP_FILTER, useClass: RowFilter }] },
        'in a module imported earlier': {
          controllers: [Books],
          imports: [RowsModule, FailureModule.forRoot()],
        },
        'in a module imported later': {
          controllers: [Books],
          imports: [FailureModule.forRoot(), RowsModule],
        },
      }

      for (const [where, application] of Object.entries(registrations)) {
        it(`handles all other errors when that filter is registered ${where}`, async () => {
          const { get } = await platform.start(application)
          expect((await get('/books/row')).body).to.equal('by the row filter')
          expect((await get('/books/missing')).json()).to.include({ status: 404 })
          expect((await get('/books/decorated')).json()).to.include({ status: 404 })
        })
      }
    })
  })
}
