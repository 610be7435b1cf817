import { ConfigurableModuleBuilder, type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common'
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core'
import { answerFailedFiles } from './failed-file.js'
import { FailureFilter } from './failure.filter.js'
import { addToGateways } from './gateways.js'
import { type FailureModuleOptions, policyOf } from './module-options.js'
import { sendReturnedResponses } from './returned-response.js'

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<FailureModuleOptions>({ moduleName: 'Failure' }).setClassMethodName('forRoot').build()

/**
 * What `FailureModule.forRootAsync()` takes: `imports`, `inject` and `useFactory`; or `useClass`, or `useExisting`.
 *
 * @example const options: FailureModuleAsyncOptions = { useFactory: () => ({ methodNotAllowed: true }) }
 */
export type FailureModuleAsyncOptions = typeof ASYNC_OPTIONS_TYPE

/**
 * Answers every error of an application with a {@link FailureFilter}, whose options may be injected, and sends the
 * Fetch `Response` that a handler returns, which Nest before 12.4 does not know on Express.
 *
 * Every other filter of the application comes before it, wherever it is registered. To be imported once.
 *
 * @example
 * ```ts
 * @Module({ imports: [FailureModule.forRoot({ typeBase: 'https://bookshop.example/problems/' })] })
 * class BookshopModule {}
 * ```
 */
export class FailureModule extends ConfigurableModuleClass implements OnModuleInit {
  /**
   * @param options - those of a FailureResponder, and `methodNotAllowed`
   * @throws TypeError when the application starts, for options that make no sense
   */
  static override forRoot(options: FailureModuleOptions = {}): DynamicModule {
    // biome-ignore lint/complexity/noThisInStatic: called on anything else, it would make a module of that.
    return super.forRoot(options)
  }

  /**
   * Takes the options from a factory, which other providers are injected into and which may be asynchronous.
   *
   * @example
   * ```ts
   * FailureModule.forRootAsync({
   *   imports: [ConfigModule],
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({ typeBase: config.getOrThrow('PROBLEMS') }),
   * })
   * ```
   * @throws TypeError when the application starts, for options that make no sense
   */
  static override forRootAsync(options: FailureModuleAsyncOptions): DynamicModule {
    // biome-ignore lint/complexity/noThisInStatic: called on anything else, it would make a module of that.
    return super.forRootAsync(options)
  }

  private readonly removeFromGateways: () => void

  /** Nest makes it before it registers the filters that are providers, so this one is the last to be asked. */
  constructor(
    application: ApplicationConfig,
    { httpAdapter }: HttpAdapterHost,
    modules: ModulesContainer,
    filter: FailureFilter,
  ) {
    super()
    application.useGlobalFilters(filter)
    this.removeFromGateways = addToGateways(modules, filter)
    if (!httpAdapter) return
    sendReturnedResponses(httpAdapter)
    answerFailedFiles(httpAdapter, filter.responder)
  }

  /** Called by Nest when the gateways have their filters. */
  onModuleInit(): void {
    this.removeFromGateways()
  }
}

// Calls rather than decorators, as for the filter.
Inject(ApplicationConfig)(FailureModule, undefined, 0)
Inject(HttpAdapterHost)(FailureModule, undefined, 1)
Inject(ModulesContainer)(FailureModule, undefined, 2)
Inject(FailureFilter)(FailureModule, undefined, 3)
Module({
  providers: [
    {
      provide: FailureFilter,
      inject: [MODULE_OPTIONS_TOKEN, HttpAdapterHost],
      useFactory: async (options: FailureModuleOptions, { httpAdapter }: HttpAdapterHost) =>
        new FailureFilter(await policyOf(options, httpAdapter)),
    },
  ],
})(FailureModule)
