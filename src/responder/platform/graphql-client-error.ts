import { isRecord, memberOf } from '../../problem/unknown-values.js'

/**
 * Whether a `GraphQLError` is that of a client, such as `@apollo/datasource-rest`: it contains the response of another server,
 * with its URL and body.
 */
export function isErrorOfGraphqlClient(error: unknown): boolean {
  return isRecord(memberOf(memberOf(error, 'extensions'), 'response'))
}
