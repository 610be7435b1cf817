import { Failure } from '../failure/failure.js'
import { sendRecognized } from '../node/send-failure.js'
import type { PlatformResponse } from '../node/write-reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import { defaultResponder, type FailureResponder, isResponder } from '../responder/failure-responder.js'
import { type MetadataReflection, metadataReflection } from './metadata-reflection.js'

/** The metadata key of `@UseFilters()`. Nest tries the last filter first. */
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

/** Handles the failures of a decorated route with its own policy. */
export class RouteFilter {
  constructor(readonly responder: FailureResponder) {}

  catch(failure: Failure, host: Host): void {
    respondToRoute(failure, host, () => this.responder)
  }
}

/**
 * Handles the failures of a decorated route with the policy of its controller, otherwise of its application, otherwise the
 * default policy. The policy is that of the last filter with a responder. Nest creates an instance for each module;
 * `http-failure/nestjs` makes it inject the configuration of the application.
 */
export class ApplicationRouteFilter {
  constructor(readonly application?: ApplicationConfig) {}

  catch(failure: Failure, host: Host): void {
    // Read on each failure, since filters may be registered until the application listens.
    const ofApplication = () => policyAmong(this.application?.getGlobalFilters()) ?? defaultResponder
    respondToRoute(failure, host, ofApplication)
  }
}

/** The responder of the last filter that has one, since Nest tries the last filter first. */
export function policyAmong(filters: readonly unknown[] = []): FailureResponder | undefined {
  return filters.map((filter) => (filter as { responder?: unknown } | null)?.responder).findLast(isResponder)
}

/** The policy of `@UseFilters()` on a controller, if that has a filter instance. Classes are instantiated by Nest. */
export function policyOfController(controller: object): FailureResponder | undefined {
  const filters = metadataReflection()?.getMetadata(EXCEPTION_FILTERS, controller.constructor)
  return Array.isArray(filters) ? policyAmong(filters) : undefined
}

/** Whether a value is one of these filters, or the class that Nest instantiates. */
export function isRouteFilter(value: unknown): boolean {
  return value === ApplicationRouteFilter || value instanceof RouteFilter
}

/** The data that the filter of a route needs in addition to the failure, which is all that Nest passes. */
interface Thrown {
  readonly failure: unknown
  /** The thrown error, for the hooks. */
  readonly error: unknown
  /** The policy of the controller. */
  readonly policy: FailureResponder | undefined
}

/**
 * By request, since several requests may share one failure. Most failures need no entry, which saves time: with a stack
 * trace in each, garbage collection of the entries would cost as much as half a request.
 */
const thrownFor = new WeakMap<object, Thrown>()

/** The value to throw to the filter of a route: the recognized Failure, otherwise the error itself. */
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

/** The metadata key of `@Catch()`. Nest reads it from the class, since version 12 from its prototype. */
const CATCH_EXCEPTIONS = '__filterCatchExceptions__'

/** Has the effect of `@Catch(Failure)`. Called when `reflect-metadata` is loaded. */
export function catchesFailures(reflection: MetadataReflection): void {
  for (const filter of [RouteFilter, ApplicationRouteFilter]) {
    reflection.defineMetadata(CATCH_EXCEPTIONS, [Failure], filter)
    reflection.defineMetadata(CATCH_EXCEPTIONS, [Failure], filter.prototype)
  }
}

function respondToRoute(failure: Failure, host: Host, policyOfRoute: () => FailureResponder): void {
  if (host.getType() !== 'http') throw failure
  const request = host.getArgByIndex<RequestLike>(0)
  // The failure may be another one: from an interceptor, or from an Observable that the method has returned.
  const last = thrownFor.get(request)
  const { error, policy } = last?.failure === failure ? last : { error: failure, policy: undefined }
  sendRecognized({ error, failure }, request, host.getArgByIndex<PlatformResponse>(1), policy ?? policyOfRoute())
}
