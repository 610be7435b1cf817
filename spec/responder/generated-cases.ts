import fc from 'fast-check'
import type { Failure, FailureResponderOptions, RequestLike } from '../../src/index.js'
import type { Representation } from '../../src/representations/index.js'

// Generated errors, options and requests. They are described independently of a build, so that two builds can be compared.

/** The public names that a case uses, of the sources or of a build. */
export type Library = Pick<
  typeof import('../../src/index.js'),
  'createFailure' | 'Extension' | 'Failure' | 'FailureResponder'
> &
  Pick<typeof import('../../src/representations/index.js'), 'byAccept' | 'html' | 'problemJson' | 'text'>

/** Creates a value with the classes of a build. */
export type Create<Value> = (library: Library) => Value

/** Factories of hostile values. fast-check gets the factories, since it inspects values and some of these throw. */
const hostileFactories: readonly (() => unknown)[] = [
  () => new Proxy({}, { get: boom, ownKeys: boom, has: boom, getPrototypeOf: boom, getOwnPropertyDescriptor: boom }),
  () => Object.defineProperty({}, 'message', { get: boom, enumerable: true }),
  () => ({ toJSON: boom, toString: boom, valueOf: boom }),
  () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    return circular
  },
  () => Object.defineProperties({}, { title: { get: boom }, detail: { get: boom }, language: { get: boom } }),
  () => Symbol('x'),
  () => boom,
  () => Number.NaN,
  () => new Date(Number.NaN),
  () => new Map([[{}, new Set([1n])]]),
  () => new Error('x', { cause: new Error('y') }),
]
const hostile = fc.constantFrom(...hostileFactories)

/** Any value. It may contain factories, which `withHostileValues()` replaces. */
export const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withSparseArray: true,
  }),
  hostile,
)

const anyString = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('\ud800', '\r\n', '\0', '<', '"', "'", '&'),
  ),
})

const extensions = fc.oneof(
  fc.dictionary(fc.oneof(anyString, fc.constantFrom('__proto__', 'constructor', 'type', 'status', '404')), anything),
  anything,
)

const headers = fc.oneof(
  fc.dictionary(
    fc.oneof(
      anyString,
      fc.constantFrom('X-Shelf', 'vary', 'Content-Type', 'SET-COOKIE', '__proto__', 'allow', 'Cache-Control'),
    ),
    fc.oneof(anyString, fc.array(anyString), fc.constantFrom('public', 'a, b', '*'), anything),
  ),
  anything,
)

const failureOptions = fc.record(
  {
    extensions,
    headers,
    instance: fc.oneof(anyString, anything),
    expose: fc.oneof(fc.boolean(), anything),
    retryAfter: fc.oneof(fc.integer({ min: -1, max: 100 }), fc.date({ noInvalidDate: false }), anything),
    allow: fc.oneof(fc.constant(['GET', 'HEAD']), anything),
    challenge: fc.oneof(fc.constant({ scheme: 'Bearer', realm: 'a "b"' }), fc.constant('Basic realm="x"'), anything),
    upgrade: fc.oneof(fc.constant(['HTTP/3', 'websocket']), anything),
    accept: fc.oneof(fc.constant(['text/csv']), anything),
    acceptEncoding: fc.oneof(fc.constant('identity'), anything),
    length: fc.oneof(fc.nat(), anything),
    blockedBy: fc.oneof(fc.webUrl(), anything),
  },
  { requiredKeys: [] },
)

const registered = [400, 401, 404, 405, 407, 409, 413, 415, 416, 422, 426, 428, 429, 431, 451, 500, 502, 503, 504, 511]
const status = fc.oneof(fc.constantFrom(...registered), fc.integer({ min: 400, max: 599 }))

const failure: fc.Arbitrary<Create<unknown>> = fc
  .record({ status, detail: fc.oneof(anyString, anything), options: failureOptions })
  .map(
    ({ status, detail, options }) =>
      ({ createFailure }) =>
        createFailure(status, withHostileValues(detail) as string, withHostileValues(options) as never),
  )

const overridden = fc.constantFrom(
  ...['status', 'type', 'title', 'detail', 'code', 'expose', 'instance', 'extensions', 'headers'],
  ...['retryAfter', 'name', 'message', 'toProblem', 'toJSON'],
)

/** A failure of a class whose accessors throw or return any value. */
const wildFailure: fc.Arbitrary<Create<unknown>> = fc
  .record({
    status,
    members: fc.dictionary(overridden, fc.oneof(anyString, extensions, anything, fc.constant(boom))),
    asMethods: fc.boolean(),
    options: failureOptions,
  })
  .map(({ status, members, asMethods, options }) => ({ createFailure }) => {
    const Base = createFailure(status).constructor as new (options: object) => Failure
    class Wild extends Base {}
    for (const [name, value] of Object.entries(members)) {
      const get = value === boom ? boom : () => withHostileValues(value)
      const isMethod = asMethods && (name === 'toProblem' || name === 'toJSON')
      Object.defineProperty(
        Wild.prototype,
        name,
        isMethod ? { value: get, configurable: true } : { get, configurable: true },
      )
    }
    return new Wild(withHostileValues(options) as object)
  })

/** A failure of a class with a problem type, extension fields and its own status. */
const domainFailure: fc.Arbitrary<Create<unknown>> = fc
  .record({
    status: fc.oneof(status, anything),
    problem: fc.record({ type: anyString, title: anyString, code: anyString }, { requiredKeys: [] }),
    field: anything,
    detail: anyString,
    options: failureOptions,
  })
  .map(({ status, problem, field, detail, options }) => ({ Failure, Extension }) => {
    class Domain extends Failure {
      static override readonly problem = problem
      @Extension() readonly field = withHostileValues(field)
      override get status() {
        return withHostileValues(status) as number
      }
    }
    return new Domain(detail, withHostileValues(options) as object)
  })

