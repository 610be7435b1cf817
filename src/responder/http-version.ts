import { isObject, memberOf } from '../problem/unknown-values.js'

/**
 * Whether a request shows that it uses HTTP/2 or later. Requests of Node and of frameworks based on them have a version. A Fetch
 * `Request` has none, but servers on Node attach Node's request to it: Hono under a symbol, srvx in `runtime`.
 */
export function isHttp2(request: unknown): boolean {
  const ofSrvx = memberOf(memberOf(memberOf(request, 'runtime'), 'node'), 'req')
  const requests = [request, memberOf(request, 'raw'), memberOf(request, 'req'), ofSrvx, ...attachedTo(request)]
  return requests.some((candidate) => Number(memberOf(candidate, 'httpVersionMajor')) >= 2)
}

function attachedTo(request: unknown): unknown[] {
  try {
    return isObject(request) ? Object.getOwnPropertySymbols(request).map((symbol) => memberOf(request, symbol)) : []
  } catch {
    // A proxy may throw.
    return []
  }
}
