import type { ArgumentsHost } from '@nestjs/common'
import type { ProblemDetails } from '../../problem/problem-details.js'
import type { FailureResponder } from '../../responder/failure-responder.js'
import { HttpStatus } from '../../status/http-status.js'
import { firstRequest } from './first-request.js'
import type { HandlerNames } from './handler-names.js'
import { transportProblem } from './transport-problem.js'

/**
 * The error for a GraphQL response, to be returned by the filter. GraphQL sends its message and its `extensions`, which
 * contain the problem details and always a `code`, by which GraphQL clients distinguish errors.
 */
export function graphqlErrorFor(
  responder: FailureResponder,
  error: unknown,
  host: ArgumentsHost,
  handlers: HandlerNames,
): Error {
  const request = requestOfContext(host.getArgByIndex(2))
  const pattern = fieldOfInfo(host.getArgByIndex(3))
  const message = {
    transport: 'graphql',
    pattern,
    handler: handlers.of('graphql', pattern),
    data: host.getArgByIndex<unknown>(1),
    raw: request,
    request,
  }
  return graphqlError(transportProblem(responder, error, message))
}

/** `GraphQLResolveInfo`, as far as it is used here. */
interface ResolveInfo {
  readonly fieldName?: string
  readonly parentType?: { readonly name: string }
}

function fieldOfInfo(info: ResolveInfo | undefined): string | undefined {
  return info?.parentType && `${info.parentType.name}.${info.fieldName}`
}

/** A plain error, which drivers convert to a `GraphQLError`: `graphql` need not be installed. */
function graphqlError(problem: ProblemDetails): Error {
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

/** The context that the drivers pass to resolvers by default. */
interface GraphqlContext {
  readonly req?: unknown
  readonly reply?: { readonly request?: unknown }
  readonly request?: unknown
}

function requestOfContext(context: GraphqlContext | undefined) {
  return firstRequest(
    () => context?.req,
    () => context?.reply?.request,
    () => context?.request,
  )
}
