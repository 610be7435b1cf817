import {
  ConfigurableModuleBuilder,
  type DynamicModule,
  Inject,
  Module,
  type NestModule,
  type OnModuleDestroy,
  Optional,
} from '@nestjs/common'
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core'
import { addApplicationPolicy } from '../catching/nest/policies.js'
import { FailureFilter } from './failure.filter.js'
import { handleFailedFiles } from './http-adapter/failed-file.js'
import { resetFailedStreams } from './http-adapter/reset-streams.js'
import { sendReturnedResponses } from './http-adapter/returned-response.js'
import { MethodNotAllowedTranslation } from './method-not-allowed/method-not-allowed.js'
import { type FailureModuleOptions, policyOf } from './module-options.js'
import { addToGateways } from './transports/gateways.js'

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<FailureModuleOptions>({ moduleName: 'Failure' }).setClassMethodName('forRoot').build()

/**
 * The options of `FailureModule.forRootAsync()`: `imports`, `inject` and `useFactory`; or `useClass`; or `useExisting`.
 *
 * @example const options: FailureModuleAsyncOptions = { useFactory: () => ({ methodNotAllowed: true }) }
 */
export type FailureModuleAsyncOptions = typeof ASYNC_OPTIONS_TYPE

/**
 * Registers a {@link FailureFilter} for the whole application, with options that can be injected. It also sends a Fetch
 * `Response` that a handler returns, which Nest before 12.4 doesn't support on Express.
 *
 * All other filters of the application take precedence, wherever they are registered. Import it once.
 *
 * @example
 * ```ts
 * @Module({ imports: [FailureModule.forRoot({ typeBase: 'https://bookshop.example/problems/' })] })
 * class BookshopModule {}
 * ```
 */
export class FailureModule extends ConfigurableModuleClass implements NestModule, OnModuleDestroy {
  /**
   * @param options - the options of a FailureResponder, and `methodNotAllowed`
   * @throws TypeError for invalid options, when the application starts
   */
  static override forRoot(options: FailureModuleOptions = {}): DynamicModule {
    // biome-ignore lint/complexity/noThisInStatic: the class it is called on becomes the module.
    return super.forRoot(options)
  }

  /**
   * Creates the options in a factory, which may be asynchronous and inject other providers.
   *
   * @example
   * ```ts
   * FailureModule.forRootAsync({
   *   imports: [ConfigModule],
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({ typeBase: config.getOrThrow('PROBLEMS') }),
   * })
   * ```
   * @throws TypeError for invalid options, when the application starts
   */
  static override forRootAsync(options: FailureModuleAsyncOptions): DynamicModule {
    // biome-ignore lint/complexity/noThisInStatic: the class it is called on becomes the module.
    return super.forRootAsync(options)
  }

  /**
   * Nest instantiates modules before it registers filters that are providers, so this filter has the lowest precedence.
   *
   * @hidden
   */
  constructor(
    application: ApplicationConfig,
    modules: ModulesContainer,
    private readonly host: HttpAdapterHost,
    private readonly filter: FailureFilter,
    private readonly notAllowed: MethodNotAllowedTranslation,
    private readonly options: FailureModuleOptions = {},
  ) {
    super()
    application.useGlobalFilters(Object.assign(filter, { modules }))
    this.removeFromGateways = addToGateways(modules, filter)
  }

  private readonly removeFromGateways: () => void

  /** Called by Nest before it registers routes. In tests, the platform does not exist earlier. */
  async configure(): Promise<void> {
    // Nest has not created request-scoped providers.
    if (this.filter === undefined)
      throw new TypeError('FailureModule: the options must be available at startup, received a request-scoped provider')
    const { httpAdapter } = this.host
    const { responder } = this.filter
    addApplicationPolicy(httpAdapter.getInstance(), responder)
    sendReturnedResponses(httpAdapter)
    handleFailedFiles(httpAdapter, responder)
    resetFailedStreams(httpAdapter)
    if (this.options.methodNotAllowed) await this.notAllowed.watch(httpAdapter)
  }

  /** Called by Nest when the application closes. */
  onModuleDestroy(): void {
    this.removeFromGateways()
  }
}

// Calls rather than decorators, as for the filter.
const injected = [
  ApplicationConfig,
  ModulesContainer,
  HttpAdapterHost,
  FailureFilter,
  MethodNotAllowedTranslation,
  MODULE_OPTIONS_TOKEN,
]
for (const [index, token] of injected.entries()) Inject(token)(FailureModule, undefined, index)
Optional()(FailureModule, undefined, injected.indexOf(MODULE_OPTIONS_TOKEN))
Module({
  providers: [
    MethodNotAllowedTranslation,
    {
      provide: FailureFilter,
      inject: [MethodNotAllowedTranslation, { token: MODULE_OPTIONS_TOKEN, optional: true }],
      useFactory: (notAllowed: MethodNotAllowedTranslation, options: FailureModuleOptions = {}) =>
        new FailureFilter(policyOf(options, notAllowed)),
    },
  ],
})(FailureModule)
