import { Failure } from '../failure/failure.js'
import { answerError } from '../node/answer-error.js'
import type { PlatformResponse } from '../node/write-reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import { defaultResponder, type FailureResponder, isResponder } from '../responder/failure-responder.js'
import { type MetadataReflection, metadataReflection } from './metadata-reflection.js'

/** Where `@UseFilters()` keeps its filters; the later ones come first. */
export const EXCEPTION_FILTERS = '__exceptionFilters__'

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
    answerRoute(failure, host, () => this.responder)
  }
}

/**
 * Answers the failures of a decorated route by the policy of its controller, else by that of its application: each is
 * that of the last filter that has one. Else by the default. Nest makes one for each module, and passes the
 * configuration of that application where `http-failure/nestjs` has told it to.
 */
export class ApplicationRouteFilter {
  constructor(readonly application?: ApplicationConfig) {}

  catch(failure: Failure, host: Host): void {
    // Looked up when it is needed, since filters may be registered until the application listens.
    const ofApplication = () => policyAmong(this.application?.getGlobalFilters()) ?? defaultResponder
    answerRoute(failure, host, ofApplication)
  }
}

/** The policy of the last filter that has one, as Nest asks the last one first. */
export function policyAmong(filters: readonly unknown[] = []): FailureResponder | undefined {
  return filters.map((filter) => (filter as { responder?: unknown } | null)?.responder).findLast(isResponder)
}

/** That of `@UseFilters()` on the class of a controller. Nest alone has the instances of what is a class there. */
export function policyOfController(controller: object): FailureResponder | undefined {
  const filters = metadataReflection()?.getMetadata(EXCEPTION_FILTERS, controller.constructor)
  return Array.isArray(filters) ? policyAmong(filters) : undefined
}

/** Whether it is one of these filters, or the class of one, which Nest makes itself. */
export function isRouteFilter(value: unknown): boolean {
  return value === ApplicationRouteFilter || value instanceof RouteFilter
}

/** What the filter of a route has to know beside the failure, which is all that Nest tells it. */
interface Thrown {
  readonly failure: unknown
  /** What was thrown in the first place, for the hooks to know. */
  readonly error: unknown
  /** That of the controller. */
  readonly policy: FailureResponder | undefined
}

/**
 * By the request rather than by the failure, which may be a constant that several requests share. Most failures need
 * no entry, and it is worth not to make one: with a stack in each, they would cost the collector of garbage as much as
 * half a request.
 */
const thrownFor = new WeakMap<object, Thrown>()

/** What the filter of a route gets for an error: the Failure that it is or is translated to, else the error itself. */
export function thrownToFilter(
  own: FailureResponder | undefined,
  error: unknown,
  controller: object,
  request: RequestLike,
): unknown {
  const failure = own?.recognize(error, request) ?? error
  const policy = own === undefined ? policyOfController(controller) : undefined
  if (failure !== error || policy !== undefined) thrownFor.set(request, { failure, error, policy })
  return failure
}

/** Where `@Catch()` keeps what a filter catches: Nest asks the class, or since 12 its prototype. */
const CATCH_EXCEPTIONS = '__filterCatchExceptions__'

/** Says what `@Catch(Failure)` would say, once Nest's metadata can be there. */
export function catchesFailures(reflection: MetadataReflection): void {
  for (const filter of [RouteFilter, ApplicationRouteFilter]) {
    reflection.defineMetadata(CATCH_EXCEPTIONS, [Failure], filter)
    reflection.defineMetadata(CATCH_EXCEPTIONS, [Failure], filter.prototype)
  }
}

function answerRoute(failure: Failure, host: Host, policyOfRoute: () => FailureResponder): void {
  if (host.getType() !== 'http') throw failure
  const request = host.getArgByIndex<RequestLike>(0)
  // It may be another one by now, or one that came when the method was done: of an interceptor, of an Observable.
  const last = thrownFor.get(request)
  const { error, policy } = last?.failure === failure ? last : { error: failure, policy: undefined }
  answerError(policy ?? policyOfRoute(), error, request, host.getArgByIndex<PlatformResponse>(1), failure)
}
