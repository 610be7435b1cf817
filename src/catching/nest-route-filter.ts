import { Failure } from '../failure/failure.js'
import { type PlatformResponse, writeReply } from '../node/write-reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import { defaultResponder, type FailureResponder, isResponder } from '../responder/failure-responder.js'
import type { MetadataReflection } from './metadata-reflection.js'

/** Nest's `ArgumentsHost`, as far as it is used here. */
interface Host {
  getType(): string
  getArgByIndex<Argument>(index: number): Argument
}

/** Nest's `ApplicationConfig`, as far as it is used here. */
interface ApplicationConfig {
  getGlobalFilters(): readonly unknown[]
}

/** Answers the failures of a decorated route by the policy that the decorator was given. */
export class RouteFilter {
  constructor(readonly responder: FailureResponder) {}

  catch(failure: Failure, host: Host): void {
    answerRoute(this.responder, failure, host)
  }
}

/**
 * Answers the failures of a decorated route by the policy of its application: that of the last global filter that
 * has one, else the default. Nest makes one for each module, and passes the configuration of that application where
 * `http-failure/nestjs` has told it to.
 */
export class ApplicationRouteFilter {
  constructor(readonly application?: ApplicationConfig) {}

  catch(failure: Failure, host: Host): void {
    answerRoute(this.policy(), failure, host)
  }

  policy(): FailureResponder {
    // Looked up when it is needed, since filters may be registered until the application listens.
    const filters = (this.application?.getGlobalFilters() ?? []) as readonly { responder?: unknown }[]
    return filters.map(({ responder }) => responder).findLast(isResponder) ?? defaultResponder
  }
}

/** Whether it is one of these filters, or the class of one, which Nest makes itself. */
export function isRouteFilter(value: unknown): boolean {
  return value === ApplicationRouteFilter || value instanceof RouteFilter
}

/** What the filter of a route gets for an error: the Failure that it is or is translated to, else the error itself. */
export function thrownToFilter(policy: FailureResponder | undefined, error: unknown, request: RequestLike): unknown {
  const failure = policy?.recognize(error, request)
  if (failure === undefined || failure === error) return error
  origins.set(failure, error)
  return failure
}

/** What was thrown in the first place, for the hooks to know. */
const origins = new WeakMap<Failure, unknown>()

/** Where `@Catch()` keeps what a filter catches: Nest asks the class, or since 12 its prototype. */
const CATCH_EXCEPTIONS = '__filterCatchExceptions__'

/** Says what `@Catch(Failure)` would say, once Nest's metadata can be there. */
export function catchesFailures(reflection: MetadataReflection): void {
  for (const filter of [RouteFilter, ApplicationRouteFilter]) {
    reflection.defineMetadata(CATCH_EXCEPTIONS, [Failure], filter)
    reflection.defineMetadata(CATCH_EXCEPTIONS, [Failure], filter.prototype)
  }
}

function answerRoute(responder: FailureResponder, failure: Failure, host: Host): void {
  if (host.getType() !== 'http') throw failure
  const error = origins.has(failure) ? origins.get(failure) : failure
  const reply = responder.reply(error, host.getArgByIndex<RequestLike>(0), failure)
  writeReply(reply, host.getArgByIndex<PlatformResponse>(1))
}
