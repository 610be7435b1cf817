import type { Failure } from '../failure/failure.js'
import { failureClass } from '../failure/failure-class.js'
import type { FailureOptions } from '../failure/failure-options.js'
import { withoutStackTrace } from '../failure/stack-traces.js'
import type { NodeResponse } from '../node/platform-response.js'
import type { StatusRules } from '../reply/status-rules.js'
import type { RequestLike } from '../responder/failure-context.js'
import { isFailureStatus } from '../status/failure-status.js'

/** The context of Koa, as far as it is used. */
export interface KoaContext {
  readonly app: KoaApplication
  readonly request: RequestLike
  readonly res: NodeResponse
  readonly response: {
    /** The value of a header field; nothing, or an empty string, if it is not set. */
    get(name: string): string | string[] | undefined
    /** Set by `ctx.body = null`: an empty body, in place of the phrase of the status. */
    readonly _explicitNullBody?: boolean | undefined
  }
  readonly status: number
  body: unknown
  readonly writable: boolean
  readonly headerSent: boolean
  /** `false` if a middleware writes to the response of Node itself. */
  respond?: boolean | undefined
}

/** The application of Koa, as far as it is used. */
export interface KoaApplication {
  listeners(event: 'error'): Function[]
  emit(event: 'error', error: unknown, context: unknown): unknown
  onerror: Function
}

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
