import { isError } from '../../problem/is-error.js'
import { hasMethod, isObject, isRecord, unpollutedMember } from '../../problem/unknown-values.js'
import { repeatsStatus } from './public-detail.js'

/** An error of a platform, as far as the response depends on it. */
export interface PlatformError {
  readonly status: number
  /** The message; `undefined` if it is not meant for the client. */
  readonly message?: string | undefined
  readonly headers?: unknown
}

/** The properties by which errors are recognized. */
interface Candidate extends Error {
  readonly status?: unknown
  readonly statusCode?: unknown
  readonly code?: unknown
  readonly expose?: unknown
  readonly headers?: unknown
  readonly body?: unknown
  readonly field?: unknown
  readonly output?: unknown
  readonly data?: unknown
  readonly res?: unknown
  readonly path?: unknown
  readonly errors?: unknown
}

/**
 * The error of a platform or of its middleware; `undefined` for any other error, even if it has a `status`: an HTTP client
 * sets the status of another server.
 *
 * Errors are recognized by their shape, since their packages need not be installed.
 *
 * @throws when reading the error throws
 */
export function platformErrorIn(error: unknown): PlatformError | undefined {
  if (!isError(error)) return thrownPayload(error)
  for (const read of SOURCES) {
    const found = read(error)
    if (found !== undefined) return found
  }
  return undefined
}

const SOURCES: readonly ((error: Candidate) => PlatformError | undefined)[] = [
  httpErrors,
  fastify,
  plainFastifyPlugin,
  boom,
  hono,
  multer,
  multipartParser,
  coBody,
  passport,
  expressOpenApi,
  expressRouter,
  expressJwt,
  expressOauth2,
]

/**
 * `http-errors`, of which there may be several copies, and its users: the body parsers of Express and Koa, `ctx.throw()`,
 * `send`, csurf, connect-timeout, `@fastify/sensible`.
 */
function httpErrors(error: Candidate): PlatformError | undefined {
  const { status, statusCode, message, headers } = error
  const expose = unpollutedMember(error, 'expose')
  if (typeof expose !== 'boolean' || typeof statusCode !== 'number' || status !== statusCode) return undefined
  return { status: statusCode, message: expose ? message : undefined, headers }
}

