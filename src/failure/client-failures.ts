import { accepted, allow, blockedBy, challenges, unsatisfiedRange, upgrade } from '../reply/header-fields.js'
import { mergeFields } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'
import { HttpStatus } from '../status/http-status.js'
import { Failure } from './failure.js'
import type {
  AllowOptions,
  ChallengeOptions,
  LegalOptions,
  RangeOptions,
  UnsupportedMediaTypeOptions,
  UpgradeOptions,
} from './failure-options.js'
import { optionsOf } from './given-options.js'
import { RetryableFailure } from './retryable-failure.js'

// One class for each 4xx of the status table. A class states its status, and the header fields that it owes.

/**
 * **400 Bad Request** · the request is malformed, so the server will not process it. RFC 9110, 15.5.1
 *
 * @example throw new BadRequest('The page is a number from 1 on.')
 */
export class BadRequest extends Failure {
  override get status() {
    return HttpStatus.BAD_REQUEST
  }
}

/**
 * **401 Unauthorized** · the request lacks valid credentials, and WWW-Authenticate says how to give them. RFC 9110, 15.5.2
 *
 * @example throw new Unauthorized('Log in to see your orders.', { challenge: 'Bearer realm="books"' })
 */
export class Unauthorized extends Failure<
  ChallengeOptions,
  `A 401 must say how to authenticate: new Unauthorized({ challenge: 'Bearer realm="books"' })`
> {
  override get status() {
    return HttpStatus.UNAUTHORIZED
  }

  override get headers(): HeaderFields {
    return mergeFields(super.headers, challenges('WWW-Authenticate', optionsOf<ChallengeOptions>(this).challenge))
  }
}

/**
 * **402 Payment Required** · the service wants to be paid first. RFC 9110, 15.5.3
 *
 * @example throw new PaymentRequired('The invoice of May is still open.')
 */
export class PaymentRequired extends Failure {
  override get status() {
    return HttpStatus.PAYMENT_REQUIRED
  }
}

/**
 * **403 Forbidden** · the server knows what is asked for and refuses to do it. RFC 9110, 15.5.4
 *
 * @example throw new Forbidden('Only the owner of a list may share it.')
 */
export class Forbidden extends Failure {
  override get status() {
    return HttpStatus.FORBIDDEN
  }
}

/**
 * **404 Not Found** · nothing is known under this target. RFC 9110, 15.5.5
 *
 * @example throw new NotFound('There is no book 978-0131103627.')
 */
export class NotFound extends Failure {
  override get status() {
    return HttpStatus.NOT_FOUND
  }
}

/**
 * **405 Method Not Allowed** · the target does not support this method, and Allow lists those that it does. RFC 9110, 15.5.6
 *
 * @example throw new MethodNotAllowed('An invoice stays as it is.', { allow: ['GET', 'HEAD'] })
 */
export class MethodNotAllowed extends Failure<
  AllowOptions,
  "A 405 must list the allowed methods: new MethodNotAllowed({ allow: ['GET', 'HEAD'] })"
> {
  override get status() {
    return HttpStatus.METHOD_NOT_ALLOWED
  }

  override get headers(): HeaderFields {
    return mergeFields(super.headers, allow(optionsOf<AllowOptions>(this).allow))
  }
}

/**
 * **406 Not Acceptable** · no representation of the target fits what the client accepts. RFC 9110, 15.5.7
 *
 * @example throw new NotAcceptable('The catalogue is there in English and in German.')
 */
export class NotAcceptable extends Failure {
  override get status() {
    return HttpStatus.NOT_ACCEPTABLE
  }
}

/**
 * **407 Proxy Authentication Required** · the proxy wants credentials before it forwards the request. RFC 9110, 15.5.8
 *
 * @example throw new ProxyAuthenticationRequired({ challenge: { scheme: 'Basic', realm: 'proxy' } })
 */
export class ProxyAuthenticationRequired extends Failure<
  ChallengeOptions,
  `A 407 must say how to authenticate: new ProxyAuthenticationRequired({ challenge: 'Basic realm="proxy"' })`
