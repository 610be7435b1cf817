import type { Failure } from '../failure/failure.js'
import { failureClass } from '../failure/failure-class.js'
import type { FailureOptions } from '../failure/failure-options.js'
import { withoutStackTrace } from '../failure/stack-traces.js'
import type { StatusRules } from '../reply/status-rules.js'
import { isFailureStatus } from '../status/failure-status.js'
import type { KoaContext } from './koa-context.js'

/**
 * The failure for a 4xx or 5xx response without a body, for which Koa sends the phrase as text: 404 for an unknown path, 405 and
 * 501 from `allowedMethods()`. `undefined` for any other response.
 */
export function failureWithoutBody(context: KoaContext): Failure | undefined {
  const { respond, body, response, writable, headerSent, status } = context
  const isEmpty = (body === undefined || body === null) && response._explicitNullBody !== true
  if (respond === false || !isEmpty || !writable || headerSent || !isFailureStatus(status)) return undefined
  const Class = failureClass(status)
  // The response already has the fields that HTTP requires, such as the Allow of a 405.
  const { headers: rules }: StatusRules = Class.prototype.statusRules
  const headers = Object.fromEntries(rules.map(({ name }) => [name, response.get(name) || undefined]))
  return withoutStackTrace(() => new Class({ headers } satisfies FailureOptions))
}
