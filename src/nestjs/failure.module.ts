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
import { addPolicyOfPlatform } from '../catching/platform-policies.js'
import { answerFailedFiles } from './failed-file.js'
import { FailureFilter } from './failure.filter.js'
import { addToGateways } from './gateways.js'
import { MethodNotAllowedTranslation } from './method-not-allowed.js'
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
export class FailureModule extends ConfigurableModuleClass implements NestModule, OnModuleDestroy {
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

  /**
   * Nest makes it before it registers the filters that are providers, so this one is the last to be asked.
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
    application.useGlobalFilters(filter)
    this.removeFromGateways = addToGateways(modules, filter)
  }

  private readonly removeFromGateways: () => void

  /** Called by Nest before it registers the routes of an application that serves HTTP; a test has no platform earlier. */
  async configure(): Promise<void> {
    // Nest has not made what depends on a request.
    if (this.filter === undefined) throw new TypeError('The options of FailureModule cannot depend on a request')
    const { httpAdapter } = this.host
    const { responder } = this.filter
    addPolicyOfPlatform(httpAdapter.getInstance(), responder)
    sendReturnedResponses(httpAdapter)
    answerFailedFiles(httpAdapter, responder)
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