> {
  override get status() {
    return HttpStatus.PROXY_AUTHENTICATION_REQUIRED
  }

  override get headers(): HeaderFields {
    return mergeFields(super.headers, challenges('Proxy-Authenticate', optionsOf<ChallengeOptions>(this).challenge))
  }
}

/**
 * **408 Request Timeout** · the client took too long to send the whole request. RFC 9110, 15.5.9
 *
 * @example throw new RequestTimeout('The upload stood still for a minute.', { headers: { Connection: 'close' } })
 */
export class RequestTimeout extends Failure {
  override get status() {
    return HttpStatus.REQUEST_TIMEOUT
  }
}

/**
 * **409 Conflict** · the request contradicts the current state of the target. RFC 9110, 15.5.10
 *
 * @example throw new Conflict('There is a member ada@bookshop.example already.')
 */
export class Conflict extends Failure {
  override get status() {
    return HttpStatus.CONFLICT
  }
}

/**
 * **410 Gone** · the target was here once and has been removed for good. RFC 9110, 15.5.11
 *
 * @example throw new Gone('The offers of 2019 were removed.')
 */
export class Gone extends Failure {
  override get status() {
    return HttpStatus.GONE
  }
}

/**
 * **411 Length Required** · the server wants a Content-Length before it reads the request. RFC 9110, 15.5.12
 *
 * @example throw new LengthRequired('Say how long the scan is before you send it.')
 */
export class LengthRequired extends Failure {
  override get status() {
    return HttpStatus.LENGTH_REQUIRED
  }
}

/**
 * **412 Precondition Failed** · a condition in the header fields of the request does not hold. RFC 9110, 15.5.13
 *
 * @example throw new PreconditionFailed('The order has changed since you read it.')
 */
export class PreconditionFailed extends Failure {
  override get status() {
    return HttpStatus.PRECONDITION_FAILED
  }
}

/**
 * **413 Content Too Large** · the content of the request is larger than the server will take. RFC 9110, 15.5.14
 *
 * @example throw new ContentTooLarge('A cover may have 5 MB.')
 */
export class ContentTooLarge extends RetryableFailure {
  override get status() {
    return HttpStatus.CONTENT_TOO_LARGE
  }
}

/**
 * **414 URI Too Long** · the target URI is longer than the server will read. RFC 9110, 15.5.15
 *
 * @example throw new UriTooLong('Ask for fewer books at once, or POST the list of them.')
 */
export class UriTooLong extends Failure {
  override get status() {
    return HttpStatus.URI_TOO_LONG
  }
}

/**
 * **415 Unsupported Media Type** · the request is in a format that the target does not support. RFC 9110, 15.5.16
 *
 * @example throw new UnsupportedMediaType('A cover is a picture.', { accept: ['image/png', 'image/webp'] })
 */
export class UnsupportedMediaType extends Failure<UnsupportedMediaTypeOptions> {
  override get status() {
    return HttpStatus.UNSUPPORTED_MEDIA_TYPE
  }

  override get headers(): HeaderFields {
    const { accept, acceptEncoding } = optionsOf<UnsupportedMediaTypeOptions>(this)
    return mergeFields(super.headers, accepted('Accept', accept), accepted('Accept-Encoding', acceptEncoding))
  }
}

/**
 * **416 Range Not Satisfiable** · none of the ranges asked for lies within the content. RFC 9110, 15.5.17
 *
 * @example throw new RangeNotSatisfiable('The sample ends before that.', { length: 48_213 })
 */
export class RangeNotSatisfiable extends Failure<RangeOptions> {
  override get status() {
    return HttpStatus.RANGE_NOT_SATISFIABLE
  }

  override get headers(): HeaderFields {
    return mergeFields(super.headers, unsatisfiedRange(optionsOf<RangeOptions>(this).length))
  }
}

/**
 * **417 Expectation Failed** · the server cannot do what Expect asks for. RFC 9110, 15.5.18
 *
 * @example throw new ExpectationFailed('The only expectation known here is 100-continue.')
 */
export class ExpectationFailed extends Failure {
  override get status() {
    return HttpStatus.EXPECTATION_FAILED
  }
}

