/** Whether a field described or framed the successful response. A CDN obeys its own `*-Cache-Control` first. RFC 9213, 2 */
export function isOfSuccess(name: string): boolean {
  return SUCCESS_FIELDS.has(name) || name.endsWith('-cache-control')
}

const SUCCESS_FIELDS: ReadonlySet<string> = new Set([
  'accept-ranges',
  'age',
  'cache-control',
  'content-digest',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'digest',
  'etag',
  'expires',
  'last-modified',
  'location',
  'refresh',
  'repr-digest',
  'surrogate-control',
  'trailer',
  'transfer-encoding',
])
