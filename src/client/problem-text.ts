import { discard, readLimited } from './read-limited.js'

/** The content of a response if it may be problem details in JSON; otherwise `undefined`. */
export async function problemText(response: Response, limit: number): Promise<string | undefined> {
  // RFC 9110, 8.3: without Content-Type, the recipient may examine the content.
  const mediaType = response.headers.get('Content-Type') ?? 'application/json'
  if (JSON_TYPE.test(mediaType)) return readLimited(response, limit)
  discard(response)
  return undefined
}

/** `application/json` or `application/*+json`, with or without parameters, or repeated by a proxy. RFC 6839, 3.1 */
const JSON_TYPE = /^\s*application\/(?:[^\s;,/]+\+)?json\s*(?:[;,]|$)/i
