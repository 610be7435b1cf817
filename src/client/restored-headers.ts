import type { HeaderFields } from '../reply/reply.js'

/**
 * The header fields of a response that its failure doesn't keep:
 *
 * - Fields that describe the content, which is not kept. `Content-Range` is kept, since in a 416 it describes the target
 *   (RFC 9110, 15.5.17), and `Content-Language`, since title and detail are kept.
 * - Fields of the connection (RFC 9110, 7.6.1). The protocols of a 426 are kept as its option.
 * - The date and age of the message.
 * - `Set-Cookie`. Cookies are credentials: they would appear in logs and, if the failure were rethrown, be set at the
 *   wrong client.
 */
const DROPPED_FIELDS: ReadonlySet<string> = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'content-disposition', 'content-location'],
  ...['content-digest', 'repr-digest', 'etag', 'last-modified'],
  ...['connection', 'proxy-connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['date', 'age'],
  ...['set-cookie', 'set-cookie2'],
])

/** The header fields that a restored failure keeps, with lower-case names as in Fetch. */
export function keptFields(headers: Headers): HeaderFields {
  return Object.fromEntries([...headers.entries()].filter(([name]) => !DROPPED_FIELDS.has(name)))
}
