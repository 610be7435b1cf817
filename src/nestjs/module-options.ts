import { formatValue } from '../problem/format-value.js'
import { withoutPrototype } from '../problem/unknown-values.js'
import { checkedOptions, type FailureResponderOptions } from '../responder/responder-options.js'
import { reportingTranslate } from '../responder/translation.js'
import { logWarningToNest } from './log-failure-to-nest.js'
import type { MethodNotAllowedTranslation } from './method-not-allowed/method-not-allowed.js'

/**
 * The options of {@link FailureModule}: those of a FailureResponder, and `methodNotAllowed`.
 *
 * @example const options: FailureModuleOptions = { methodNotAllowed: true, extend: withTraceId }
 */
export interface FailureModuleOptions extends FailureResponderOptions {
  /**
   * Whether to send 405 with `Allow`, instead of Nest's 404, if the path exists under other methods. On Fastify this needs
   * the package `find-my-way`, the router of Fastify. Versions and hosts are ignored. Default: `false`.
   */
  readonly methodNotAllowed?: boolean | undefined
}

/**
 * The options of the responder among those of the module.
 *
 * @throws TypeError for invalid options
 */
export function policyOf(
  options: FailureModuleOptions,
  notAllowed: MethodNotAllowedTranslation,
): FailureResponderOptions {
  const { methodNotAllowed, ...policy } = checkedOptions(options) as FailureModuleOptions
  if (methodNotAllowed !== undefined && typeof methodNotAllowed !== 'boolean') {
    throw new TypeError(
      `FailureModule: "methodNotAllowed" must be a boolean, received ${formatValue(methodNotAllowed)}`,
    )
  }
  const { onWarning = logWarningToNest } = policy
  const translate = reportingTranslate(withoutPrototype({ ...policy, onWarning }))
  return { ...policy, translate: (error, context) => translate(error, context) ?? notAllowed.translate(error, context) }
}
