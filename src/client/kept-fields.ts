import type { HeaderFields } from '../reply/reply.js'

/**
 * What a response says that its failure does not.
 *
 * - What describes the content, which is not kept as such. `Content-Range` stays, since in a 416 it is about the target
 *   (RFC 9110, 15.5.17), and `Content-Language`, since the texts are kept.
 * - What belongs to the connection, which ends here (RFC 9110, 7.6.1); the protocols of a 426 are kept as its option.
 * - When the message was made, and how old it is.
 * - `Set-Cookie`: the cookies are for whoever keeps them, which is not the failure. They are credentials, which would
 *   stand in every log of it, and which would be set at one's own client if it were rethrown.
 */
const NOT_OF_A_FAILURE: ReadonlySet<string> = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'content-disposition', 'content-location'],
  ...['content-digest', 'repr-digest', 'etag', 'last-modified'],
  ...['connection', 'proxy-connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['date', 'age'],
  ...['set-cookie', 'set-cookie2'],
])

/** The header fields that a restored failure keeps, their names in lower case as Fetch has them. */
export function keptFields(headers: Headers): HeaderFields {
  return Object.fromEntries([...headers.entries()].filter(([name]) => !NOT_OF_A_FAILURE.has(name)))
}

/** The protocols that an `Upgrade` field lists. RFC 9110, 7.8 */
export function protocolsOf(headers: Headers): readonly string[] {
  const value = headers.get('Upgrade')
  return value === null ? [] : value.split(',').map((protocol) => protocol.trim())
}