/**
 * **418 I'm a teapot** · the server is a teapot and refuses to brew coffee. RFC 9110, 15.5.19
 *
 * @example throw new ImATeapot('The reading room serves tea.')
 */
export class ImATeapot extends Failure {
  override get status() {
    return HttpStatus.IM_A_TEAPOT
  }
}

/**
 * **421 Misdirected Request** · the request reached a server that does not answer for this host. RFC 9110, 15.5.20
 *
 * @example throw new MisdirectedRequest('This server does not answer for shop.example.')
 */
export class MisdirectedRequest extends Failure {
  override get status() {
    return HttpStatus.MISDIRECTED_REQUEST
  }
}

/**
 * **422 Unprocessable Content** · the content is well-formed, but what it says cannot be processed. RFC 9110, 15.5.21
 *
 * @example throw new UnprocessableContent('The delivery is before the order.')
 */
export class UnprocessableContent extends Failure {
  override get status() {
    return HttpStatus.UNPROCESSABLE_CONTENT
  }
}

/**
 * **423 Locked** · the target is locked against changes. RFC 4918, 11.3
 *
 * @example throw new Locked('The stock is being counted.')
 */
export class Locked extends Failure {
  override get status() {
    return HttpStatus.LOCKED
  }
}

/**
 * **424 Failed Dependency** · the request failed because another one that it depends on failed. RFC 4918, 11.4
 *
 * @example throw new FailedDependency('The address was refused, so the parcel was not booked.')
 */
export class FailedDependency extends Failure {
  override get status() {
    return HttpStatus.FAILED_DEPENDENCY
  }
}

/**
 * **425 Too Early** · the server will not risk processing a request that might be a replay. RFC 8470, 5.2
 *
 * @example throw new TooEarly('Pay once the connection is established.')
 */
export class TooEarly extends Failure {
  override get status() {
    return HttpStatus.TOO_EARLY
  }
}

/**
 * **426 Upgrade Required** · the server wants another protocol, which Upgrade names. RFC 9110, 15.5.22
 *
 * @example throw new UpgradeRequired('The feed speaks WebSocket.', { upgrade: ['websocket'] })
 */
export class UpgradeRequired extends Failure<
  UpgradeOptions,
  "A 426 must name the protocols: new UpgradeRequired({ upgrade: ['HTTP/3'] })"
> {
  override get status() {
    return HttpStatus.UPGRADE_REQUIRED
  }

  override get headers(): HeaderFields {
    return mergeFields(super.headers, upgrade(optionsOf<UpgradeOptions>(this).upgrade))
  }
}

/**
 * **428 Precondition Required** · the server wants the request to be conditional, so that no change gets lost. RFC 6585, 3
 *
 * @example throw new PreconditionRequired('Send If-Match with the ETag of the order.')
 */
export class PreconditionRequired extends Failure {
  override get status() {
    return HttpStatus.PRECONDITION_REQUIRED
  }
}

/**
 * **429 Too Many Requests** · the client sent too many requests in a given time. RFC 6585, 4
 *
 * @example throw new TooManyRequests('One order a minute.', { retryAfter: 60 })
 */
export class TooManyRequests extends RetryableFailure {
  override get status() {
    return HttpStatus.TOO_MANY_REQUESTS
  }
}

/**
 * **431 Request Header Fields Too Large** · the header fields of the request are larger than the server will read. RFC 6585, 5
 *
 * @example throw new RequestHeaderFieldsTooLarge('The cookies of this site are too large.')
 */
export class RequestHeaderFieldsTooLarge extends Failure {
  override get status() {
    return HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
  }
}

/**
 * **451 Unavailable For Legal Reasons** · the target is withheld because of a legal demand. RFC 7725, 3
 *
 * @example throw new UnavailableForLegalReasons({ blockedBy: 'https://provider.example/legal' })
 */
export class UnavailableForLegalReasons extends Failure<LegalOptions> {
  override get status() {
    return HttpStatus.UNAVAILABLE_FOR_LEGAL_REASONS
  }

  override get headers(): HeaderFields {
    return mergeFields(super.headers, blockedBy(optionsOf<LegalOptions>(this).blockedBy))
  }
}
