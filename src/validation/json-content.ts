import { UnsupportedMediaType } from '../failure/client-failures.js'

/**
 * Demands that a request declares its content as JSON in UTF-8, as it is.
 *
 * @throws UnsupportedMediaType with `Accept`, or with `Accept-Encoding`
 */
export function demandJson(headers: Pick<Headers, 'get'>): void {
  const [mediaType = '', parameters = ''] = CONTENT_TYPE.exec(headers.get('content-type') ?? '')?.slice(1) ?? []
  if (!JSON_TYPE.test(mediaType)) {
    throw new UnsupportedMediaType('The content must be JSON, and Content-Type must say so.', {
      accept: JSON_MEDIA_TYPE,
    })
  }
  if (!isUtf8(parameters)) {
    throw new UnsupportedMediaType('The content must be JSON in UTF-8.', { accept: JSON_MEDIA_TYPE })
  }
  // Fetch decodes the content of responses, not that of requests. RFC 9110, 8.4
  if (!IDENTITY.test(headers.get('content-encoding') ?? '')) {
    throw new UnsupportedMediaType('The content must be sent without a content coding.', { acceptEncoding: 'identity' })
  }
}

const JSON_MEDIA_TYPE = 'application/json'

/** `application/json`, and the structured syntax suffix. RFC 6839, 3.1 */
const JSON_TYPE = /^(?:application\/json|[^/]+\/[^/]+\+json)$/i

/** A media type, then its parameters, quoted or not. RFC 9110, 8.3.1 and 5.6.6 */
const CONTENT_TYPE =
  /^([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)[\t ]*((?:;[\t ]*(?:[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"(?:[^"\\]|\\.)*")[\t ]*)?)*)$/

const PARAMETER = /;[\t ]*([^=;\t ]+)=("(?:[^"\\]|\\.)*"|[^;\t ]+)/g

const IDENTITY = /^(?:identity)?$/i

/** JSON is in UTF-8, and `charset` says nothing else to those who send it all the same. RFC 8259, 8.1 and 11 */
function isUtf8(parameters: string): boolean {
  return [...parameters.matchAll(PARAMETER)].every(
    ([, name = '', value = '']) => name.toLowerCase() !== 'charset' || /^"?utf-?8"?$/i.test(value),
  )
}
