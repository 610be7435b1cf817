import type { HeaderFields } from '../reply/reply.js'

/**
 * The header fields of a response that its failure doesn't keep:
 *
 * - Fields that describe the content, which is not kept. `Content-Range` is kept, since in a 416 it describes the target
 *   (RFC 9110, 15.5.17), and `Content-Language`, since title and detail are kept.
 * - Fields of the connection (RFC 9110, 7.6.1). The protocols of a 426 are kept as its option.
 * - The date and age of the message, and the software that sent and forwarded it.
 * - Instructions for the client of the other server: to load another page, to clear its data, to share the response with an
 *   origin, to load scripts, to send reports. If the failure were rethrown, they would apply to this server.
 * - Instructions for intermediaries between the other server and its clients.
 * - `Set-Cookie`. Cookies are credentials: they would appear in logs and, if the failure were rethrown, be set at the
 *   wrong client.
 */
const DROPPED_FIELDS: ReadonlySet<string> = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'content-disposition', 'content-location', 'content-md5'],
  ...['content-digest', 'repr-digest', 'digest', 'etag', 'last-modified', 'accept-ranges'],
  ...['connection', 'proxy-connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['date', 'age', 'server', 'via', 'x-powered-by'],
  ...['clear-site-data', 'strict-transport-security', 'refresh', 'location', 'x-content-type-options', 'alt-svc'],
  ...['content-security-policy', 'content-security-policy-report-only', 'permissions-policy', 'feature-policy'],
  ...['referrer-policy', 'x-frame-options', 'x-xss-protection', 'origin-agent-cluster', 'service-worker-allowed'],
  ...['nel', 'report-to', 'reporting-endpoints', 'accept-ch', 'critical-ch', 'sourcemap', 'x-sourcemap'],
  ...['set-login', 'timing-allow-origin', 'server-timing', 'speculation-rules', 'document-policy', 'no-vary-search'],
  ...['require-document-policy', 'integrity-policy', 'integrity-policy-report-only', 'x-content-security-policy'],
  ...['x-webkit-csp', 'x-permitted-cross-domain-policies', 'x-dns-prefetch-control', 'expect-ct', 'origin-trial'],
  ...['activate-storage-access', 'observe-browsing-topics', 'use-as-dictionary', 'x-robots-tag', 'turbo-location'],
  ...['surrogate-control', 'surrogate-key', 'cache-tag', 'edge-control', 'x-sendfile', 'x-lighttpd-send-file'],
  ...['x-litespeed-location', 'x-reproxy-url', 'http2-settings', 'authentication-info', 'proxy-authentication-info'],
  ...['signature', 'signature-input', 'dpop-nonce', 'login-status', 'surrogate-capability', 'edge-cache-tag'],
  ...['cache-status', 'proxy-status', 'fly-request-id'],
  ...['set-cookie', 'set-cookie2'],
])

const DROPPED_PREFIX =
  /^(?:access-control|cross-origin|x-accel|public-key-pins|hx|x-inertia|sec-session|secure-session|sec-websocket|attribution-reporting|cf-|up-)-?/
const DROPPED_SUFFIX = /.-cache-control$/

/** The header fields that a restored failure keeps, with lower-case names as in Fetch. */
export function keptFields(headers: Headers): HeaderFields {
  return Object.fromEntries([...headers.entries()].filter(([name]) => !isDropped(name)))
}

function isDropped(name: string): boolean {
  return DROPPED_FIELDS.has(name) || DROPPED_PREFIX.test(name) || DROPPED_SUFFIX.test(name)
}
