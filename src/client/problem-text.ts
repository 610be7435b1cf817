import { discard, readLimited } from './read-limited.js'

/** The text of a response if it can be a problem document; `undefined` otherwise. */
export async function problemText(response: Response, limit: number): Promise<string | undefined> {
  // RFC 9110, 8.3: without a Content-Type, the recipient may look for itself.
  const mediaType = response.headers.get('Content-Type') ?? 'application/json'
  if (JSON_TYPE.test(mediaType)) return readLimited(response, limit)
  discard(response)
  return undefined
}

/** `application/json` and whatever is built on it, with or without parameters, or sent twice by a proxy. RFC 6839, 3.1 */
const JSON_TYPE = /^\s*application\/(?:[^\s;,/]+\+)?json\s*(?:[;,]|$)/i
