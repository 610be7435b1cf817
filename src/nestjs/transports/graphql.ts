import type { ArgumentsHost } from '@nestjs/common'
import type { FailureResponder } from '../../responder/failure-responder.js'
import { graphqlError } from '../../responder/graphql-error.js'
import { firstRequest } from './first-request.js'
import type { HandlerNames } from './handler-names.js'
import { httpOfGraphqlError } from './transport-exception.js'
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
  const converted = graphqlError(transportProblem(responder, error, message))
  const http = httpOfGraphqlError(error)
  return http === undefined ? converted : Object.assign(converted, { extensions: { ...converted.extensions, http } })
}

/** `GraphQLResolveInfo`, as far as it is used here. */
interface ResolveInfo {
  readonly fieldName?: string
  readonly parentType?: { readonly name: string }
}

function fieldOfInfo(info: ResolveInfo | undefined): string | undefined {
  return info?.parentType && `${info.parentType.name}.${info.fieldName}`
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
