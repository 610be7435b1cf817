// Generated from status-table.ts by `npm run accept`. Do not edit.

/** **100 Continue** · the server accepts the start of the request, and the client may send the rest. RFC 9110, 15.2.1 */
export const CONTINUE = 100 as const

/** **101 Switching Protocols** · the server switches to the protocol named in Upgrade. RFC 9110, 15.2.2 */
export const SWITCHING_PROTOCOLS = 101 as const

/** **102 Processing** · the server has received the whole request and is still working on it. RFC 2518, 10.1 */
export const PROCESSING = 102 as const

/** **103 Early Hints** · some header fields of the final response arrive early, so that the client can start loading. RFC 8297, 2 */
export const EARLY_HINTS = 103 as const

/** **104 Upload Resumption Supported** · the server can resume this upload if it is interrupted. draft-ietf-httpbis-resumable-upload-05 */
export const UPLOAD_RESUMPTION_SUPPORTED = 104 as const

/** **200 OK** · the request succeeded, and the response contains its result. RFC 9110, 15.3.1 */
export const OK = 200 as const

/** **201 Created** · the request succeeded and created a new resource. RFC 9110, 15.3.2 */
export const CREATED = 201 as const

/** **202 Accepted** · the request was accepted, but processing has not finished. RFC 9110, 15.3.3 */
export const ACCEPTED = 202 as const

/** **203 Non-Authoritative Information** · the request succeeded, but a proxy changed the content. RFC 9110, 15.3.4 */
export const NON_AUTHORITATIVE_INFORMATION = 203 as const

/** **204 No Content** · the request succeeded, and there is no content to send. RFC 9110, 15.3.5 */
export const NO_CONTENT = 204 as const

/** **205 Reset Content** · the request succeeded, and the client should reset the form that sent it. RFC 9110, 15.3.6 */
export const RESET_CONTENT = 205 as const

/** **206 Partial Content** · the response contains the part of the content that Range requested. RFC 9110, 15.3.7 */
export const PARTIAL_CONTENT = 206 as const

/** **207 Multi-Status** · the response contains several results, each with its own status. RFC 4918, 11.1 */
export const MULTI_STATUS = 207 as const

/** **208 Already Reported** · the members of this collection were already listed in the same response. RFC 5842, 7.1 */
export const ALREADY_REPORTED = 208 as const

/** **226 IM Used** · the response is the difference from a version that the client already has. RFC 3229, 10.4.1 */
export const IM_USED = 226 as const

/** **300 Multiple Choices** · the target has several representations, and the client can choose one. RFC 9110, 15.4.1 */
export const MULTIPLE_CHOICES = 300 as const

/** **301 Moved Permanently** · the target has permanently moved to the URI in Location. RFC 9110, 15.4.2 */
export const MOVED_PERMANENTLY = 301 as const

/** **302 Found** · the target is temporarily at the URI in Location. RFC 9110, 15.4.3 */
export const FOUND = 302 as const

/** **303 See Other** · the client can GET the result from the URI in Location. RFC 9110, 15.4.4 */
export const SEE_OTHER = 303 as const

/** **304 Not Modified** · the copy that the client already has is still valid. RFC 9110, 15.4.5 */
export const NOT_MODIFIED = 304 as const

/** **305 Use Proxy** · the target must be accessed through a proxy; clients ignore this status, since it is unsafe. RFC 9110, 15.4.6 */
export const USE_PROXY = 305 as const

/** **307 Temporary Redirect** · the target is temporarily at the URI in Location, and the client must repeat the same request there. RFC 9110, 15.4.8 */
export const TEMPORARY_REDIRECT = 307 as const

/** **308 Permanent Redirect** · the target has permanently moved to the URI in Location, and the client must repeat the same request there. RFC 9110, 15.4.9 */
export const PERMANENT_REDIRECT = 308 as const

/** **400 Bad Request** · the request is malformed, so the server will not process it. RFC 9110, 15.5.1 */
export const BAD_REQUEST = 400 as const

/** **401 Unauthorized** · the request lacks valid credentials, and WWW-Authenticate lists the accepted authentication schemes. RFC 9110, 15.5.2 */
export const UNAUTHORIZED = 401 as const

/** **402 Payment Required** · the service requires a payment first. RFC 9110, 15.5.3 */
export const PAYMENT_REQUIRED = 402 as const

/** **403 Forbidden** · the server understands the request and refuses to fulfill it. RFC 9110, 15.5.4 */
export const FORBIDDEN = 403 as const

/** **404 Not Found** · the server has no resource at this target. RFC 9110, 15.5.5 */
export const NOT_FOUND = 404 as const

/** **405 Method Not Allowed** · the target does not support this method, and Allow lists the supported ones. RFC 9110, 15.5.6 */
export const METHOD_NOT_ALLOWED = 405 as const

/** **406 Not Acceptable** · the target has no representation that the client accepts. RFC 9110, 15.5.7 */
export const NOT_ACCEPTABLE = 406 as const

/** **407 Proxy Authentication Required** · the proxy requires credentials before it forwards the request. RFC 9110, 15.5.8 */
export const PROXY_AUTHENTICATION_REQUIRED = 407 as const

/** **408 Request Timeout** · the client took too long to send the whole request. RFC 9110, 15.5.9 */
export const REQUEST_TIMEOUT = 408 as const

