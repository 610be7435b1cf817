import type { RequestLike } from '../responder/failure-context.js'
import type { FailureResponder } from '../responder/failure-responder.js'

/** The policies of applications, by platform instance, which each request references. */
const policiesOfPlatforms = new WeakMap<object, FailureResponder>()

export function addPolicyOfPlatform(platform: object, policy: FailureResponder): void {
  policiesOfPlatforms.set(platform, policy)
}

/** The policy of the application that received a request, on Express or Fastify. */
export function policyOfPlatform(request: RequestLike): FailureResponder | undefined {
  const { app, server } = request as { readonly app?: object; readonly server?: object }
  return policiesOfPlatforms.get((app ?? server) as object)
}
