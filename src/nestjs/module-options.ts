import type { AbstractHttpAdapter } from '@nestjs/core'
import { kindOf } from '../problem/kind-of.js'
import { checkedOptions, type FailureResponderOptions } from '../responder/responder-options.js'
import { methodNotAllowedOn } from './method-not-allowed.js'

/**
 * What {@link FailureModule} takes: the options of a FailureResponder, and one of its own.
 *
 * @example const options: FailureModuleOptions = { methodNotAllowed: true, extend: traceId }
 */
export interface FailureModuleOptions extends FailureResponderOptions {
  /**
   * Whether a path that is known under other methods is answered with 405 and `Allow`; Nest answers 404. On Fastify it
   * needs the package `find-my-way`, which is the router of Fastify. Versions and hosts are not told apart.
   *
   * Default: `false`.
   */
  readonly methodNotAllowed?: boolean | undefined
}

/**
 * The options of the responder among those of the module.
 *
 * @param adapter - that of the application; none where it serves no HTTP
 * @throws TypeError for options that make no sense
 */
export async function policyOf(
  options: FailureModuleOptions,
  adapter: AbstractHttpAdapter | undefined,
): Promise<FailureResponderOptions> {
  const { methodNotAllowed = false, ...policy } = checkedOptions(options) as FailureModuleOptions
  if (typeof methodNotAllowed !== 'boolean') {
    throw new TypeError(`The option methodNotAllowed of FailureModule is a boolean, not ${kindOf(methodNotAllowed)}`)
  }
  if (!methodNotAllowed || !adapter?.getType()) return policy
  const notAllowed = await methodNotAllowedOn(adapter)
  const { translate } = policy
  return { ...policy, translate: (error, context) => translate?.(error, context) ?? notAllowed(error, context) }
}
