import { HttpStatus } from '../status/http-status.js'

/** An error of the platform, which says what to answer. */
export interface PlatformError extends Error {
  readonly statusCode: number
  /** Whether the client may read the message, in an error of `http-errors`. */
  readonly expose?: boolean
  readonly headers?: unknown
}

/**
 * Whether an error is certain to be one of the platform, with a 4xx: of Fastify and its plugins, or of `http-errors`, of
 * which the parsers of Express make theirs. Any other error is a foreign one, whatever its `status`: that of an HTTP
 * client says what another server answered, and is none of this one's.
 *
 * Nest itself makes exceptions of most of them; version 12 of more than the older ones, none of those that a handler
 * throws (a file over the limit, a body that is read by hand), nor of those for a schema of Fastify.
 */
export function isPlatformError(error: unknown): error is PlatformError {
  if (!(error instanceof Error)) return false
  const { statusCode } = error as { readonly statusCode?: unknown }
  if (typeof statusCode !== 'number' || !HttpStatus.isClientError(statusCode)) return false
  return isOfFastify(error) || isOfHttpErrors(error)
}

function isOfFastify(error: Error & { readonly code?: unknown }): boolean {
  const { name, code } = error
  if (code === 'FST_ERR_VALIDATION') return true // the one that has no name of its own
  return name === 'FastifyError' && typeof code === 'string' && code.startsWith('FST_')
}

/** By what `isHttpError()` of that package looks at: there may be several copies of its class. */
function isOfHttpErrors(error: Error & { readonly expose?: unknown; status?: unknown; statusCode?: unknown }): boolean {
  const { expose, status, statusCode } = error
  return typeof expose === 'boolean' && status === statusCode
}
