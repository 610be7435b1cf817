import type { StatusRules } from '../reply/status-rules.js'
import {
  acceptEncodingRule,
  acceptRule,
  allowRule,
  blockedByRule,
  contentRangeRule,
  proxyAuthenticateRule,
  retryAfterRule,
  upgradeRule,
  wwwAuthenticateRule,
} from '../reply/status-rules.js'
import {
  BAD_REQUEST,
  CONFLICT,
  CONTENT_TOO_LARGE,
  EXPECTATION_FAILED,
  FAILED_DEPENDENCY,
  FORBIDDEN,
  GONE,
  IM_A_TEAPOT,
  LENGTH_REQUIRED,
  LOCKED,
  METHOD_NOT_ALLOWED,
  MISDIRECTED_REQUEST,
  NOT_ACCEPTABLE,
  NOT_FOUND,
  PAYMENT_REQUIRED,
  PRECONDITION_FAILED,
  PRECONDITION_REQUIRED,
  PROXY_AUTHENTICATION_REQUIRED,
  RANGE_NOT_SATISFIABLE,
  REQUEST_HEADER_FIELDS_TOO_LARGE,
  REQUEST_TIMEOUT,
  TOO_EARLY,
  TOO_MANY_REQUESTS,
  UNAUTHORIZED,
  UNAVAILABLE_FOR_LEGAL_REASONS,
  UNPROCESSABLE_CONTENT,
  UNSUPPORTED_MEDIA_TYPE,
  UPGRADE_REQUIRED,
  URI_TOO_LONG,
} from '../status/codes.js'
import { Failure } from './failure.js'
import type {
  AllowOptions,
  ChallengeOptions,
  LegalOptions,
  RangeOptions,
  RetryOptions,
  UnsupportedMediaTypeOptions,
  UpgradeOptions,
} from './failure-options.js'

// One class for each 4xx status of the table. A class declares its status and the rules of its status.

/**
 * **400 Bad Request** · the request is malformed, so the server will not process it. RFC 9110, 15.5.1
 *
 * @example throw new BadRequest('The page must be a positive number.')
 */
export class BadRequest extends Failure {
  override get status() {
    return BAD_REQUEST
  }
}

/**
 * **401 Unauthorized** · the request lacks valid credentials, and WWW-Authenticate lists the accepted authentication schemes. RFC 9110, 15.5.2
 *
 * @example throw new Unauthorized('Log in to see your orders.', { challenge: 'Bearer realm="books"' })
 */
export class Unauthorized extends Failure<
  ChallengeOptions,
  `A 401 must contain a challenge: new Unauthorized({ challenge: 'Bearer realm="books"' })`
> {
  override get statusRules(): StatusRules {
    return { headers: [wwwAuthenticateRule] }
  }

  override get status() {
    return UNAUTHORIZED
  }
}

/**
 * **402 Payment Required** · the service requires a payment first. RFC 9110, 15.5.3
 *
 * @example throw new PaymentRequired('Your May invoice is unpaid.')
 */
export class PaymentRequired extends Failure {
  override get status() {
    return PAYMENT_REQUIRED
  }
}

/**
 * **403 Forbidden** · the server understands the request and refuses to fulfill it. RFC 9110, 15.5.4
 *
 * @example throw new Forbidden('Only the owner of a list can share it.')
 */
export class Forbidden extends Failure {
  override get status() {
    return FORBIDDEN
  }
}

/**
 * **404 Not Found** · the server has no resource at this target. RFC 9110, 15.5.5
 *
 * @example throw new NotFound('There is no book 978-0131103627.')
 */
export class NotFound extends Failure {
  override get status() {
    return NOT_FOUND
  }
}

/**
 * **405 Method Not Allowed** · the target does not support this method, and Allow lists the supported ones. RFC 9110, 15.5.6
 *
 * @example throw new MethodNotAllowed('Invoices are read-only.', { allow: ['GET', 'HEAD'] })
 */
export class MethodNotAllowed extends Failure<
  AllowOptions,
  "A 405 must list the allowed methods: new MethodNotAllowed({ allow: ['GET', 'HEAD'] })"
> {
  override get statusRules(): StatusRules {
    return { headers: [allowRule] }
  }

  override get status() {
    return METHOD_NOT_ALLOWED
  }
}

