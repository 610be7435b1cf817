import { status } from './status-row.js'

/**
 * The status codes of HTTP, one row each: code, phrase, description, specification and, where it is not
 * plainly `registered`, what the IANA registry says of it.
 *
 * A row is the whole truth about a status. To add one, add its row in the order of the codes.
 *
 * @see https://www.iana.org/assignments/http-status-codes
 */
export const statusTable = {
  // Informational

  /** **100 Continue** · the beginning of the request is welcome, and the client may send the rest. RFC 9110, 15.2.1 */
  CONTINUE: status(100, 'The beginning of the request is welcome, and the client may send the rest.', 'RFC 9110, 15.2.1'),
  /** **101 Switching Protocols** · the server changes to the protocol that Upgrade asked for. RFC 9110, 15.2.2 */
  SWITCHING_PROTOCOLS: status(101, 'The server changes to the protocol that Upgrade asked for.', 'RFC 9110, 15.2.2'),
  /** **102 Processing** · the server has the whole request and is still working on it. RFC 2518, 10.1 */
  PROCESSING: status(102, 'The server has the whole request and is still working on it.', 'RFC 2518, 10.1'),
  /** **103 Early Hints** · some header fields of the final answer come ahead, so that loading can start. RFC 8297, 2 */
  EARLY_HINTS: status(103, 'Some header fields of the final answer come ahead, so that loading can start.', 'RFC 8297, 2'),
  /** **104 Upload Resumption Supported** · the server can resume this upload if it breaks off. draft-ietf-httpbis-resumable-upload-05 */
  UPLOAD_RESUMPTION_SUPPORTED: status(104, 'The server can resume this upload if it breaks off.', 'draft-ietf-httpbis-resumable-upload-05', 'temporary'),

  // Success

  /** **200 OK** · the request succeeded, and the answer carries its result. RFC 9110, 15.3.1 */
  OK: status(200, 'The request succeeded, and the answer carries its result.', 'RFC 9110, 15.3.1', 'registered', 'OK'),
  /** **201 Created** · the request succeeded and created something new. RFC 9110, 15.3.2 */
  CREATED: status(201, 'The request succeeded and created something new.', 'RFC 9110, 15.3.2'),
  /** **202 Accepted** · the request is accepted, but the work is not finished yet. RFC 9110, 15.3.3 */
  ACCEPTED: status(202, 'The request is accepted, but the work is not finished yet.', 'RFC 9110, 15.3.3'),
  /** **203 Non-Authoritative Information** · the request succeeded, but a proxy on the way changed the content. RFC 9110, 15.3.4 */
  NON_AUTHORITATIVE_INFORMATION: status(203, 'The request succeeded, but a proxy on the way changed the content.', 'RFC 9110, 15.3.4', 'registered', 'Non-Authoritative Information'),
  /** **204 No Content** · the request succeeded, and there is nothing to send back. RFC 9110, 15.3.5 */
  NO_CONTENT: status(204, 'The request succeeded, and there is nothing to send back.', 'RFC 9110, 15.3.5'),
  /** **205 Reset Content** · the request succeeded, and the client should clear the form that sent it. RFC 9110, 15.3.6 */
  RESET_CONTENT: status(205, 'The request succeeded, and the client should clear the form that sent it.', 'RFC 9110, 15.3.6'),
  /** **206 Partial Content** · the answer carries the part of the content that Range asked for. RFC 9110, 15.3.7 */
  PARTIAL_CONTENT: status(206, 'The answer carries the part of the content that Range asked for.', 'RFC 9110, 15.3.7'),
  /** **207 Multi-Status** · the answer carries several results, each with a status of its own. RFC 4918, 11.1 */
  MULTI_STATUS: status(207, 'The answer carries several results, each with a status of its own.', 'RFC 4918, 11.1', 'registered', 'Multi-Status'),
  /** **208 Already Reported** · the members of this collection were listed earlier in the same answer. RFC 5842, 7.1 */
  ALREADY_REPORTED: status(208, 'The members of this collection were listed earlier in the same answer.', 'RFC 5842, 7.1'),
  /** **226 IM Used** · the answer is the difference from a version that the client already has. RFC 3229, 10.4.1 */
  IM_USED: status(226, 'The answer is the difference from a version that the client already has.', 'RFC 3229, 10.4.1', 'registered', 'IM Used'),

  // Redirection

  /** **300 Multiple Choices** · the target has several representations, and the client may choose one. RFC 9110, 15.4.1 */
  MULTIPLE_CHOICES: status(300, 'The target has several representations, and the client may choose one.', 'RFC 9110, 15.4.1'),
  /** **301 Moved Permanently** · the target has a new address for good, given in Location. RFC 9110, 15.4.2 */
  MOVED_PERMANENTLY: status(301, 'The target has a new address for good, given in Location.', 'RFC 9110, 15.4.2'),
  /** **302 Found** · the target is at another address for now, given in Location. RFC 9110, 15.4.3 */
  FOUND: status(302, 'The target is at another address for now, given in Location.', 'RFC 9110, 15.4.3'),
  /** **303 See Other** · the result is found with a GET at the address in Location. RFC 9110, 15.4.4 */
  SEE_OTHER: status(303, 'The result is found with a GET at the address in Location.', 'RFC 9110, 15.4.4'),
  /** **304 Not Modified** · the copy that the client already has is still good. RFC 9110, 15.4.5 */
  NOT_MODIFIED: status(304, 'The copy that the client already has is still good.', 'RFC 9110, 15.4.5'),
  /** **305 Use Proxy** · the target asked for a proxy on the way to it, which clients now ignore as unsafe. RFC 9110, 15.4.6 */
  USE_PROXY: status(305, 'The target asked for a proxy on the way to it, which clients now ignore as unsafe.', 'RFC 9110, 15.4.6', 'deprecated'),
  /** **307 Temporary Redirect** · the target is at another address for now, and the same request belongs there. RFC 9110, 15.4.8 */
  TEMPORARY_REDIRECT: status(307, 'The target is at another address for now, and the same request belongs there.', 'RFC 9110, 15.4.8'),
  /** **308 Permanent Redirect** · the target has a new address for good, and the same request belongs there. RFC 9110, 15.4.9 */
  PERMANENT_REDIRECT: status(308, 'The target has a new address for good, and the same request belongs there.', 'RFC 9110, 15.4.9'),

  // Client errors

  /** **400 Bad Request** · the request is malformed, so the server will not process it. RFC 9110, 15.5.1 */
  BAD_REQUEST: status(400, 'The request is malformed, so the server will not process it.', 'RFC 9110, 15.5.1'),
  /** **401 Unauthorized** · the request lacks valid credentials, and WWW-Authenticate says how to give them. RFC 9110, 15.5.2 */
  UNAUTHORIZED: status(401, 'The request lacks valid credentials, and WWW-Authenticate says how to give them.', 'RFC 9110, 15.5.2'),
  /** **402 Payment Required** · the service wants to be paid first. RFC 9110, 15.5.3 */
  PAYMENT_REQUIRED: status(402, 'The service wants to be paid first.', 'RFC 9110, 15.5.3'),
  /** **403 Forbidden** · the server knows what is asked for and refuses to do it. RFC 9110, 15.5.4 */
  FORBIDDEN: status(403, 'The server knows what is asked for and refuses to do it.', 'RFC 9110, 15.5.4'),
  /** **404 Not Found** · nothing is known under this target. RFC 9110, 15.5.5 */
  NOT_FOUND: status(404, 'Nothing is known under this target.', 'RFC 9110, 15.5.5'),
  /** **405 Method Not Allowed** · the target does not support this method, and Allow lists those that it does. RFC 9110, 15.5.6 */
  METHOD_NOT_ALLOWED: status(405, 'The target does not support this method, and Allow lists those that it does.', 'RFC 9110, 15.5.6'),
  /** **406 Not Acceptable** · no representation of the target fits what the client accepts. RFC 9110, 15.5.7 */
  NOT_ACCEPTABLE: status(406, 'No representation of the target fits what the client accepts.', 'RFC 9110, 15.5.7'),
  /** **407 Proxy Authentication Required** · the proxy wants credentials before it forwards the request. RFC 9110, 15.5.8 */
  PROXY_AUTHENTICATION_REQUIRED: status(407, 'The proxy wants credentials before it forwards the request.', 'RFC 9110, 15.5.8'),
  /** **408 Request Timeout** · the client took too long to send the whole request. RFC 9110, 15.5.9 */
  REQUEST_TIMEOUT: status(408, 'The client took too long to send the whole request.', 'RFC 9110, 15.5.9'),
  /** **409 Conflict** · the request contradicts the current state of the target. RFC 9110, 15.5.10 */
  CONFLICT: status(409, 'The request contradicts the current state of the target.', 'RFC 9110, 15.5.10'),
  /** **410 Gone** · the target was here once and has been removed for good. RFC 9110, 15.5.11 */
  GONE: status(410, 'The target was here once and has been removed for good.', 'RFC 9110, 15.5.11'),
  /** **411 Length Required** · the server wants a Content-Length before it reads the request. RFC 9110, 15.5.12 */
  LENGTH_REQUIRED: status(411, 'The server wants a Content-Length before it reads the request.', 'RFC 9110, 15.5.12'),
  /** **412 Precondition Failed** · a condition in the header fields of the request does not hold. RFC 9110, 15.5.13 */
  PRECONDITION_FAILED: status(412, 'A condition in the header fields of the request does not hold.', 'RFC 9110, 15.5.13'),
  /** **413 Content Too Large** · the content of the request is larger than the server will take. RFC 9110, 15.5.14 */
  CONTENT_TOO_LARGE: status(413, 'The content of the request is larger than the server will take.', 'RFC 9110, 15.5.14'),
  /** **414 URI Too Long** · the target URI is longer than the server will read. RFC 9110, 15.5.15 */
  URI_TOO_LONG: status(414, 'The target URI is longer than the server will read.', 'RFC 9110, 15.5.15', 'registered', 'URI Too Long'),
  /** **415 Unsupported Media Type** · the request is in a format that the target does not support. RFC 9110, 15.5.16 */
  UNSUPPORTED_MEDIA_TYPE: status(415, 'The request is in a format that the target does not support.', 'RFC 9110, 15.5.16'),
  /** **416 Range Not Satisfiable** · none of the ranges asked for lies within the content. RFC 9110, 15.5.17 */
  RANGE_NOT_SATISFIABLE: status(416, 'None of the ranges asked for lies within the content.', 'RFC 9110, 15.5.17'),
  /** **417 Expectation Failed** · the server cannot do what Expect asks for. RFC 9110, 15.5.18 */
  EXPECTATION_FAILED: status(417, 'The server cannot do what Expect asks for.', 'RFC 9110, 15.5.18'),
  /** **418 I'm a teapot** · the server is a teapot and refuses to brew coffee. RFC 9110, 15.5.19 */
  IM_A_TEAPOT: status(418, 'The server is a teapot and refuses to brew coffee.', 'RFC 9110, 15.5.19', 'unused', "I'm a teapot"),
  /** **421 Misdirected Request** · the request reached a server that does not answer for this host. RFC 9110, 15.5.20 */
  MISDIRECTED_REQUEST: status(421, 'The request reached a server that does not answer for this host.', 'RFC 9110, 15.5.20'),
  /** **422 Unprocessable Content** · the content is well-formed, but what it says cannot be processed. RFC 9110, 15.5.21 */
  UNPROCESSABLE_CONTENT: status(422, 'The content is well-formed, but what it says cannot be processed.', 'RFC 9110, 15.5.21'),
  /** **423 Locked** · the target is locked against changes. RFC 4918, 11.3 */
  LOCKED: status(423, 'The target is locked against changes.', 'RFC 4918, 11.3'),
  /** **424 Failed Dependency** · the request failed because another one that it depends on failed. RFC 4918, 11.4 */
  FAILED_DEPENDENCY: status(424, 'The request failed because another one that it depends on failed.', 'RFC 4918, 11.4'),
  /** **425 Too Early** · the server will not risk processing a request that might be a replay. RFC 8470, 5.2 */
  TOO_EARLY: status(425, 'The server will not risk processing a request that might be a replay.', 'RFC 8470, 5.2'),
  /** **426 Upgrade Required** · the server wants another protocol, which Upgrade names. RFC 9110, 15.5.22 */
  UPGRADE_REQUIRED: status(426, 'The server wants another protocol, which Upgrade names.', 'RFC 9110, 15.5.22'),
  /** **428 Precondition Required** · the server wants the request to be conditional, so that no change gets lost. RFC 6585, 3 */
  PRECONDITION_REQUIRED: status(428, 'The server wants the request to be conditional, so that no change gets lost.', 'RFC 6585, 3'),
  /** **429 Too Many Requests** · the client sent too many requests in a given time. RFC 6585, 4 */
  TOO_MANY_REQUESTS: status(429, 'The client sent too many requests in a given time.', 'RFC 6585, 4'),
  /** **431 Request Header Fields Too Large** · the header fields of the request are larger than the server will read. RFC 6585, 5 */
  REQUEST_HEADER_FIELDS_TOO_LARGE: status(431, 'The header fields of the request are larger than the server will read.', 'RFC 6585, 5'),
  /** **451 Unavailable For Legal Reasons** · the target is withheld because of a legal demand. RFC 7725, 3 */
  UNAVAILABLE_FOR_LEGAL_REASONS: status(451, 'The target is withheld because of a legal demand.', 'RFC 7725, 3'),

  // Server errors

  /** **500 Internal Server Error** · the server met an unexpected problem. RFC 9110, 15.6.1 */
  INTERNAL_SERVER_ERROR: status(500, 'The server met an unexpected problem.', 'RFC 9110, 15.6.1'),
  /** **501 Not Implemented** · the server does not support what the request asks for. RFC 9110, 15.6.2 */
  NOT_IMPLEMENTED: status(501, 'The server does not support what the request asks for.', 'RFC 9110, 15.6.2'),
  /** **502 Bad Gateway** · a server behind this one gave an answer that it cannot use. RFC 9110, 15.6.3 */
  BAD_GATEWAY: status(502, 'A server behind this one gave an answer that it cannot use.', 'RFC 9110, 15.6.3'),
  /** **503 Service Unavailable** · the server is overloaded or under maintenance for the moment. RFC 9110, 15.6.4 */
  SERVICE_UNAVAILABLE: status(503, 'The server is overloaded or under maintenance for the moment.', 'RFC 9110, 15.6.4'),
  /** **504 Gateway Timeout** · a server behind this one did not answer in time. RFC 9110, 15.6.5 */
  GATEWAY_TIMEOUT: status(504, 'A server behind this one did not answer in time.', 'RFC 9110, 15.6.5'),
  /** **505 HTTP Version Not Supported** · the server does not support this major version of HTTP. RFC 9110, 15.6.6 */
  HTTP_VERSION_NOT_SUPPORTED: status(505, 'The server does not support this major version of HTTP.', 'RFC 9110, 15.6.6', 'registered', 'HTTP Version Not Supported'),
  /** **506 Variant Also Negotiates** · the server is misconfigured: the variant that it chose negotiates again. RFC 2295, 8.1 */
  VARIANT_ALSO_NEGOTIATES: status(506, 'The server is misconfigured: the variant that it chose negotiates again.', 'RFC 2295, 8.1'),
  /** **507 Insufficient Storage** · the server has no room left to store what the request needs. RFC 4918, 11.5 */
  INSUFFICIENT_STORAGE: status(507, 'The server has no room left to store what the request needs.', 'RFC 4918, 11.5'),
  /** **508 Loop Detected** · the server ran into an endless loop while it processed the request. RFC 5842, 7.2 */
  LOOP_DETECTED: status(508, 'The server ran into an endless loop while it processed the request.', 'RFC 5842, 7.2'),
  /** **510 Not Extended** · the request lacks an extension that the server demands. RFC 2774, 7 */
  NOT_EXTENDED: status(510, 'The request lacks an extension that the server demands.', 'RFC 2774, 7', 'obsoleted'),
  /** **511 Network Authentication Required** · the network wants the client to log in before it gives access. RFC 6585, 6 */
  NETWORK_AUTHENTICATION_REQUIRED: status(511, 'The network wants the client to log in before it gives access.', 'RFC 6585, 6'),
} as const
