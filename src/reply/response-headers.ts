import type { FailureStatus } from '../status/failure-status.js'
import type { HeaderFields } from './reply.js'

/**
 * The header fields of an error response: the default fields, then each layer of fields, which replaces fields of the same
 * name. By default, a failure is not stored, and its content is not interpreted as another type.
 */
export function responseHeaders(
  { neverStored }: FailureStatus,
  contentType: string,
  ...layers: readonly HeaderFields[]
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {
    'Content-Type': contentType,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
  let names: Map<string, string> | undefined
  for (const layer of layers) {
    for (const name of Object.keys(layer)) setField(headers, (names ??= namesOf(headers)), name, layer[name] as string)
  }
  return neverStored ? withoutCaching(headers) : headers
}

/** Removes the fields that permit caching, also those that CDNs obey. RFC 9111, 5.2 and 5.3; RFC 9213, 2 */
function withoutCaching(headers: Record<string, string | string[]>): Record<string, string | string[]> {
  for (const name of Object.keys(headers)) {
    if (name !== 'Cache-Control' && CACHING_FIELD.test(name)) delete headers[name]
  }
  headers['Cache-Control'] = 'no-store'
  return headers
}

const CACHING_FIELD = /(?:cache|surrogate)-control$|^expires$/i

/** Sets a field in place of one whose name differs in case only. RFC 9110, 5.1 */
function setField(
  headers: Record<string, string | string[]>,
  names: Map<string, string>,
  name: string,
  value: string | string[],
): void {
  const key = name.toLowerCase()
  const known = names.get(key)
  if (known !== undefined) delete headers[known]
  headers[name] = value
  names.set(key, name)
}

function namesOf(headers: HeaderFields): Map<string, string> {
  return new Map(Object.keys(headers).map((name) => [name.toLowerCase(), name]))
}
