import { ConfigurableModuleBuilder, type DynamicModule, Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import type { FailureResponderOptions } from '../responder/responder-options.js'
import { FailureFilter } from './failure.filter.js'

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<FailureResponderOptions>({ moduleName: 'Failure' })
    .setClassMethodName('forRoot')
    .build()

/** What `FailureModule.forRootAsync()` takes: `imports`, `inject` and `useFactory`; or `useClass`, or `useExisting`. */
export type FailureModuleAsyncOptions = typeof ASYNC_OPTIONS_TYPE

/**
 * Answers every error of an application with a {@link FailureFilter}, whose options may be injected.
 *
 * Of the filters that are providers, Nest asks those of the root module last. One of the application's own that shall
 * come before this one belongs into a module that is imported after it, or into `useGlobalFilters()`.
 *
 * @example
 * ```ts
 * imports: [FailureModule.forRoot({ typeBase: 'https://bookshop.example/problems/' })]        // of the root @Module()
 * ```
 */
export class FailureModule extends ConfigurableModuleClass {
  /**
   * @param options - those of a FailureResponder
   * @throws TypeError when the application starts, for options that make no sense
   */
  static override forRoot(options: FailureResponderOptions = {}): DynamicModule {
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
}

// A call rather than a decorator, as for the filter.
Module({
  providers: [
    {
      provide: APP_FILTER,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: FailureResponderOptions) => new FailureFilter(options),
    },
  ],
})(FailureModule)
