import type { NodeResponse } from '../node/platform-response.js'
import type { RequestLike } from '../responder/failure-context.js'

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
