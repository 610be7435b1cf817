import type { Challenge } from '../reply/challenge.js'
import type { HeaderFieldsInit } from '../reply/header-fields.js'

/**
 * The options of a failure: the data of one occurrence, apart from the detail.
 *
 * @example throw new Conflict('It is on loan.', { instance: '/loans/7', extensions: { until: '2026-12-24' }, cause })
 */
export interface FailureOptions {
  /** The underlying error. For the log; never sent. */
  readonly cause?: unknown
  /** A URI reference that identifies this occurrence. RFC 9457, 3.1.5 */
  readonly instance?: string | undefined
  /** Extension members of the problem details. RFC 9457, 3.2 */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
  /** Header fields to add to the response. */
  readonly headers?: HeaderFieldsInit | undefined
  /** Whether the client may read the details of this occurrence. Default: set by the class. */
  readonly expose?: boolean | undefined
  /** Rejects an `Error` as the options: its `headers` and `detail` may belong to another response. */
  readonly stack?: 'an Error is a cause: write { cause: error }'
}

/**
 * The options of failures that can send `Retry-After`.
 *
 * @example throw new TooManyRequests('You can place one order per minute.', { retryAfter: 60 })
 */
export interface RetryOptions extends FailureOptions {
  /** `Retry-After`: seconds from now, rounded up, or a date. RFC 9110, 10.2.3 */
  readonly retryAfter?: number | Date | undefined
}

/**
 * The options of `MethodNotAllowed`. A 405 must list the allowed methods.
 *
 * @example throw new MethodNotAllowed({ allow: ['GET', 'HEAD'] })
 */
export interface AllowOptions extends FailureOptions {
  /** `Allow`: the methods that the target supports. RFC 9110, 10.2.1 */
  readonly allow: readonly HttpMethod[]
}

/**
 * A registered request method (RFC 9110, section 9; `PATCH`: RFC 5789; `QUERY`: RFC 10008), or any other token.
 *
 * @example const allowed: HttpMethod[] = ['GET', 'HEAD', 'PROPFIND']
 */
export type HttpMethod =
  | 'GET'
  | 'HEAD'
  | 'POST'
  | 'PUT'
  | 'PATCH'
  | 'DELETE'
  | 'CONNECT'
  | 'OPTIONS'
  | 'TRACE'
  | 'QUERY'
  | (string & {})

/**
 * The options of `Unauthorized` and `ProxyAuthenticationRequired`. A 401 and a 407 must contain a challenge.
 *
 * @example throw new Unauthorized({ challenge: ['Bearer realm="books"', { scheme: 'Basic', realm: 'books' }] })
 */
export interface ChallengeOptions extends FailureOptions {
  /** `WWW-Authenticate`; for a 407, `Proxy-Authenticate`. RFC 9110, 11.6.1 and 11.7.1 */
  readonly challenge: Challenge | readonly Challenge[]
}

/**
 * The options of `UpgradeRequired`. A 426 must list the required protocols.
 *
 * @example throw new UpgradeRequired({ upgrade: ['HTTP/2.0', 'websocket'] })
 */
export interface UpgradeOptions extends FailureOptions {
  /** `Upgrade`: the protocols, in order of preference. RFC 9110, 7.8 */
  readonly upgrade: readonly string[]
}

/**
 * The options of `UnsupportedMediaType`: the accepted media types, or the accepted content codings. RFC 9110, 15.5.16
 *
 * @example throw new UnsupportedMediaType({ acceptEncoding: 'identity' })
 */
export type UnsupportedMediaTypeOptions = FailureOptions &
  (
    | {
        /** `Accept`: the media types that the target accepts. RFC 9110, 12.5.1 */
        readonly accept?: string | readonly string[] | undefined
        readonly acceptEncoding?: never
      }
    | {
        /** `Accept-Encoding`: the content codings that the target accepts. RFC 9110, 12.5.3 */
        readonly acceptEncoding?: string | readonly string[] | undefined
        readonly accept?: never
      }
  )

/**
 * The options of `RangeNotSatisfiable`.
 *
 * @example throw new RangeNotSatisfiable({ length: 48_213 })
 */
export interface RangeOptions extends FailureOptions {
  /** `Content-Range`: the length of the whole content, in bytes. RFC 9110, 15.5.17 */
  readonly length?: number | undefined
}

/**
 * The options of `UnavailableForLegalReasons`.
 *
 * @example throw new UnavailableForLegalReasons({ blockedBy: new URL('https://provider.example/legal') })
 */
export interface LegalOptions extends FailureOptions {
  /** `Link`: a URI of the entity that blocks access, not of the one that demanded it. RFC 7725, 4 */
  readonly blockedBy?: string | URL | undefined
}

/**
 * The arguments of a failure's constructor: `(detail?, options?)` or `(options)`. Options that HTTP requires are required.
 *
 * @example const given: FailureArguments<RetryOptions, string> = ['You can place one order per minute.', { retryAfter: 60 }]
 */
export type FailureArguments<Options extends FailureOptions, Sentence extends string> = {} extends Options
  ? [detail?: string | undefined, options?: Options | undefined] | [options: Options]
  : [options: Options] | [detail: string | undefined, options: Options] | [missing: MissingOptions<Sentence>, never]

/**
 * A type without values, which puts a sentence into the compiler's message when required options are missing.
 *
 * @example type Missing = MissingOptions<'A 405 must list the allowed methods'>
 */
export interface MissingOptions<Sentence extends string> {
  readonly missing: Sentence
}
