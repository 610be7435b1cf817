import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Optional } from '@nestjs/common'
import { ApplicationConfig } from '@nestjs/core'
import { ApplicationRouteFilter } from '../catching/nest-route-filter.js'
import { answerError } from '../node/answer-error.js'
import type { PlatformResponse } from '../node/write-reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import { FailureResponder, isResponder } from '../responder/failure-responder.js'
import { checkedOptions, type FailureResponderOptions } from '../responder/responder-options.js'
import { failureFromNest, failureWithin } from './failure-from-nest.js'
import { logToNest } from './log-to-nest.js'

/**
 * Answers every error of a Nest application, on Express and on Fastify.
 *
 * @example
 * ```ts
 * app.useGlobalFilters(new FailureFilter())
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

  /** @param policy - a responder, or the options for one; what Nest throws is understood in any case */
  constructor(policy?: FailureResponder | FailureResponderOptions) {
    this.responder = new FailureResponder(withNest(isResponder(policy) ? policy.options : policy))
  }

  /** Writes the answer straight to the response of the platform. */
  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error
    const http = host.switchToHttp()
    answerError(this.responder, error, http.getRequest<RequestLike>(), http.getResponse<PlatformResponse>())
  }
}

// A call rather than a decorator: with `emitDecoratorMetadata` Nest would try to inject the policy.
Catch()(FailureFilter)

// Nest then hands the configuration of an application to the filter of its decorated routes, which finds there the
// policy to follow.
Inject(ApplicationConfig)(ApplicationRouteFilter, undefined, 0)
Optional()(ApplicationRouteFilter, undefined, 0)

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
