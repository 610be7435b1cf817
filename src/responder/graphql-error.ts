import type { ProblemDetails } from '../problem/problem-details.js'
import { HttpStatus } from '../status/http-status.js'

/**
 * An error for a GraphQL response: its `extensions` are the problem details, and always contain a `code`, by which GraphQL clients
 * distinguish errors. A plain error, which servers convert to a `GraphQLError`: `graphql` need not be installed.
 *
 * @example
 * ```ts
 * const maskError = (error: unknown) => graphqlError(responder.toProblem(error))
 * ```
 * @param problem - the problem details, from `responder.toProblem(error)`
 */
export function graphqlError(
  problem: ProblemDetails,
): Error & { readonly extensions: Readonly<Record<string, unknown>> } {
  const { title, status, detail, code } = problem
  const error = new Error(detail ?? title)
  // Apollo sends the stack trace, unless NODE_ENV is production.
  error.stack = String(error)
  return Object.assign(error, { extensions: { ...problem, code: typeof code === 'string' ? code : codeOf(status) } })
}

/** The name of a status; for an unregistered one, the name of its class. RFC 9110, 15 */
function codeOf(status: number): string {
  return HttpStatus[status] ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR')
}
