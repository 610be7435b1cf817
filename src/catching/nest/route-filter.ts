import { Failure } from '../../failure/failure.js'
import type { PlatformResponse } from '../../node/platform-response.js'
import { sendRecognized } from '../../node/send-failure.js'
import type { RequestLike } from '../../responder/failure-context.js'
import { defaultResponder, type FailureResponder } from '../../responder/failure-responder.js'
import type { MetadataReflection } from '../method-metadata.js'
import { CATCH_EXCEPTIONS } from './nest-metadata.js'
import { policyAmong } from './policies.js'
import { thrownFailures } from './state.js'

/** Nest's `ArgumentsHost`, as far as it is used here. */
interface Host {
  getType(): string
  getArgByIndex<Argument>(index: number): Argument
}

/** Nest's `ApplicationConfig`, as far as it is used here. */
interface ApplicationConfig {
  getGlobalFilters(): readonly unknown[]
}

/** Sends the response to the failures of a route that has its own policy. */
export class RouteFilter {
  constructor(readonly responder: FailureResponder) {}

  catch(failure: Failure, host: Host): void {
    respondToRoute(failure, host, () => this.responder)
  }
}

/**
 * Sends the response to the failures of a route with the policy of its controller, otherwise of its application, otherwise
 * the default policy. The policy is that of the last filter with a responder. Nest creates an instance for each module;
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

/** Whether a value is one of these filters, or the class that Nest instantiates. */
export function isRouteFilter(value: unknown): boolean {
  return value === ApplicationRouteFilter || value instanceof RouteFilter
}

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
  const thrown = thrownFailures.get(request)
  const { error, policy } = thrown?.failure === failure ? thrown : { error: failure, policy: undefined }
  sendRecognized({ error, failure }, request, host.getArgByIndex<PlatformResponse>(1), policy ?? policyOfRoute())
}