/**
 * **406 Not Acceptable** · the target has no representation that the client accepts. RFC 9110, 15.5.7
 *
 * @example throw new NotAcceptable('The catalogue is available in English and German.')
 */
export class NotAcceptable extends Failure {
  override get status() {
    return NOT_ACCEPTABLE
  }
}

/**
 * **407 Proxy Authentication Required** · the proxy requires credentials before it forwards the request. RFC 9110, 15.5.8
 *
 * @example throw new ProxyAuthenticationRequired({ challenge: { scheme: 'Basic', realm: 'proxy' } })
 */
export class ProxyAuthenticationRequired extends Failure<
  ChallengeOptions,
  `A 407 must contain a challenge: new ProxyAuthenticationRequired({ challenge: 'Basic realm="proxy"' })`
> {
  override get statusRules(): StatusRules {
    return { headers: [proxyAuthenticateRule] }
  }

  override get status() {
    return PROXY_AUTHENTICATION_REQUIRED
  }
}

/**
 * **408 Request Timeout** · the client took too long to send the whole request. RFC 9110, 15.5.9
 *
 * @example throw new RequestTimeout('The upload stalled for a minute.', { headers: { Connection: 'close' } })
 */
export class RequestTimeout extends Failure {
  override get status() {
    return REQUEST_TIMEOUT
  }
}

/**
 * **409 Conflict** · the request conflicts with the current state of the target. RFC 9110, 15.5.10
 *
 * @example throw new Conflict('A member with this email address already exists.')
 */
export class Conflict extends Failure {
  override get status() {
    return CONFLICT
  }
}

/**
 * **410 Gone** · the target existed and has been permanently removed. RFC 9110, 15.5.11
 *
 * @example throw new Gone('The offers of 2019 were removed.')
 */
export class Gone extends Failure {
  override get status() {
    return GONE
  }
}

/**
 * **411 Length Required** · the server requires a Content-Length header field. RFC 9110, 15.5.12
 *
 * @example throw new LengthRequired('Send Content-Length with the scan.')
 */
export class LengthRequired extends Failure {
  override get status() {
    return LENGTH_REQUIRED
  }
}

/**
 * **412 Precondition Failed** · a precondition in the request header fields is false. RFC 9110, 15.5.13
 *
 * @example throw new PreconditionFailed('The order has changed since you read it.')
 */
export class PreconditionFailed extends Failure {
  override get status() {
    return PRECONDITION_FAILED
  }
}

/**
 * **413 Content Too Large** · the request content is larger than the server accepts. RFC 9110, 15.5.14
 *
 * @example throw new ContentTooLarge('A cover must not exceed 5 MB.')
 */
export class ContentTooLarge extends Failure<RetryOptions> {
  override get statusRules(): StatusRules {
    return { headers: [retryAfterRule] }
  }

  override get status() {
    return CONTENT_TOO_LARGE
  }
}

/**
 * **414 URI Too Long** · the target URI is longer than the server accepts. RFC 9110, 15.5.15
 *
 * @example throw new UriTooLong('Request fewer books at once, or POST the list.')
 */
export class UriTooLong extends Failure {
  override get status() {
    return URI_TOO_LONG
  }
}

/**
 * **415 Unsupported Media Type** · the request content has a format that the target does not support. RFC 9110, 15.5.16
 *
 * @example throw new UnsupportedMediaType('A cover must be an image.', { accept: ['image/png', 'image/webp'] })
 */
export class UnsupportedMediaType extends Failure<UnsupportedMediaTypeOptions> {
  override get statusRules(): StatusRules {
    return { headers: [acceptRule, acceptEncodingRule] }
  }

  override get status() {
    return UNSUPPORTED_MEDIA_TYPE
  }
}

/**
 * **416 Range Not Satisfiable** · none of the requested ranges overlaps the content. RFC 9110, 15.5.17
 *
 * @example throw new RangeNotSatisfiable('The sample has 48,213 bytes.', { length: 48_213 })
 */
export class RangeNotSatisfiable extends Failure<RangeOptions> {
  override get statusRules(): StatusRules {
    return { headers: [contentRangeRule] }
  }

  override get status() {
    return RANGE_NOT_SATISFIABLE
  }
}

/**
 * **417 Expectation Failed** · the server cannot meet the expectation in Expect. RFC 9110, 15.5.18
 *
 * @example throw new ExpectationFailed('The only supported expectation is 100-continue.')
 */
