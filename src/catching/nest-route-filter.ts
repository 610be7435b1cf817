import { Failure } from '../failure/failure.js'
import { type PlatformResponse, writeReply } from '../node/write-reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import { FailureResponder, isResponder } from '../responder/failure-responder.js'
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

  catch(error: unknown, host: Host): void {
    answerRoute(this.responder, error, host)
  }
}

/**
 * Answers the failures of a decorated route by the policy of its application: that of the last global filter that
 * has one, else the default. Nest makes one for each module, and passes the configuration of that application where
 * `http-failure/nestjs` has told it to.
 */
export class ApplicationRouteFilter {
  constructor(readonly application?: ApplicationConfig) {}

  catch(error: unknown, host: Host): void {
    answerRoute(this.policy(), error, host)
  }

  policy(): FailureResponder {
    // Looked up when it is needed, since filters may be registered until the application listens.
    const filters = (this.application?.getGlobalFilters() ?? []) as readonly { responder?: unknown }[]
    return filters.map(({ responder }) => responder).findLast(isResponder) ?? DEFAULT_POLICY
  }
}

const DEFAULT_POLICY = new FailureResponder()

/** Where `@Catch()` keeps what a filter catches: Nest asks the class, or since 12 its prototype. */
const CATCH_EXCEPTIONS = '__filterCatchExceptions__'

/** Says what `@Catch(Failure)` would say, once Nest's metadata can be there. */
export function catchesFailures(reflection: MetadataReflection): void {
  for (const filter of [RouteFilter, ApplicationRouteFilter]) {
    reflection.defineMetadata(CATCH_EXCEPTIONS, [Failure], filter)
    reflection.defineMetadata(CATCH_EXCEPTIONS, [Failure], filter.prototype)
  }
}

function answerRoute(responder: FailureResponder, error: unknown, host: Host): void {
  if (host.getType() !== 'http') throw error
  writeReply(responder.reply(error, host.getArgByIndex<RequestLike>(0)), host.getArgByIndex<PlatformResponse>(1))
}
