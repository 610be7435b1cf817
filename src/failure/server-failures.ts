import type { StatusRules } from '../reply/status-rules.js'
import { retryAfterRule } from '../reply/status-rules.js'
import {
  BAD_GATEWAY,
  GATEWAY_TIMEOUT,
  HTTP_VERSION_NOT_SUPPORTED,
  INSUFFICIENT_STORAGE,
  INTERNAL_SERVER_ERROR,
  LOOP_DETECTED,
  NETWORK_AUTHENTICATION_REQUIRED,
  NOT_EXTENDED,
  NOT_IMPLEMENTED,
  SERVICE_UNAVAILABLE,
  VARIANT_ALSO_NEGOTIATES,
} from '../status/codes.js'
import { Failure } from './failure.js'
import type { RetryOptions } from './failure-options.js'

// One class for each 5xx status of the table. A class declares its status and the rules of its status.

/**
 * **500 Internal Server Error** · the server encountered an unexpected condition. RFC 9110, 15.6.1
 *
 * @example throw new InternalServerError({ cause: new Error('Two prices for one book.') })
 */
export class InternalServerError extends Failure {
  override get statusRules(): StatusRules {
    return { headers: [], withheld: true }
  }

  override get status() {
    return INTERNAL_SERVER_ERROR
  }
}

/**
 * **501 Not Implemented** · the server does not support the functionality that the request needs. RFC 9110, 15.6.2
 *
 * @example throw new NotImplemented('Gift cards are not supported yet.')
 */
export class NotImplemented extends Failure {
  override get status() {
    return NOT_IMPLEMENTED
  }
}

/**
 * **502 Bad Gateway** · an upstream server sent an invalid response. RFC 9110, 15.6.3
 *
 * @example throw new BadGateway({ cause: await failureFromResponse(response) })
 */
export class BadGateway extends Failure {
  override get statusRules(): StatusRules {
    return { headers: [], withheld: true }
  }

  override get status() {
    return BAD_GATEWAY
  }
}

/**
 * **503 Service Unavailable** · the server is temporarily overloaded or under maintenance. RFC 9110, 15.6.4
 *
 * @example throw new ServiceUnavailable('The shop is under maintenance.', { retryAfter: new Date('2030-01-01T06:00:00Z') })
 */
export class ServiceUnavailable extends Failure<RetryOptions> {
  override get statusRules(): StatusRules {
    return { headers: [retryAfterRule] }
  }

  override get status() {
    return SERVICE_UNAVAILABLE
  }
}

/**
 * **504 Gateway Timeout** · an upstream server did not respond in time. RFC 9110, 15.6.5
 *
 * @example throw new GatewayTimeout({ cause: new Error('No response from the warehouse within 5 s.') })
 */
export class GatewayTimeout extends Failure {
  override get statusRules(): StatusRules {
    return { headers: [], withheld: true }
  }

  override get status() {
    return GATEWAY_TIMEOUT
  }
}

/**
 * **505 HTTP Version Not Supported** · the server does not support this major version of HTTP. RFC 9110, 15.6.6
 *
 * @example throw new HttpVersionNotSupported('This server supports HTTP/1.1 and HTTP/2.')
 */
export class HttpVersionNotSupported extends Failure {
  override get status() {
    return HTTP_VERSION_NOT_SUPPORTED
  }
}

/**
 * **506 Variant Also Negotiates** · the server is misconfigured: the chosen variant itself negotiates content. RFC 2295, 8.1
 *
 * @example throw new VariantAlsoNegotiates({ cause: new Error('index.de.var lists itself.') })
 */
export class VariantAlsoNegotiates extends Failure {
  override get status() {
    return VARIANT_ALSO_NEGOTIATES
  }
}

/**
 * **507 Insufficient Storage** · the server does not have enough storage to complete the request. RFC 4918, 11.5
 *
 * @example throw new InsufficientStorage('Your shelf is full (500 books).')
 */
export class InsufficientStorage extends Failure {
  override get status() {
    return INSUFFICIENT_STORAGE
  }
}

/**
 * **508 Loop Detected** · the server detected an infinite loop while processing the request. RFC 5842, 7.2
 *
 * @example throw new LoopDetected('The collection /series/9 contains itself.')
 */
export class LoopDetected extends Failure {
  override get status() {
    return LOOP_DETECTED
  }
}

/**
 * **510 Not Extended** · the request lacks an extension that the server requires. RFC 2774, 7
 *
 * @example throw new NotExtended('Requests for the archive require the purpose extension.')
 */
export class NotExtended extends Failure {
  override get status() {
    return NOT_EXTENDED
  }
}

/**
 * **511 Network Authentication Required** · the client must authenticate to gain network access. RFC 6585, 6
 *
 * @example throw new NetworkAuthenticationRequired('Log in to the reading room Wi-Fi first.')
 */
export class NetworkAuthenticationRequired extends Failure {
  override get statusRules(): StatusRules {
    return { headers: [], neverStored: true }
  }

  override get status() {
    return NETWORK_AUTHENTICATION_REQUIRED
  }
}
