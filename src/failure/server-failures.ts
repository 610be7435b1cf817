import { HttpStatus } from '../status/http-status.js'
import { Failure } from './failure.js'
import { RetryableFailure } from './retryable-failure.js'

// One class for each 5xx of the status table. A class states its status, and the header fields that it owes.

/**
 * **500 Internal Server Error** · the server met an unexpected problem. RFC 9110, 15.6.1
 *
 * @example throw new InternalServerError({ cause: new Error('The price list has two rows for one book.') })
 */
export class InternalServerError extends Failure {
  override get status() {
    return HttpStatus.INTERNAL_SERVER_ERROR
  }
}

/**
 * **501 Not Implemented** · the server does not support what the request asks for. RFC 9110, 15.6.2
 *
 * @example throw new NotImplemented('Gift cards are still to come.')
 */
export class NotImplemented extends Failure {
  override get status() {
    return HttpStatus.NOT_IMPLEMENTED
  }
}

/**
 * **502 Bad Gateway** · a server behind this one gave an answer that it cannot use. RFC 9110, 15.6.3
 *
 * @example throw new BadGateway({ cause: await failureFrom(response) })
 */
export class BadGateway extends Failure {
  override get status() {
    return HttpStatus.BAD_GATEWAY
  }
}

/**
 * **503 Service Unavailable** · the server is overloaded or under maintenance for the moment. RFC 9110, 15.6.4
 *
 * @example throw new ServiceUnavailable('We are moving house.', { retryAfter: new Date('2030-01-01T06:00:00Z') })
 */
export class ServiceUnavailable extends RetryableFailure {
  override get status() {
    return HttpStatus.SERVICE_UNAVAILABLE
  }
}

/**
 * **504 Gateway Timeout** · a server behind this one did not answer in time. RFC 9110, 15.6.5
 *
 * @example throw new GatewayTimeout({ cause: new Error('The warehouse was silent for 5 s.') })
 */
export class GatewayTimeout extends Failure {
  override get status() {
    return HttpStatus.GATEWAY_TIMEOUT
  }
}

/**
 * **505 HTTP Version Not Supported** · the server does not support this major version of HTTP. RFC 9110, 15.6.6
 *
 * @example throw new HttpVersionNotSupported('This server speaks HTTP/1.1 and HTTP/2.')
 */
export class HttpVersionNotSupported extends Failure {
  override get status() {
    return HttpStatus.HTTP_VERSION_NOT_SUPPORTED
  }
}

/**
 * **506 Variant Also Negotiates** · the server is misconfigured: the variant that it chose negotiates again. RFC 2295, 8.1
 *
 * @example throw new VariantAlsoNegotiates({ cause: new Error('index.de.var lists itself.') })
 */
export class VariantAlsoNegotiates extends Failure {
  override get status() {
    return HttpStatus.VARIANT_ALSO_NEGOTIATES
  }
}

/**
 * **507 Insufficient Storage** · the server has no room left to store what the request needs. RFC 4918, 11.5
 *
 * @example throw new InsufficientStorage('Your shelf has room for 500 books.')
 */
export class InsufficientStorage extends Failure {
  override get status() {
    return HttpStatus.INSUFFICIENT_STORAGE
  }
}

/**
 * **508 Loop Detected** · the server ran into an endless loop while it processed the request. RFC 5842, 7.2
 *
 * @example throw new LoopDetected('The collection /series/9 contains itself.')
 */
export class LoopDetected extends Failure {
  override get status() {
    return HttpStatus.LOOP_DETECTED
  }
}

/**
 * **510 Not Extended** · the request lacks an extension that the server demands. RFC 2774, 7
 *
 * @example throw new NotExtended('A request for the archive states its purpose.')
 */
export class NotExtended extends Failure {
  override get status() {
    return HttpStatus.NOT_EXTENDED
  }
}

/**
 * **511 Network Authentication Required** · the network wants the client to log in before it gives access. RFC 6585, 6
 *
 * @example throw new NetworkAuthenticationRequired('Log in to the Wi-Fi of the reading room first.')
 */
export class NetworkAuthenticationRequired extends Failure {
  override get status() {
    return HttpStatus.NETWORK_AUTHENTICATION_REQUIRED
  }
}
