import type { RequestLike } from '../../responder/failure-context.js'
import { type FailureResponder, isResponder } from '../../responder/failure-responder.js'
import { metadataReflection } from '../method-metadata.js'
import { EXCEPTION_FILTERS } from './nest-metadata.js'
import { applicationPolicies } from './state.js'

// Where a route without its own policy finds one.

/** The responder of the last filter that has one, since Nest tries the last filter first. */
export function policyAmong(filters: readonly unknown[] = []): FailureResponder | undefined {
  return filters.map((filter) => (filter as { responder?: unknown } | null)?.responder).findLast(isResponder)
}

/** The policy of `@UseFilters()` on a controller, if that has a filter instance. Classes are instantiated by Nest. */
export function policyOfController(controller: object): FailureResponder | undefined {
  const filters = metadataReflection()?.getMetadata(EXCEPTION_FILTERS, controller.constructor)
  return Array.isArray(filters) ? policyAmong(filters) : undefined
}

/** The policy of the application that received a request, on Express or Fastify. */
export function policyOfApplication(request: RequestLike): FailureResponder | undefined {
  const { app, server } = request as { readonly app?: object; readonly server?: object }
  return applicationPolicies.get((app ?? server) as object)
}

/** @param platform - the instance of Express or Fastify */
export function addApplicationPolicy(platform: object, policy: FailureResponder): void {
  applicationPolicies.set(platform, policy)
}