/** A failure whose reflection throws. */
const unreadableFailure: fc.Arbitrary<Create<unknown>> = fc
  .record({ status, options: failureOptions, asProxy: fc.boolean() })
  .map(({ status, options, asProxy }) => ({ createFailure }) => {
    const failure = createFailure(status, withHostileValues(options) as never)
    if (asProxy) return new Proxy(failure, { getOwnPropertyDescriptor: boom, ownKeys: boom, getPrototypeOf: boom })
    return Object.defineProperty(failure, 'constructor', { get: boom })
  })

/** Any thrown value. */
export const thrown: fc.Arbitrary<Create<unknown>> = fc.oneof(
  failure,
  wildFailure,
  domainFailure,
  unreadableFailure,
  anything.map((value) => () => withHostileValues(value)),
)

const hookResult = fc
  .oneof(anything, fc.constant(boom), fc.constant(Promise.resolve()))
  .map((value) => () => (value === boom ? boom() : withHostileValues(value)))

/** Hooks that throw or return any value. */
export const wildHooks = fc.record(
  {
    translate: hookResult,
    describe: hookResult,
    instance: hookResult,
    extend: hookResult,
    cacheControl: hookResult,
    onFailure: hookResult,
    onWarning: hookResult,
  },
  { requiredKeys: [] },
)

const describe = fc
  .record(
    { title: anyString, detail: anyString, language: fc.constantFrom('de', 'en-GB', 'x\ny') },
    { requiredKeys: [] },
  )
  .map((text) => () => text)

const wildRepresentation = fc
  .record({
    mediaType: fc.oneof(fc.constantFrom('text/csv', 'application/xml', 'text/html; charset=utf-8', ''), anything),
    headers,
    body: fc.oneof(anyString, anything, fc.constant(boom)),
  })
  .map(({ mediaType, headers, body }) => () => ({
    mediaType: withHostileValues(mediaType),
    headers: withHostileValues(headers),
    render: () => (body === boom ? boom() : withHostileValues(body)),
  }))

const represent = fc.oneof(
  fc.constant<Create<unknown>>(({ byAccept, html, problemJson, text }) => byAccept(problemJson, html, text)),
  wildRepresentation,
  wildRepresentation.map((create) => ({ byAccept, problemJson }: Library) => {
    try {
      return byAccept(problemJson, create() as Representation)
    } catch {
      return problemJson
    }
  }),
)

/** Valid options of a responder, with hooks that return valid or other values. */
export const responderOptions: fc.Arbitrary<Create<FailureResponderOptions>> = fc
  .record(
    {
      typeBase: fc.constantFrom('https://bookshop.example/problems/', 'urn:problem:x'),
      challenge: fc.constant('Bearer realm="books"'),
      translate: fc.oneof(
        failure.map((create) => (library: Library) => () => create(library)),
        hookResult.map((hook) => () => hook),
      ),
      describe: fc.oneof(describe, hookResult),
      instance: fc.oneof(
        anyString.map((instance) => () => instance),
        hookResult,
      ),
      extend: fc.oneof(
        extensions.map((members) => () => withHostileValues(members)),
        hookResult,
      ),
      cacheControl: fc.oneof(
        fc.constantFrom('private', 'max-age=1', '').map((value) => () => value),
        hookResult,
      ),
      represent,
    },
    { requiredKeys: [] },
  )
  .map(({ translate, represent, ...others }) => (library) => ({
    ...(others as FailureResponderOptions),
    ...(translate && { translate: translate(library) as never }),
    ...(represent && { represent: represent(library) as never }),
  }))

/** The value of an `Accept` header, or none. */
export const accept = fc.option(
  fc.oneof(anyString, fc.constantFrom('text/html', 'text/plain, */*;q=0.1', 'application/json', 'a/b;q=0')),
  { nil: undefined },
)

/** The method of a request, or none. */
export const method = fc.constantFrom('GET', 'HEAD', 'POST', undefined)

/** Creates a request, or any other value in its place. */
export const request: fc.Arbitrary<() => RequestLike | undefined> = fc.oneof(
  fc.constant(() => undefined),
  fc.record({ method, url: anyString, accept }).map(({ method, url, accept }) => () => ({
    method,
    url,
    headers: accept === undefined ? {} : { accept },
  })),
  anything.map((value) => () => withHostileValues(value) as RequestLike),
)

/** Everything that a client, the log and the developer get to see of an error. */
export interface Outcome {
  readonly status: number
  readonly headers: object
  readonly body: string | null
  readonly warnings: readonly string[]
  readonly failures: number
}

/** The outcome of an error under the options of a responder. */
export function outcomeOf(
  { FailureResponder }: Library,
  error: unknown,
  options: FailureResponderOptions,
  request?: RequestLike,
): Outcome {
  const warnings: string[] = []
  let failures = 0
  const responder = new FailureResponder({
    ...options,
    onFailure: () => {
      failures += 1
    },
    onWarning: ({ code, message }) => warnings.push(`${code}: ${message}`),
  })
  const { status, headers, body } = responder.toReply(error, request)
  return { status, headers: { ...headers }, body, warnings: warnings.sort(), failures }
}

/** Replaces factories with the hostile values that they create. */
export function withHostileValues(value: unknown): unknown {
  if (hostileFactories.includes(value as () => unknown)) return (value as () => unknown)()
  if (Array.isArray(value)) return value.map(withHostileValues)
  if (Object.prototype.toString.call(value) !== '[object Object]') return value
  return Object.fromEntries(Object.entries(value as object).map(([name, member]) => [name, withHostileValues(member)]))
}

function boom(): never {
  throw new Error('boom')
}
