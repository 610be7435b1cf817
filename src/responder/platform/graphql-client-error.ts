import { isRecord, memberOf } from '../../problem/unknown-values.js'

/**
 * Whether an HTTP client, such as `@apollo/datasource-rest`, has created a `GraphQLError`: it contains the response of another
 * server, with its URL and body.
 */
export function isErrorOfGraphqlClient(error: unknown): boolean {
  return isRecord(memberOf(memberOf(error, 'extensions'), 'response'))
}
