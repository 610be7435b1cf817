import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Optional } from '@nestjs/common'
import { ApplicationConfig } from '@nestjs/core'
import { ApplicationRouteFilter, policyAmong } from '../catching/nest-route-filter.js'
import { FailureResponder, isResponder } from '../responder/failure-responder.js'
import { checkedOptions, type FailureResponderOptions } from '../responder/responder-options.js'
import { failureFromNest, failureWithin } from './failure-from-nest.js'
import { answerGraphql } from './graphql-answer.js'
import { answerHttp } from './http-answer.js'
import { logToNest } from './log-to-nest.js'
import { answerRpc } from './rpc-answer.js'
import { answerWs } from './ws-answer.js'

/**
 * Answers every error of a Nest application: to requests on Express and on Fastify, to GraphQL queries, to messages of
 * microservices and to events of WebSockets.
 *
 * @example
 * ```ts
 * app.useGlobalFilters(new FailureFilter())
 * ```
 * @example A gateway of WebSockets, which no global filter is asked about, follows the policy of the application:
 * ```ts
 * @UseFilters(FailureFilter)
 * @WebSocketGateway()
 * class Shelves {}
 * ```
 * @example Only the failures; other errors are left to other filters:
 * ```ts
 * @Catch(Failure)
 * class OnlyFailures extends FailureFilter {}
 * ```
 */
export class FailureFilter implements ExceptionFilter {
  /** The policy of the application, which decorated routes follow as well. */
  readonly responder: FailureResponder

  /** Given by Nest to a filter that it makes of its class. */
  readonly application?: ApplicationConfig
  private readonly hasPolicy: boolean

  /** @param policy - a responder, or the options for one; what Nest throws is understood in any case */
  constructor(policy?: FailureResponder | FailureResponderOptions) {
    this.responder = new FailureResponder(withNest(isResponder(policy) ? policy.options : policy))
    this.hasPolicy = policy !== undefined
  }

  /**
   * Answers in the way of the transport, which decides what is returned to Nest: nothing for HTTP and for WebSockets, an
   * error for GraphQL, an Observable that fails for messages. An override may be asynchronous, but must not reject: Nest
   * does not wait for it.
   *
   * @throws the error itself, in a transport that is none of these
   */
  catch(error: unknown, host: ArgumentsHost): unknown {
    const responder = this.hasPolicy
      ? this.responder
      : (policyAmong(this.application?.getGlobalFilters()) ?? this.responder)
    switch (host.getType<string>()) {
      case 'http':
        return answerHttp(responder, error, host)
      case 'graphql':
        return answerGraphql(responder, error, host)
      case 'rpc':
        return answerRpc(responder, error)
      case 'ws':
        return answerWs(responder, error, host)
      default:
        throw error
    }
  }
}

// A call rather than a decorator: with `emitDecoratorMetadata` Nest would try to inject the policy.
Catch()(FailureFilter)

// Nest then hands the configuration of an application to the filter of its decorated routes, which finds there the
// policy to follow.
Inject(ApplicationConfig)(ApplicationRouteFilter, undefined, 0)
Optional()(ApplicationRouteFilter, undefined, 0)

// And to a filter that it makes of its class, such as that of a gateway, about which it asks no global filter.
Inject(ApplicationConfig)(FailureFilter.prototype, 'application')
Optional()(FailureFilter.prototype, 'application')

/** What Nest and its platforms throw is translated as well, and logs go to Nest's logger. */
function withNest(options: FailureResponderOptions = {}): FailureResponderOptions {
  // Before the translation is taken for a function.
  const { translate } = checkedOptions(options)
  return {
    onFailure: logToNest,
    ...options,
    translate: (error, context) => failureWithin(error) ?? translate?.(error, context) ?? failureFromNest(error),
  }
}