export class ExpectationFailed extends Failure {
  override get status() {
    return EXPECTATION_FAILED
  }
}

/**
 * **418 I'm a teapot** · the server is a teapot and refuses to brew coffee. RFC 9110, 15.5.19
 *
 * @example throw new ImATeapot('The reading room serves tea.')
 */
export class ImATeapot extends Failure {
  override get status() {
    return IM_A_TEAPOT
  }
}

/**
 * **421 Misdirected Request** · the request reached a server that is not responsible for this host. RFC 9110, 15.5.20
 *
 * @example throw new MisdirectedRequest('This server does not serve shop.example.')
 */
export class MisdirectedRequest extends Failure {
  override get status() {
    return MISDIRECTED_REQUEST
  }
}

/**
 * **422 Unprocessable Content** · the content is well-formed, but its instructions cannot be processed. RFC 9110, 15.5.21
 *
 * @example throw new UnprocessableContent('The delivery date is before the order date.')
 */
export class UnprocessableContent extends Failure {
  override get status() {
    return UNPROCESSABLE_CONTENT
  }
}

/**
 * **423 Locked** · the target is locked. RFC 4918, 11.3
 *
 * @example throw new Locked('The stock is being counted.')
 */
export class Locked extends Failure {
  override get status() {
    return LOCKED
  }
}

/**
 * **424 Failed Dependency** · the request failed because another request that it depends on failed. RFC 4918, 11.4
 *
 * @example throw new FailedDependency('The parcel was not booked, since the address was rejected.')
 */
export class FailedDependency extends Failure {
  override get status() {
    return FAILED_DEPENDENCY
  }
}

/**
 * **425 Too Early** · the server refuses to process a request that might be replayed. RFC 8470, 5.2
 *
 * @example throw new TooEarly('Retry the payment after the handshake.')
 */
export class TooEarly extends Failure {
  override get status() {
    return TOO_EARLY
  }
}

/**
 * **426 Upgrade Required** · the server requires one of the protocols listed in Upgrade. RFC 9110, 15.5.22
 *
 * @example throw new UpgradeRequired('The feed requires WebSocket.', { upgrade: ['websocket'] })
 */
export class UpgradeRequired extends Failure<
  UpgradeOptions,
  "A 426 must list the required protocols: new UpgradeRequired({ upgrade: ['HTTP/3'] })"
> {
  override get statusRules(): StatusRules {
    return { headers: [upgradeRule] }
  }

  override get status() {
    return UPGRADE_REQUIRED
  }
}

/**
 * **428 Precondition Required** · the server requires a conditional request, so that no update is lost. RFC 6585, 3
 *
 * @example throw new PreconditionRequired('Send If-Match with the ETag of the order.')
 */
export class PreconditionRequired extends Failure {
  override get statusRules(): StatusRules {
    return { headers: [], neverStored: true }
  }

  override get status() {
    return PRECONDITION_REQUIRED
  }
}

/**
 * **429 Too Many Requests** · the client sent too many requests in a given time. RFC 6585, 4
 *
 * @example throw new TooManyRequests('You can place one order per minute.', { retryAfter: 60 })
 */
export class TooManyRequests extends Failure<RetryOptions> {
  override get statusRules(): StatusRules {
    return { headers: [retryAfterRule], neverStored: true }
  }

  override get status() {
    return TOO_MANY_REQUESTS
  }
}

/**
 * **431 Request Header Fields Too Large** · the request header fields are larger than the server accepts. RFC 6585, 5
 *
 * @example throw new RequestHeaderFieldsTooLarge('The cookies are too large.')
 */
export class RequestHeaderFieldsTooLarge extends Failure {
  override get statusRules(): StatusRules {
    return { headers: [], neverStored: true }
  }

  override get status() {
    return REQUEST_HEADER_FIELDS_TOO_LARGE
  }
}

/**
 * **451 Unavailable For Legal Reasons** · the target is unavailable because of a legal demand. RFC 7725, 3
 *
 * @example throw new UnavailableForLegalReasons({ blockedBy: 'https://provider.example/legal' })
 */
export class UnavailableForLegalReasons extends Failure<LegalOptions> {
  override get statusRules(): StatusRules {
    return { headers: [blockedByRule] }
  }

  override get status() {
    return UNAVAILABLE_FOR_LEGAL_REASONS
  }
}