/** **409 Conflict** · the request conflicts with the current state of the target. RFC 9110, 15.5.10 */
export const CONFLICT = 409 as const

/** **410 Gone** · the target existed and has been permanently removed. RFC 9110, 15.5.11 */
export const GONE = 410 as const

/** **411 Length Required** · the server requires a Content-Length header field. RFC 9110, 15.5.12 */
export const LENGTH_REQUIRED = 411 as const

/** **412 Precondition Failed** · a precondition in the request header fields is false. RFC 9110, 15.5.13 */
export const PRECONDITION_FAILED = 412 as const

/** **413 Content Too Large** · the request content is larger than the server accepts. RFC 9110, 15.5.14 */
export const CONTENT_TOO_LARGE = 413 as const

/** **414 URI Too Long** · the target URI is longer than the server accepts. RFC 9110, 15.5.15 */
export const URI_TOO_LONG = 414 as const

/** **415 Unsupported Media Type** · the request content has a format that the target does not support. RFC 9110, 15.5.16 */
export const UNSUPPORTED_MEDIA_TYPE = 415 as const

/** **416 Range Not Satisfiable** · none of the requested ranges overlaps the content. RFC 9110, 15.5.17 */
export const RANGE_NOT_SATISFIABLE = 416 as const

/** **417 Expectation Failed** · the server cannot meet the expectation in Expect. RFC 9110, 15.5.18 */
export const EXPECTATION_FAILED = 417 as const

/** **418 I'm a teapot** · the server is a teapot and refuses to brew coffee. RFC 9110, 15.5.19 */
export const IM_A_TEAPOT = 418 as const

/** **421 Misdirected Request** · the request reached a server that is not responsible for this host. RFC 9110, 15.5.20 */
export const MISDIRECTED_REQUEST = 421 as const

/** **422 Unprocessable Content** · the content is well-formed, but its instructions cannot be processed. RFC 9110, 15.5.21 */
export const UNPROCESSABLE_CONTENT = 422 as const

/** **423 Locked** · the target is locked. RFC 4918, 11.3 */
export const LOCKED = 423 as const

/** **424 Failed Dependency** · the request failed because another request that it depends on failed. RFC 4918, 11.4 */
export const FAILED_DEPENDENCY = 424 as const

/** **425 Too Early** · the server refuses to process a request that might be replayed. RFC 8470, 5.2 */
export const TOO_EARLY = 425 as const

/** **426 Upgrade Required** · the server requires one of the protocols listed in Upgrade. RFC 9110, 15.5.22 */
export const UPGRADE_REQUIRED = 426 as const

/** **428 Precondition Required** · the server requires a conditional request, so that no update is lost. RFC 6585, 3 */
export const PRECONDITION_REQUIRED = 428 as const

/** **429 Too Many Requests** · the client sent too many requests in a given time. RFC 6585, 4 */
export const TOO_MANY_REQUESTS = 429 as const

/** **431 Request Header Fields Too Large** · the request header fields are larger than the server accepts. RFC 6585, 5 */
export const REQUEST_HEADER_FIELDS_TOO_LARGE = 431 as const

/** **451 Unavailable For Legal Reasons** · the target is unavailable because of a legal demand. RFC 7725, 3 */
export const UNAVAILABLE_FOR_LEGAL_REASONS = 451 as const

/** **500 Internal Server Error** · the server encountered an unexpected condition. RFC 9110, 15.6.1 */
export const INTERNAL_SERVER_ERROR = 500 as const

/** **501 Not Implemented** · the server does not support the functionality that the request needs. RFC 9110, 15.6.2 */
export const NOT_IMPLEMENTED = 501 as const

/** **502 Bad Gateway** · an upstream server sent an invalid response. RFC 9110, 15.6.3 */
export const BAD_GATEWAY = 502 as const

/** **503 Service Unavailable** · the server is temporarily overloaded or under maintenance. RFC 9110, 15.6.4 */
export const SERVICE_UNAVAILABLE = 503 as const

/** **504 Gateway Timeout** · an upstream server did not respond in time. RFC 9110, 15.6.5 */
export const GATEWAY_TIMEOUT = 504 as const

/** **505 HTTP Version Not Supported** · the server does not support this major version of HTTP. RFC 9110, 15.6.6 */
export const HTTP_VERSION_NOT_SUPPORTED = 505 as const

/** **506 Variant Also Negotiates** · the server is misconfigured: the chosen variant itself negotiates content. RFC 2295, 8.1 */
export const VARIANT_ALSO_NEGOTIATES = 506 as const

/** **507 Insufficient Storage** · the server does not have enough storage to complete the request. RFC 4918, 11.5 */
export const INSUFFICIENT_STORAGE = 507 as const

/** **508 Loop Detected** · the server detected an infinite loop while processing the request. RFC 5842, 7.2 */
export const LOOP_DETECTED = 508 as const

/** **510 Not Extended** · the request lacks an extension that the server requires. RFC 2774, 7 */
export const NOT_EXTENDED = 510 as const

/** **511 Network Authentication Required** · the client must authenticate to gain network access. RFC 6585, 6 */
export const NETWORK_AUTHENTICATION_REQUIRED = 511 as const
