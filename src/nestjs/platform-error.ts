import { HttpStatus } from '../status/http-status.js'

/**
 * The 4xx status of an error that is certain to be one of the platform: of Fastify and its plugins, or of the parsers
 * of Express. `undefined` for any other error, whatever its `status`: that of an HTTP client says what another server
 * answered, and is none of this one's.
 *
 * Nest itself makes exceptions of most of them, though neither of those that a handler throws (a file over the limit,
 * a body that is read by hand) nor of those for a schema of Fastify.
 */
export function platformStatus(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  const { statusCode } = error as { readonly statusCode?: unknown }
  if (typeof statusCode !== 'number' || !HttpStatus.isClientError(statusCode)) return undefined
  return isOfFastify(error) || isOfParser(error) ? statusCode : undefined
}

function isOfFastify(error: Error & { readonly code?: unknown }): boolean {
  const { name, code } = error
  if (code === 'FST_ERR_VALIDATION') return true // the one that has no name of its own
  return name === 'FastifyError' && typeof code === 'string' && code.startsWith('FST_')
}

/** The names that body-parser and raw-body give to their errors: they are documented, and nobody else has them. */
const PARSER_ERRORS: readonly unknown[] = [
  'charset.unsupported',
  'encoding.unsupported',
  'entity.parse.failed',
  'entity.too.large',
  'entity.verify.failed',
  'parameters.too.many',
  'querystring.parse.rangeError',
  'request.aborted',
  'request.size.invalid',
]

function isOfParser(error: Error & { readonly expose?: unknown; readonly type?: unknown }): boolean {
  return error.expose === true && PARSER_ERRORS.includes(error.type)
}
