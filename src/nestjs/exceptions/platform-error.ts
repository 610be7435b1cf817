import { HttpStatus } from '../../status/http-status.js'

/** An error of the platform, with the status of its response. */
export interface PlatformError extends Error {
  readonly statusCode: number
  /** Whether the client may read the message. Set by `http-errors`. */
  readonly expose?: boolean
  readonly headers?: unknown
}

/**
 * Whether an error is a 4xx of the platform: from Fastify and its plugins, or from `http-errors`, which the body parsers of
 * Express use. Other errors are not, whatever their `status`: the `status` of an HTTP client's error is that of another
 * server.
 *
 * Nest converts most of them to exceptions (version 12 more than older ones), but not those thrown in a handler, such as a
 * file over the limit, nor those of Fastify's schemas.
 */
export function isPlatformError(error: unknown): error is PlatformError {
  if (!(error instanceof Error)) return false
  const { statusCode } = error as { readonly statusCode?: unknown }
  if (typeof statusCode !== 'number' || !HttpStatus.isClientError(statusCode)) return false
  return isOfFastify(error) || isOfHttpErrors(error)
}

function isOfFastify(error: Error & { readonly code?: unknown }): boolean {
  const { name, code } = error
  if (code === 'FST_ERR_VALIDATION') return true // has no name of its own
  return name === 'FastifyError' && typeof code === 'string' && code.startsWith('FST_')
}

/** The same check as `isHttpError()` of that package, of which there may be several copies. */
function isOfHttpErrors(error: Error & { readonly expose?: unknown; status?: unknown; statusCode?: unknown }): boolean {
  const { expose, status, statusCode } = error
  return typeof expose === 'boolean' && status === statusCode
}
