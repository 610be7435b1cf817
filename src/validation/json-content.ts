import { UnsupportedMediaType } from '../failure/client-failures.js'

/**
 * Requires that a request declares its content as uncompressed JSON in UTF-8.
 *
 * @throws UnsupportedMediaType with `Accept` or `Accept-Encoding`
 */
export function requireJson(headers: Pick<Headers, 'get'>): void {
  const [mediaType = '', parameters = ''] = CONTENT_TYPE.exec(headers.get('content-type') ?? '')?.slice(1) ?? []
  if (!JSON_TYPE.test(mediaType)) {
    throw new UnsupportedMediaType('The body must be JSON, sent with Content-Type: application/json.', {
      accept: JSON_MEDIA_TYPE,
    })
  }
  if (!isUtf8(parameters)) {
    throw new UnsupportedMediaType('The body must be encoded in UTF-8.', { accept: JSON_MEDIA_TYPE })
  }
  // Fetch decodes the content of responses only. RFC 9110, 8.4
  if (!IDENTITY.test(headers.get('content-encoding') ?? '')) {
    throw new UnsupportedMediaType('The body must be sent without a content coding.', { acceptEncoding: 'identity' })
  }
}

const JSON_MEDIA_TYPE = 'application/json'

/** `application/json`, or any type with the suffix `+json`. RFC 6839, 3.1 */
const JSON_TYPE = /^(?:application\/json|[^/]+\/[^/]+\+json)$/i

/** A media type and its parameters. RFC 9110, 8.3.1 and 5.6.6 */
const CONTENT_TYPE =
  /^([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)[\t ]*((?:;[\t ]*(?:[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"(?:[^"\\]|\\.)*")[\t ]*)?)*)$/

const PARAMETER = /;[\t ]*([^=;\t ]+)=("(?:[^"\\]|\\.)*"|[^;\t ]+)/g

const IDENTITY = /^(?:identity)?$/i

/** JSON is UTF-8. It has no `charset` parameter, but some clients send one. RFC 8259, 8.1 and 11 */
function isUtf8(parameters: string): boolean {
  return [...parameters.matchAll(PARAMETER)].every(
    ([, name = '', value = '']) => name.toLowerCase() !== 'charset' || /^"?utf-?8"?$/i.test(value),
  )
}
