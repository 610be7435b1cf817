import type { Challenge, HeaderFieldsInit } from '../reply/header-fields.js'

/**
 * What one occurrence of a failure adds to its class, beside the detail.
 *
 * @example throw new Conflict('It is lent.', { instance: '/loans/7', extensions: { until: '2026-12-24' }, cause })
 */
export interface FailureOptions {
  /** What really happened. For the log; never sent. */
  readonly cause?: unknown
  /** A URI reference that names this occurrence. RFC 9457, 3.1.5 */
  readonly instance?: string | undefined
  /** Further members of the problem document. RFC 9457, 3.2 */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
  /** Further header fields of the answer. */
  readonly headers?: HeaderFieldsInit | undefined
  /** May the client read what this occurrence adds? The class decides when it is left out. */
  readonly expose?: boolean | undefined
  /** An error is not a bag of options: its headers and its detail belong to somebody else's answer. */
  readonly stack?: 'an Error is a cause: write { cause: error }'
}

/**
 * For the failures that may say when to come back.
 *
 * @example throw new TooManyRequests('One order a minute.', { retryAfter: 60 })
 */
export interface RetryOptions extends FailureOptions {
  /** Seconds from now, rounded up, or a point in time: `Retry-After`. RFC 9110, 10.2.3 */
  readonly retryAfter?: number | Date | undefined
}

/**
 * For a 405, which must list the allowed methods.
 *
 * @example throw new MethodNotAllowed({ allow: ['GET', 'HEAD'] })
 */
export interface AllowOptions extends FailureOptions {
  /** The methods that the target supports: `Allow`. RFC 9110, 10.2.1 */
  readonly allow: readonly HttpMethod[]
}

/**
 * A method of RFC 9110, section 9, or any other token.
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
  | (string & {})

/**
 * For a 401 and a 407, which must say how to authenticate.
 *
 * @example throw new Unauthorized({ challenge: ['Bearer realm="books"', { scheme: 'Basic', realm: 'books' }] })
 */
export interface ChallengeOptions extends FailureOptions {
  /** `WWW-Authenticate`, or `Proxy-Authenticate` for a 407. RFC 9110, 11.6.1 and 11.7.1 */
  readonly challenge: Challenge | readonly Challenge[]
}

/**
 * For a 426, which must name the protocols that would be spoken.
 *
 * @example throw new UpgradeRequired({ upgrade: ['HTTP/2.0', 'websocket'] })
 */
export interface UpgradeOptions extends FailureOptions {
  /** The protocols, in order of preference: `Upgrade`. RFC 9110, 7.8 */
  readonly upgrade: readonly string[]
}

/**
 * For a 415: which media types would do, or else which content codings. RFC 9110, 15.5.16
 *
 * @example throw new UnsupportedMediaType({ acceptEncoding: 'identity' })
 */
export type UnsupportedMediaTypeOptions = FailureOptions &
  (
    | {
        /** The media types that the target takes: `Accept`. RFC 9110, 12.5.1 */
        readonly accept?: string | readonly string[] | undefined
        readonly acceptEncoding?: never
      }
    | {
        /** The content codings that the target takes: `Accept-Encoding`. RFC 9110, 12.5.3 */
        readonly acceptEncoding?: string | readonly string[] | undefined
        readonly accept?: never
      }
  )

/**
 * For a 416.
 *
 * @example throw new RangeNotSatisfiable({ length: 48_213 })
 */
export interface RangeOptions extends FailureOptions {
  /** The length of the whole content in bytes: `Content-Range`. RFC 9110, 15.5.17 */
  readonly length?: number | undefined
}

/**
 * For a 451.
 *
 * @example throw new UnavailableForLegalReasons({ blockedBy: new URL('https://provider.example/legal') })
 */
export interface LegalOptions extends FailureOptions {
  /** A URI of who blocks the access, not of who demanded it: `Link`. RFC 7725, 4 */
  readonly blockedBy?: string | URL | undefined
}

/**
 * The arguments of a constructor: `(detail?, options?)` or `(options)`; options that HTTP demands are not optional.
 *
 * @example const given: FailureArguments<RetryOptions, string> = ['One order a minute.', { retryAfter: 60 }]
 */
export type FailureArguments<Options extends FailureOptions, Demand extends string> = {} extends Options
  ? [detail?: string | undefined, options?: Options | undefined] | [options: Options]
  : [options: Options] | [detail: string | undefined, options: Options] | [demand: Demanded<Demand>, never]

/**
 * Stands in a signature so that the compiler's message carries a sentence; nobody can make one.
 *
 * @example type Missing = Demanded<'A 405 must list the allowed methods'>
 */
export interface Demanded<Sentence extends string> {
  readonly demanded: Sentence
}
