import { statusAliases } from './status-aliases.js'
import { type HttpStatusRegistration, type PhraseOfName, phraseOfName, specificationUrl } from './status-row.js'
import { statusTable } from './status-table.js'

type Table = typeof statusTable
type Aliases = typeof statusAliases

/**
 * The canonical name of a status, such as `'NOT_FOUND'`.
 *
 * @example const name: HttpStatusName = 'NOT_FOUND'
 */
export type HttpStatusName = keyof Table

/**
 * The union of the known status codes: `100 | 101 | … | 511`.
 *
 * @example const sold: HttpStatusCode = HttpStatus.CREATED
 */
export type HttpStatusCode = Table[HttpStatusName]['code']

/** The union of the known status codes, such as the type of `HttpStatus.NOT_FOUND`. */
export type HttpStatus = HttpStatusCode

/**
 * The metadata of a status code.
 *
 * @example const { phrase, description, url }: HttpStatusInfo = HttpStatus.of(404)
 */
export interface HttpStatusInfo<Name extends HttpStatusName = HttpStatusName> {
  /** The status code, such as `404`. */
  readonly code: Table[Name]['code']
  /** The canonical name, such as `'NOT_FOUND'`. */
  readonly name: Name
  /** The reason phrase, such as `'Not Found'`. */
  readonly phrase: PhraseIn<Name>
  /** The meaning of the status, in one sentence. */
  readonly description: string
  /** The specification and its section, such as `'RFC 9110, 15.5.5'`. */
  readonly reference: Table[Name]['reference']
  /** The URL of the specification. */
  readonly url: string
  /** The state of the code in the IANA registry. */
  readonly registration: Table[Name]['registration'] & HttpStatusRegistration
}

/** The phrase of a row; by default, the name in title case. */
type PhraseIn<Name extends HttpStatusName> = Name extends HttpStatusName
  ? Table[Name]['phrase'] extends string
    ? Table[Name]['phrase']
    : PhraseOfName<Name>
  : never

/** The name that belongs to a code. */
type NameOf<Code extends HttpStatusCode> = {
  [Name in HttpStatusName]: Table[Name]['code'] extends Code ? Name : never
}[HttpStatusName]

/** The codes by canonical name. A named type, since an inline mapped type would lose the docs on hover. @inline */
type CanonicalCodes = { readonly [Name in keyof Table]: Table[Name]['code'] }

/** The codes by alias. @inline */
type AliasedCodes = { readonly [Alias in keyof Aliases]: Table[Aliases[Alias]]['code'] }

/** Look-ups for codes, registered or not. @inline */
interface HttpStatusMethods {
  /** The name of a code, as on a TypeScript enum: `HttpStatus[404]` is `'NOT_FOUND'`. */
  readonly [code: number]: string
  /** The metadata of a status, exactly typed. */
  of<Code extends HttpStatusCode>(code: Code): HttpStatusInfo<NameOf<Code>>
  /** The metadata of a status that is only known at run time; `undefined` for an unregistered code. */
  of(code: number): HttpStatusInfo | undefined
  /** The reason phrase of a code, exactly typed. */
  phrase<Code extends HttpStatusCode>(code: Code): HttpStatusInfo<NameOf<Code>>['phrase']
  /** The reason phrase of a code; `undefined` for an unregistered code. */
  phrase(code: number): string | undefined
  /** The meaning of a code, in one sentence. */
  description(code: HttpStatusCode): string
  /** The meaning of a code, in one sentence; `undefined` for an unregistered code. */
  description(code: number): string | undefined
  /** 100–199: an interim response, before the final one. RFC 9110, 15.2 */
  isInformational(code: number): boolean
  /** 200–299: the request was received, understood and accepted. RFC 9110, 15.3 */
  isSuccess(code: number): boolean
  /** 300–399: the client must take further action. RFC 9110, 15.4 */
  isRedirection(code: number): boolean
  /** 400–499: the request seems to be wrong. RFC 9110, 15.5 */
  isClientError(code: number): boolean
  /** 500–599: the server failed to fulfill the request. RFC 9110, 15.6 */
  isServerError(code: number): boolean
  /** All statuses in the order of their codes, each once. */
  [Symbol.iterator](): IterableIterator<HttpStatusInfo>
}

/**
 * The HTTP status codes by name, with their phrases, descriptions and specifications.
 *
 * Each member is a plain number of a literal type, so it can be used wherever a status code is expected: in a
 * `Response`, a `switch`, a decorator or a comparison. Each code is also a constant of its own in `http-failure/status`.
 *
 * @see https://www.iana.org/assignments/http-status-codes
 * @example
 * ```ts
 * HttpStatus.NOT_FOUND            // 404
 * HttpStatus.phrase(404)          // 'Not Found'
 * HttpStatus.of(404).reference    // 'RFC 9110, 15.5.5'
 * HttpStatus[404]                 // 'NOT_FOUND'
 * for (const { code, phrase } of HttpStatus) console.log(code, phrase)
 * ```
 */
export const HttpStatus: CanonicalCodes & AliasedCodes & HttpStatusMethods = /*@__PURE__*/ httpStatus()

/** Combines rows, aliases and methods. Only the canonical names are enumerable. */
function httpStatus() {
  const codes: Partial<Record<HttpStatusName, HttpStatusCode>> = {}
  const names: Record<number, HttpStatusName> = Object.create(null)
  const hidden: PropertyDescriptorMap = {}
  for (const name of Object.keys(statusTable) as HttpStatusName[]) {
    const { code } = statusTable[name]
    codes[name] = code
    names[code] = name
    hidden[code] = { value: name }
  }
  for (const [alias, name] of Object.entries(statusAliases)) hidden[alias] = { value: codes[name] }

  // Created on first use, since most programs never read it.
  const information: Record<number, HttpStatusInfo> = Object.create(null)
  const of = (code: number): HttpStatusInfo | undefined => {
    const name = names[code]
    return name && (information[code] ??= informationOf(name))
  }

  const methods = {
    of,
    phrase: (code: number) => of(code)?.phrase,
    description: (code: number) => of(code)?.description,
    isInformational: (code: number) => isOfClass(1, code),
    isSuccess: (code: number) => isOfClass(2, code),
    isRedirection: (code: number) => isOfClass(3, code),
    isClientError: (code: number) => isOfClass(4, code),
    isServerError: (code: number) => isOfClass(5, code),
    [Symbol.iterator]: () => Object.keys(names).map(Number).map(of).values(),
    [Symbol.toStringTag]: 'HttpStatus',
  }
  for (const key of Reflect.ownKeys(methods)) hidden[key] = { value: Reflect.get(methods, key) }

  return Object.freeze(Object.defineProperties(codes, hidden)) as typeof HttpStatus
}

function informationOf(name: HttpStatusName): HttpStatusInfo {
  const { code, phrase = phraseOfName(name), description, reference, registration } = statusTable[name]
  const url = specificationUrl(reference)
  return Object.freeze({ code, name, phrase, description, reference, url, registration }) as HttpStatusInfo
}

/** The first digit defines the class of a code, registered or not. RFC 9110, 15 */
function isOfClass(firstDigit: number, code: number): boolean {
  return Number.isInteger(code) && Math.floor(code / 100) === firstDigit
}
