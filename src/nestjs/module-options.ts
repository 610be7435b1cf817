import { kindOf } from '../problem/kind-of.js'
import { checkedOptions, type FailureResponderOptions } from '../responder/responder-options.js'
import type { MethodNotAllowedTranslation } from './method-not-allowed.js'

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
 * @throws TypeError for options that make no sense
 */
export function policyOf(options: FailureModuleOptions, others: MethodNotAllowedTranslation): FailureResponderOptions {
  const { methodNotAllowed, ...policy } = checkedOptions(options) as FailureModuleOptions
  if (methodNotAllowed !== undefined && typeof methodNotAllowed !== 'boolean') {
    throw new TypeError(`The option methodNotAllowed of FailureModule is a boolean, not ${kindOf(methodNotAllowed)}`)
  }
  const { translate } = policy
  return { ...policy, translate: (error, context) => translate?.(error, context) ?? others.translate(error, context) }
}
