import { type PhraseOfName, phraseOfName } from './phrase-of-name.js'
import { statusAliases } from './status-aliases.js'
import { type HttpStatusRegistration, specificationUrl } from './status-row.js'
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

/** A status code: what `HttpStatus.NOT_FOUND` is one of. */
export type HttpStatus = HttpStatusCode

/**
 * Everything there is to know about a status.
 *
 * @example const { phrase, description, url }: HttpStatusInfo = HttpStatus.of(404)
 */
export interface HttpStatusInfo<Name extends HttpStatusName = HttpStatusName> {
  /** The number on the wire, such as `404`. */
  readonly code: Table[Name]['code']
  /** The canonical name, such as `'NOT_FOUND'`. */
  readonly name: Name
  /** The reason phrase, such as `'Not Found'`. */
  readonly phrase: PhraseIn<Name>
  /** What the status means, in one sentence for someone who meets it for the first time. */
  readonly description: string
  /** Document and section, such as `'RFC 9110, 15.5.5'`. */
  readonly reference: Table[Name]['reference']
  /** Where the text of the specification is found. */
  readonly url: string
  /** What the IANA registry says of the code. */
  readonly registration: Table[Name]['registration'] & HttpStatusRegistration
}

/** The phrase that a row says, else that of its name. */
type PhraseIn<Name extends HttpStatusName> = Name extends HttpStatusName
  ? Table[Name]['phrase'] extends string
    ? Table[Name]['phrase']
    : PhraseOfName<Name>
  : never

/** The name that belongs to a code. */
type NameOf<Code extends HttpStatusCode> = {
  [Name in HttpStatusName]: Table[Name]['code'] extends Code ? Name : never
}[HttpStatusName]

/** The codes under their canonical names. Named, because hover docs would not survive an inline mapped type. @inline */
type CanonicalCodes = { readonly [Name in keyof Table]: Table[Name]['code'] }

/** The codes under the names that they have elsewhere. @inline */
type AliasedCodes = { readonly [Alias in keyof Aliases]: Table[Aliases[Alias]]['code'] }

/** What can be asked of a code, registered or not. @inline */
interface HttpStatusMethods {
  /** The name of a code, as on a TypeScript enum: `HttpStatus[404]` is `'NOT_FOUND'`. */
  readonly [code: number]: string | undefined
  /** Everything about a status, exactly typed. */
  of<Code extends HttpStatusCode>(code: Code): HttpStatusInfo<NameOf<Code>>
  /** Everything about a status that is known at run time only; `undefined` for a code that is not registered. */
  of(code: number): HttpStatusInfo | undefined
  /** The reason phrase of a code, exactly typed. */
  phrase<Code extends HttpStatusCode>(code: Code): HttpStatusInfo<NameOf<Code>>['phrase']
  /** The reason phrase of a code; `undefined` for one that is not registered. */
  phrase(code: number): string | undefined
  /** What a code means, in one sentence. */
  description(code: HttpStatusCode): string
  /** What a code means, in one sentence; `undefined` for one that is not registered. */
  description(code: number): string | undefined
  /** 100–199: an interim answer, the final one is still to come. RFC 9110, 15.2 */
  isInformational(code: number): boolean
  /** 200–299: received, understood and accepted. RFC 9110, 15.3 */
  isSuccess(code: number): boolean
  /** 300–399: the client has to do something more. RFC 9110, 15.4 */
  isRedirection(code: number): boolean
  /** 400–499: the client seems to be at fault. RFC 9110, 15.5 */
  isClientError(code: number): boolean
  /** 500–599: the server knows that it is at fault. RFC 9110, 15.6 */
  isServerError(code: number): boolean
  /** All statuses in the order of their codes, each once. */
  [Symbol.iterator](): IterableIterator<HttpStatusInfo>
}

/**
 * The HTTP status codes by name, with their phrases, descriptions and specifications.
 *
 * A member is a plain number of a literal type, so it goes wherever a status goes: into a `Response`, a
 * `switch`, a decorator, a comparison.
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

/** Puts the rows, the aliases and the methods together. Only the canonical names are enumerable. */
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

  // Made when asked for, since most programs start without a question.
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

/** A code belongs to a class by its first digit, registered or not. RFC 9110, 15 */
function isOfClass(firstDigit: number, code: number): boolean {
  return Number.isInteger(code) && Math.floor(code / 100) === firstDigit
}
