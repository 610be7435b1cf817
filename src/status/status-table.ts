import { status } from './status-row.js'

/**
 * The HTTP status codes, one row each: code, description, specification and, if it isn't `registered`, its state in the
 * IANA registry.
 *
 * A row is the single source for a status. To add a status, add its row, in the order of the codes.
 *
 * @see https://www.iana.org/assignments/http-status-codes
 */
export const statusTable = {
  // Informational

  /** **100 Continue** · the server accepts the start of the request, and the client may send the rest. RFC 9110, 15.2.1 */
  CONTINUE: status(100, 'The server accepts the start of the request, and the client may send the rest.', 'RFC 9110, 15.2.1'),
  /** **101 Switching Protocols** · the server switches to the protocol named in Upgrade. RFC 9110, 15.2.2 */
  SWITCHING_PROTOCOLS: status(101, 'The server switches to the protocol named in Upgrade.', 'RFC 9110, 15.2.2'),
  /** **102 Processing** · the server has received the whole request and is still working on it. RFC 2518, 10.1 */
  PROCESSING: status(102, 'The server has received the whole request and is still working on it.', 'RFC 2518, 10.1'),
  /** **103 Early Hints** · some header fields of the final response arrive early, so that the client can start loading. RFC 8297, 2 */
  EARLY_HINTS: status(103, 'Some header fields of the final response arrive early, so that the client can start loading.', 'RFC 8297, 2'),
  /** **104 Upload Resumption Supported** · the server can resume this upload if it is interrupted. draft-ietf-httpbis-resumable-upload-05 */
  UPLOAD_RESUMPTION_SUPPORTED: status(104, 'The server can resume this upload if it is interrupted.', 'draft-ietf-httpbis-resumable-upload-05', 'temporary'),

  // Success

  /** **200 OK** · the request succeeded, and the response contains its result. RFC 9110, 15.3.1 */
  OK: status(200, 'The request succeeded, and the response contains its result.', 'RFC 9110, 15.3.1', 'registered', 'OK'),
  /** **201 Created** · the request succeeded and created a new resource. RFC 9110, 15.3.2 */
  CREATED: status(201, 'The request succeeded and created a new resource.', 'RFC 9110, 15.3.2'),
  /** **202 Accepted** · the request was accepted, but processing has not finished. RFC 9110, 15.3.3 */
  ACCEPTED: status(202, 'The request was accepted, but processing has not finished.', 'RFC 9110, 15.3.3'),
  /** **203 Non-Authoritative Information** · the request succeeded, but a proxy changed the content. RFC 9110, 15.3.4 */
  NON_AUTHORITATIVE_INFORMATION: status(203, 'The request succeeded, but a proxy changed the content.', 'RFC 9110, 15.3.4', 'registered', 'Non-Authoritative Information'),
  /** **204 No Content** · the request succeeded, and there is no content to send. RFC 9110, 15.3.5 */
  NO_CONTENT: status(204, 'The request succeeded, and there is no content to send.', 'RFC 9110, 15.3.5'),
  /** **205 Reset Content** · the request succeeded, and the client should reset the form that sent it. RFC 9110, 15.3.6 */
  RESET_CONTENT: status(205, 'The request succeeded, and the client should reset the form that sent it.', 'RFC 9110, 15.3.6'),
  /** **206 Partial Content** · the response contains the part of the content that Range requested. RFC 9110, 15.3.7 */
  PARTIAL_CONTENT: status(206, 'The response contains the part of the content that Range requested.', 'RFC 9110, 15.3.7'),
  /** **207 Multi-Status** · the response contains several results, each with its own status. RFC 4918, 11.1 */
  MULTI_STATUS: status(207, 'The response contains several results, each with its own status.', 'RFC 4918, 11.1', 'registered', 'Multi-Status'),
  /** **208 Already Reported** · the members of this collection were already listed in the same response. RFC 5842, 7.1 */
  ALREADY_REPORTED: status(208, 'The members of this collection were already listed in the same response.', 'RFC 5842, 7.1'),
  /** **226 IM Used** · the response is the difference from a version that the client already has. RFC 3229, 10.4.1 */
  IM_USED: status(226, 'The response is the difference from a version that the client already has.', 'RFC 3229, 10.4.1', 'registered', 'IM Used'),

  // Redirection

  /** **300 Multiple Choices** · the target has several representations, and the client can choose one. RFC 9110, 15.4.1 */
  MULTIPLE_CHOICES: status(300, 'The target has several representations, and the client can choose one.', 'RFC 9110, 15.4.1'),
  /** **301 Moved Permanently** · the target has permanently moved to the URI in Location. RFC 9110, 15.4.2 */
  MOVED_PERMANENTLY: status(301, 'The target has permanently moved to the URI in Location.', 'RFC 9110, 15.4.2'),
  /** **302 Found** · the target is temporarily at the URI in Location. RFC 9110, 15.4.3 */
  FOUND: status(302, 'The target is temporarily at the URI in Location.', 'RFC 9110, 15.4.3'),
  /** **303 See Other** · the client can GET the result from the URI in Location. RFC 9110, 15.4.4 */
  SEE_OTHER: status(303, 'The client can GET the result from the URI in Location.', 'RFC 9110, 15.4.4'),
  /** **304 Not Modified** · the copy that the client already has is still valid. RFC 9110, 15.4.5 */
  NOT_MODIFIED: status(304, 'The copy that the client already has is still valid.', 'RFC 9110, 15.4.5'),
  /** **305 Use Proxy** · the target must be accessed through a proxy; clients ignore this status, since it is unsafe. RFC 9110, 15.4.6 */
  USE_PROXY: status(305, 'The target must be accessed through a proxy; clients ignore this status, since it is unsafe.', 'RFC 9110, 15.4.6', 'deprecated'),
  /** **307 Temporary Redirect** · the target is temporarily at the URI in Location, and the client must repeat the same request there. RFC 9110, 15.4.8 */
  TEMPORARY_REDIRECT: status(307, 'The target is temporarily at the URI in Location, and the client must repeat the same request there.', 'RFC 9110, 15.4.8'),
  /** **308 Permanent Redirect** · the target has permanently moved to the URI in Location, and the client must repeat the same request there. RFC 9110, 15.4.9 */
  PERMANENT_REDIRECT: status(308, 'The target has permanently moved to the URI in Location, and the client must repeat the same request there.', 'RFC 9110, 15.4.9'),

  // Client errors

  /** **400 Bad Request** · the request is malformed, so the server will not process it. RFC 9110, 15.5.1 */
  BAD_REQUEST: status(400, 'The request is malformed, so the server will not process it.', 'RFC 9110, 15.5.1'),
  /** **401 Unauthorized** · the request lacks valid credentials, and WWW-Authenticate lists the accepted authentication schemes. RFC 9110, 15.5.2 */
  UNAUTHORIZED: status(401, 'The request lacks valid credentials, and WWW-Authenticate lists the accepted authentication schemes.', 'RFC 9110, 15.5.2'),
  /** **402 Payment Required** · the service requires a payment first. RFC 9110, 15.5.3 */
  PAYMENT_REQUIRED: status(402, 'The service requires a payment first.', 'RFC 9110, 15.5.3'),
  /** **403 Forbidden** · the server understands the request and refuses to fulfill it. RFC 9110, 15.5.4 */
  FORBIDDEN: status(403, 'The server understands the request and refuses to fulfill it.', 'RFC 9110, 15.5.4'),
  /** **404 Not Found** · the server has no resource at this target. RFC 9110, 15.5.5 */
  NOT_FOUND: status(404, 'The server has no resource at this target.', 'RFC 9110, 15.5.5'),
  /** **405 Method Not Allowed** · the target does not support this method, and Allow lists the supported ones. RFC 9110, 15.5.6 */
  METHOD_NOT_ALLOWED: status(405, 'The target does not support this method, and Allow lists the supported ones.', 'RFC 9110, 15.5.6'),
  /** **406 Not Acceptable** · the target has no representation that the client accepts. RFC 9110, 15.5.7 */
  NOT_ACCEPTABLE: status(406, 'The target has no representation that the client accepts.', 'RFC 9110, 15.5.7'),
  /** **407 Proxy Authentication Required** · the proxy requires credentials before it forwards the request. RFC 9110, 15.5.8 */
  PROXY_AUTHENTICATION_REQUIRED: status(407, 'The proxy requires credentials before it forwards the request.', 'RFC 9110, 15.5.8'),
  /** **408 Request Timeout** · the client took too long to send the whole request. RFC 9110, 15.5.9 */
  REQUEST_TIMEOUT: status(408, 'The client took too long to send the whole request.', 'RFC 9110, 15.5.9'),
  /** **409 Conflict** · the request conflicts with the current state of the target. RFC 9110, 15.5.10 */
  CONFLICT: status(409, 'The request conflicts with the current state of the target.', 'RFC 9110, 15.5.10'),
  /** **410 Gone** · the target existed and has been permanently removed. RFC 9110, 15.5.11 */
  GONE: status(410, 'The target existed and has been permanently removed.', 'RFC 9110, 15.5.11'),
  /** **411 Length Required** · the server requires a Content-Length header field. RFC 9110, 15.5.12 */
  LENGTH_REQUIRED: status(411, 'The server requires a Content-Length header field.', 'RFC 9110, 15.5.12'),
  /** **412 Precondition Failed** · a precondition in the request header fields is false. RFC 9110, 15.5.13 */
  PRECONDITION_FAILED: status(412, 'A precondition in the request header fields is false.', 'RFC 9110, 15.5.13'),
  /** **413 Content Too Large** · the request content is larger than the server accepts. RFC 9110, 15.5.14 */
  CONTENT_TOO_LARGE: status(413, 'The request content is larger than the server accepts.', 'RFC 9110, 15.5.14'),
  /** **414 URI Too Long** · the target URI is longer than the server accepts. RFC 9110, 15.5.15 */
  URI_TOO_LONG: status(414, 'The target URI is longer than the server accepts.', 'RFC 9110, 15.5.15', 'registered', 'URI Too Long'),
  /** **415 Unsupported Media Type** · the request content has a format that the target does not support. RFC 9110, 15.5.16 */
  UNSUPPORTED_MEDIA_TYPE: status(415, 'The request content has a format that the target does not support.', 'RFC 9110, 15.5.16'),
  /** **416 Range Not Satisfiable** · none of the requested ranges overlaps the content. RFC 9110, 15.5.17 */
  RANGE_NOT_SATISFIABLE: status(416, 'None of the requested ranges overlaps the content.', 'RFC 9110, 15.5.17'),
  /** **417 Expectation Failed** · the server cannot meet the expectation in Expect. RFC 9110, 15.5.18 */
  EXPECTATION_FAILED: status(417, 'The server cannot meet the expectation in Expect.', 'RFC 9110, 15.5.18'),
  /** **418 I'm a teapot** · the server is a teapot and refuses to brew coffee. RFC 9110, 15.5.19 */
  IM_A_TEAPOT: status(418, 'The server is a teapot and refuses to brew coffee.', 'RFC 9110, 15.5.19', 'unused', "I'm a teapot"),
  /** **421 Misdirected Request** · the request reached a server that is not responsible for this host. RFC 9110, 15.5.20 */
  MISDIRECTED_REQUEST: status(421, 'The request reached a server that is not responsible for this host.', 'RFC 9110, 15.5.20'),
  /** **422 Unprocessable Content** · the content is well-formed, but its instructions cannot be processed. RFC 9110, 15.5.21 */
  UNPROCESSABLE_CONTENT: status(422, 'The content is well-formed, but its instructions cannot be processed.', 'RFC 9110, 15.5.21'),
  /** **423 Locked** · the target is locked. RFC 4918, 11.3 */
  LOCKED: status(423, 'The target is locked.', 'RFC 4918, 11.3'),
  /** **424 Failed Dependency** · the request failed because another request that it depends on failed. RFC 4918, 11.4 */
  FAILED_DEPENDENCY: status(424, 'The request failed because another request that it depends on failed.', 'RFC 4918, 11.4'),
  /** **425 Too Early** · the server refuses to process a request that might be replayed. RFC 8470, 5.2 */
  TOO_EARLY: status(425, 'The server refuses to process a request that might be replayed.', 'RFC 8470, 5.2'),
  /** **426 Upgrade Required** · the server requires one of the protocols listed in Upgrade. RFC 9110, 15.5.22 */
  UPGRADE_REQUIRED: status(426, 'The server requires one of the protocols listed in Upgrade.', 'RFC 9110, 15.5.22'),
  /** **428 Precondition Required** · the server requires a conditional request, so that no update is lost. RFC 6585, 3 */
  PRECONDITION_REQUIRED: status(428, 'The server requires a conditional request, so that no update is lost.', 'RFC 6585, 3'),
  /** **429 Too Many Requests** · the client sent too many requests in a given time. RFC 6585, 4 */
  TOO_MANY_REQUESTS: status(429, 'The client sent too many requests in a given time.', 'RFC 6585, 4'),
  /** **431 Request Header Fields Too Large** · the request header fields are larger than the server accepts. RFC 6585, 5 */
  REQUEST_HEADER_FIELDS_TOO_LARGE: status(431, 'The request header fields are larger than the server accepts.', 'RFC 6585, 5'),
  /** **451 Unavailable For Legal Reasons** · the target is unavailable because of a legal demand. RFC 7725, 3 */
  UNAVAILABLE_FOR_LEGAL_REASONS: status(451, 'The target is unavailable because of a legal demand.', 'RFC 7725, 3'),

  // Server errors

  /** **500 Internal Server Error** · the server encountered an unexpected condition. RFC 9110, 15.6.1 */
  INTERNAL_SERVER_ERROR: status(500, 'The server encountered an unexpected condition.', 'RFC 9110, 15.6.1'),
  /** **501 Not Implemented** · the server does not support the functionality that the request needs. RFC 9110, 15.6.2 */
  NOT_IMPLEMENTED: status(501, 'The server does not support the functionality that the request needs.', 'RFC 9110, 15.6.2'),
  /** **502 Bad Gateway** · an upstream server sent an invalid response. RFC 9110, 15.6.3 */
  BAD_GATEWAY: status(502, 'An upstream server sent an invalid response.', 'RFC 9110, 15.6.3'),
  /** **503 Service Unavailable** · the server is temporarily overloaded or under maintenance. RFC 9110, 15.6.4 */
  SERVICE_UNAVAILABLE: status(503, 'The server is temporarily overloaded or under maintenance.', 'RFC 9110, 15.6.4'),
  /** **504 Gateway Timeout** · an upstream server did not respond in time. RFC 9110, 15.6.5 */
  GATEWAY_TIMEOUT: status(504, 'An upstream server did not respond in time.', 'RFC 9110, 15.6.5'),
  /** **505 HTTP Version Not Supported** · the server does not support this major version of HTTP. RFC 9110, 15.6.6 */
  HTTP_VERSION_NOT_SUPPORTED: status(505, 'The server does not support this major version of HTTP.', 'RFC 9110, 15.6.6', 'registered', 'HTTP Version Not Supported'),
  /** **506 Variant Also Negotiates** · the server is misconfigured: the chosen variant itself negotiates content. RFC 2295, 8.1 */
  VARIANT_ALSO_NEGOTIATES: status(506, 'The server is misconfigured: the chosen variant itself negotiates content.', 'RFC 2295, 8.1'),
  /** **507 Insufficient Storage** · the server does not have enough storage to complete the request. RFC 4918, 11.5 */
  INSUFFICIENT_STORAGE: status(507, 'The server does not have enough storage to complete the request.', 'RFC 4918, 11.5'),
  /** **508 Loop Detected** · the server detected an infinite loop while processing the request. RFC 5842, 7.2 */
  LOOP_DETECTED: status(508, 'The server detected an infinite loop while processing the request.', 'RFC 5842, 7.2'),
  /** **510 Not Extended** · the request lacks an extension that the server requires. RFC 2774, 7 */
  NOT_EXTENDED: status(510, 'The request lacks an extension that the server requires.', 'RFC 2774, 7', 'obsoleted'),
  /** **511 Network Authentication Required** · the client must authenticate to gain network access. RFC 6585, 6 */
  NETWORK_AUTHENTICATION_REQUIRED: status(511, 'The client must authenticate to gain network access.', 'RFC 6585, 6'),
} as const