/** Fastify, and its plugins that use `@fastify/error`. An error of its schemas has no name of its own. */
function fastify({ name, code, statusCode, message, headers }: Candidate): PlatformError | undefined {
  if (typeof statusCode !== 'number' || typeof code !== 'string') return undefined
  if (name !== 'FastifyError' && !code.startsWith('FST_')) return undefined
  // The message quotes the whole URL, whose query may contain secrets.
  return {
    status: statusCode,
    message: code === 'FST_ERR_BAD_URL' ? message.replace(/\?.*(?=' is not)/s, '') : message,
    headers,
  }
}

/**
 * Fastify plugins that add only a `statusCode` to a native error, such as `@fastify/rate-limit`, and the JSON parser of
 * Fastify 4. Errors of HTTP clients have more: a name, the response, its body, a code.
 */
function plainFastifyPlugin(error: Candidate): PlatformError | undefined {
  const { statusCode, message } = error
  const isPlain =
    Object.hasOwn(error, 'statusCode') &&
    isClientStatus(statusCode) &&
    isOfLanguage(error) &&
    !hasMoreThan(error, ['statusCode'])
  return isPlain ? { status: statusCode, message } : undefined
}

/** Boom. The errors of the HTTP client `@hapi/wreck` are also Boom errors. */
function boom(error: Candidate): PlatformError | undefined {
  const { output, data, message } = error
  if (!('isBoom' in error) || !isRecord(output) || (isRecord(data) && 'isResponseError' in data)) return undefined
  const { statusCode, headers } = output as Candidate
  return typeof statusCode === 'number' ? { status: statusCode, message, headers } : undefined
}

/** The `HTTPException` of Hono, which may contain a response. Its content is not used, only its header fields. */
function hono(error: Candidate): PlatformError | undefined {
  const { status, message, res } = error
  if (typeof status !== 'number' || !hasMethod(error, 'getResponse') || hasMethod(error, 'getStatus')) return undefined
  return { status, message, headers: isObject(res) ? (res as Response).headers : undefined }
}

/** multer. `STREAM_DESTROYED` is an error of the storage. */
function multer({ name, code, message, field }: Candidate): PlatformError | undefined {
  if (name !== 'MulterError' || typeof code !== 'string' || code === 'STREAM_DESTROYED') return undefined
  return {
    status: code === 'LIMIT_FILE_SIZE' ? 413 : 400,
    message: typeof field === 'string' ? `${message}: ${field}` : message,
  }
}

/** busboy, whose errors multer passes on, and `@fastify/busboy` of `@fastify/multipart`: errors without a code. */
function multipartParser(error: Candidate): PlatformError | undefined {
  const { message } = error
  if (!MULTIPART_MESSAGE.test(message) || !isOfLanguage(error) || hasMoreThan(error, ['storageErrors']))
    return undefined
  return message.startsWith('Unsupported')
    ? { status: 415, message: 'Unsupported content type' }
    : { status: 400, message }
}

const MULTIPART_MESSAGE = new RegExp(
  `^(?:${[
    'Multipart: Boundary not found',
    'Unexpected end of (?:multipart data|form|file)',
    '(?:Part|Preamble) terminated early due to unexpected end of multipart data',
    'Malformed (?:content type|part header|urlencoded form)',
    'Missing Content-Type',
    'Request (?:aborted|closed)',
    'Unsupported content type: .*',
  ].join('|')})$`,
)

/** co-body, which the body parsers of Koa use. */
function coBody(error: Candidate): PlatformError | undefined {
  const { status, body, message } = error
  if (!isOfLanguage(error) || hasMoreThan(error, ['status', 'body'])) return undefined
  // The error of a parser: a plain `Error` with a body is that of an HTTP client.
  if (status === 400 && typeof body === 'string' && Object.getPrototypeOf(error).constructor.name !== 'Error') {
    return { status, message }
  }
  return status === 415 && /^Unsupported content-(?:type|encoding): /i.test(message) ? { status, message } : undefined
}

/** passport with `failWithError`. The response already has the challenge. */
function passport(error: Candidate): PlatformError | undefined {
  const { name, status, message } = error
  if (name !== 'AuthenticationError' || hasMoreThan(error, ['name', 'status'])) return undefined
  return status === 400 || status === 401 ? { status, message } : undefined
}

/** express-openapi-validator: its errors are named like the phrase of their status. */
function expressOpenApi({ name, status, message, headers, path, errors }: Candidate): PlatformError | undefined {
  if (!isClientStatus(status) || typeof path !== 'string' || !Array.isArray(errors)) return undefined
  return repeatsStatus(name, status) ? { status, message, headers } : undefined
}

/** The router of Express, and of Koa, for a path that cannot be decoded. */
function expressRouter({ name, status, statusCode = status, message }: Candidate): PlatformError | undefined {
  return name === 'URIError' && status === 400 && statusCode === 400 ? { status, message } : undefined
}

/** express-jwt. */
function expressJwt(error: Candidate): PlatformError | undefined {
  const { name, status, code, message } = error
  const isRecognized = name === 'UnauthorizedError' && status === 401 && typeof code === 'string' && 'inner' in error
  return isRecognized ? { status, message } : undefined
}

/** express-oauth2-jwt-bearer, whose errors have the challenge. */
function expressOauth2({ name, status, statusCode, message, headers }: Candidate): PlatformError | undefined {
  if (!OAUTH2_NAMES.includes(name) || !isClientStatus(status) || status !== statusCode) return undefined
  return isRecord(headers) && 'WWW-Authenticate' in headers ? { status, message, headers } : undefined
}

const OAUTH2_NAMES = ['UnauthorizedError', 'InvalidRequestError', 'InvalidTokenError', 'InsufficientScopeError']

/**
 * A thrown object that is not an error: `@fastify/rate-limit` throws the result of its `errorResponseBuilder`. Only a 429,
 * since the parsed body of another server's response has the same format.
 */
function thrownPayload(value: unknown): PlatformError | undefined {
  if (!isRecord(value)) return undefined
  const { statusCode, error, message } = value as Partial<Candidate> & { readonly error?: unknown }
  const isRateLimit = statusCode === 429 && typeof error === 'string' && typeof message === 'string'
  return isRateLimit ? { status: statusCode, message } : undefined
}

function isClientStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 400 && (value as number) < 500
}

/** Whether an error is an instance of a class of the language, of any realm, rather than of a subclass. */
function isOfLanguage(error: Error): boolean {
  const prototype = Object.getPrototypeOf(error)
  return Object.hasOwn(prototype, 'constructor') && LANGUAGE_ERRORS.includes(prototype.constructor.name)
}

const LANGUAGE_ERRORS: readonly string[] = ['Error', 'SyntaxError', 'RangeError', 'TypeError', 'URIError']

/** Whether an error has properties other than these and those of every error. */
function hasMoreThan(error: Error, names: readonly string[]): boolean {
  return Object.getOwnPropertyNames(error).some((name) => !OF_EVERY_ERROR.includes(name) && !names.includes(name))
}

const OF_EVERY_ERROR = ['message', 'stack', 'cause']
