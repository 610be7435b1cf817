import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Optional } from '@nestjs/common'
import { ApplicationConfig, ModulesContainer } from '@nestjs/core'
import { policyAmong } from '../catching/nest/policies.js'
import { ApplicationRouteFilter } from '../catching/nest/route-filter.js'
import { withoutPrototype } from '../problem/unknown-values.js'
import { FailureResponder, isResponder } from '../responder/failure-responder.js'
import { checkedOptions, type FailureResponderOptions } from '../responder/responder-options.js'
import { reportingTranslate } from '../responder/translation.js'
import { failureFromNest, failureWithin } from './exceptions/failure-from-nest.js'
import { logFailureToNest, logWarningToNest } from './log-failure-to-nest.js'
import { graphqlErrorFor } from './transports/graphql.js'
import { HandlerNames } from './transports/handler-names.js'
import { sendOverHttp } from './transports/http.js'
import { rpcErrorFor } from './transports/rpc.js'
import { sendOverWs } from './transports/ws.js'

/**
 * An exception filter for all errors of a Nest application: HTTP requests on Express and Fastify, GraphQL queries,
 * messages of microservices and WebSocket events.
 *
 * @example
 * ```ts
 * app.useGlobalFilters(new FailureFilter())
 * ```
 * @example Nest doesn't apply global filters to WebSocket gateways. The filter uses the policy of the application:
 * ```ts
 * @UseFilters(FailureFilter)
 * @WebSocketGateway()
 * class Shelves {}
 * ```
 * @example Handles Failures only, and leaves other errors to other filters:
 * ```ts
 * @Catch(Failure)
 * class OnlyFailures extends FailureFilter {}
 * ```
 */
export class FailureFilter implements ExceptionFilter {
  /** The policy of the filter, also used by decorated routes. */
  readonly responder: FailureResponder

  /** Injected by Nest when it instantiates the filter. */
  readonly application?: ApplicationConfig
  /** Injected by Nest as well, to name the handlers of messages. */
  readonly modules?: ModulesContainer
  private handlerNames: HandlerNames | undefined
  private readonly hasPolicy: boolean

  /** @param policy - a responder, or its options. Exceptions of Nest are recognized in addition. */
  constructor(policy?: FailureResponder | FailureResponderOptions) {
    this.responder = new FailureResponder(withNest(isResponder(policy) ? policy.options : policy))
    this.hasPolicy = policy !== undefined
  }

  private get handlers(): HandlerNames {
    return (this.handlerNames ??= new HandlerNames(this.modules))
  }

  /**
   * Handles an error. The result depends on the transport: `undefined` for HTTP and WebSockets, an error for GraphQL, a
   * failing Observable for messages. An override may be asynchronous, but must not reject, since Nest doesn't await it.
   *
   * @throws the error itself, for any other transport
   */
  catch(error: unknown, host: ArgumentsHost): unknown {
    const responder = this.hasPolicy
      ? this.responder
      : (policyAmong(this.application?.getGlobalFilters()) ?? sharedResponder(this))
    switch (host.getType<string>()) {
      case 'http':
        return sendOverHttp(responder, error, host)
      case 'graphql':
        return graphqlErrorFor(responder, error, host, this.handlers)
      case 'rpc':
        return rpcErrorFor(responder, error, host, this.handlers)
      case 'ws':
        return sendOverWs(responder, error, host, this.handlers)
      default:
        throw error
    }
  }
}

// A call rather than a decorator: with `emitDecoratorMetadata` Nest would try to inject the policy.
Catch()(FailureFilter)

// Makes Nest inject the configuration of the application into the filter of decorated routes, which finds the policy in it.
Inject(ApplicationConfig)(ApplicationRouteFilter, undefined, 0)
Optional()(ApplicationRouteFilter, undefined, 0)

// The same for filters that Nest instantiates, such as those of gateways, to which it applies no global filters.
Inject(ApplicationConfig)(FailureFilter.prototype, 'application')
Optional()(FailureFilter.prototype, 'application')
Inject(ModulesContainer)(FailureFilter.prototype, 'modules')
Optional()(FailureFilter.prototype, 'modules')

/**
 * The responder of the first filter of a class in an application. Nest may create a filter for each request, and the reported
 * warnings are remembered by responder.
 */
function sharedResponder(filter: FailureFilter): FailureResponder {
  const { application, responder } = filter
  if (application === undefined) return responder
  const byClass = sharedResponders.get(application) ?? new WeakMap<Function, FailureResponder>()
  sharedResponders.set(application, byClass)
  const shared = byClass.get(filter.constructor) ?? responder
  byClass.set(filter.constructor, shared)
  return shared
}

const sharedResponders = new WeakMap<ApplicationConfig, WeakMap<Function, FailureResponder>>()

/** Adds the translation of errors of Nest and its platforms, and logs to Nest's logger. */
function withNest(options: FailureResponderOptions = {}): FailureResponderOptions {
  // Checked first, since `translate` is wrapped.
  const { onFailure = logFailureToNest, onWarning = logWarningToNest, ...others } = checkedOptions(options)
  const logging = withoutPrototype({ ...others, onFailure, onWarning })
  const translate = reportingTranslate(logging)
  return {
    ...logging,
    translate: (error, context) => failureWithin(error) ?? translate(error, context) ?? failureFromNest(error),
  }
}
