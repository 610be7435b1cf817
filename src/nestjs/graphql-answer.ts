import type { ArgumentsHost } from '@nestjs/common'
import type { ProblemDetails } from '../problem/problem-details.js'
import type { FailureResponder } from '../responder/failure-responder.js'
import { HttpStatus } from '../status/http-status.js'
import { firstRequest } from './first-request.js'
import { transportProblem } from './transport-problem.js'

/**
 * Answers a resolver: GraphQL takes an error that is returned for one that was thrown, and sends its message and its
 * `extensions`. These are the problem document, and a `code` in any case, by which GraphQL clients tell errors apart.
 */
export function answerGraphql(responder: FailureResponder, error: unknown, host: ArgumentsHost): Error {
  return graphqlError(transportProblem(responder, error, requestIn(host.getArgByIndex(2))))
}

/** An error that a `GraphQLError` is made of, and no such thing itself: `graphql` need not be installed. */
function graphqlError(problem: ProblemDetails): Error {
  const { title, status, detail, code } = problem
  const answer = new Error(detail ?? title)
  // Apollo sends the stack as well, unless the environment is called production.
  answer.stack = String(answer)
  return Object.assign(answer, { extensions: { ...problem, code: typeof code === 'string' ? code : codeOf(status) } })
}

/** The name of a status; for an unregistered one, that of its class. RFC 9110, 15 */
function codeOf(status: number): string {
  return HttpStatus[status] ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR')
}

/** What the drivers make of a request for the resolvers, unless the application makes something else. */
interface GraphqlContext {
  readonly req?: unknown
  readonly reply?: { readonly request?: unknown }
  readonly request?: unknown
}

function requestIn(context: GraphqlContext | undefined) {
  return firstRequest(
    () => context?.req,
    () => context?.reply?.request,
    () => context?.request,
  )
}
