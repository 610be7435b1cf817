import { isError } from './is-error.js'
import { STANDARD_MEMBERS, setMember } from './problem-details.js'
import { memberOf } from './unknown-values.js'
import { wellFormed } from './well-formed.js'

/**
 * Serializes a document to JSON. Throws only if the result is too long for a string of the engine (about 512 MB).
 *
 * Values that JSON does not have become strings where they have a string form, and are left out otherwise:
 *
 * | value | JSON |
 * |---|---|
 * | `bigint`, `NaN`, `Infinity` | a string |
 * | `symbol`, function, `undefined` | left out; `null` in an array |
 * | `Date`, `URL`, anything with `toJSON()` | the result of `toJSON()`, converted in turn |
 * | `Map` | an object with its keys as strings |
 * | `Set`, typed array | an array |
 * | `Error` | left out, since its message was written for a log; a `Failure` becomes its problem details |
 * | reference to an ancestor | left out |
 * | getter, `toJSON()` or proxy that throws | left out |
 * | nested deeper than 100 levels | left out |
 * | after 100,000 values, or 100 million characters, in objects and arrays | left out |
 * | lone surrogate in a string or a name | U+FFFD; of several members whose names become equal, one is sent |
 */
export function toJson(document: object): string {
  const names = Object.keys(document)
  let json = '{'
  let copy: PlainCopy | undefined
  let sentNames: Set<string> | undefined
  // Objects list integer-like names such as `404` first, before the type; in the document they come last.
  for (const name of names[0] === 'type' ? names : integersLast(names)) {
    const value: unknown = (document as Readonly<Record<string, unknown>>)[name]
    const isFirst = json === '{'
    let start = (isFirst ? FIRST : NEXT).get(name)
    if (start === undefined) {
      const sent = wellFormed(name)
      if (sent !== name) {
        // RFC 7493, 2.3: a name occurs once.
        sentNames ??= new Set(names)
        if (sentNames.has(sent)) continue
        sentNames.add(sent)
      }
      start = `${isFirst ? '' : ','}${JSON.stringify(sent)}:`
    }
    // Most values are strings without escapes and integers. For these, `JSON.stringify` takes three times as long.
    if (typeof value === 'string' && !NEEDS_ESCAPES.test(value)) json += `${start}"${value}"`
    else if (Number.isInteger(value)) json += start + String(value)
    else {
      const text = JSON.stringify((copy ??= new PlainCopy(document)).of(value))
      if (text !== undefined) json += start + text
    }
  }
  return `${json}}`
}

/** The names of the standard members in JSON; converting them would take a third of the time. */
const FIRST = /*@__PURE__*/ new Map([...STANDARD_MEMBERS].map((name) => [name, `"${name}":`]))
const NEXT = /*@__PURE__*/ new Map([...STANDARD_MEMBERS].map((name) => [name, `,"${name}":`]))

/** Quotes, backslashes, control characters and surrogates. RFC 8259, 7 and 8.2 */
const NEEDS_ESCAPES = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

function integersLast(names: readonly string[]): string[] {
  return [...names.filter((name) => !INTEGER.test(name)), ...names.filter((name) => INTEGER.test(name))]
}

const INTEGER = /^(?:0|[1-9]\d*)$/

const MAX_DEPTH = 100
const MAX_VALUES = 100_000

/** A long string counts as several values, since the same one may be sent many times. In total, 100 million characters. */
const CHARACTERS_OF_A_VALUE = 1000

/** Creates copies that `JSON.stringify` accepts unchanged; `undefined` marks a value that is left out. */
class PlainCopy {
  /** Counts the values of the copy, since values may be shared and getters may create new ones endlessly. */
  #left = MAX_VALUES
  readonly #document: object

  constructor(document: object) {
    this.#document = document
  }

  /** A copy of the value of a member; `undefined` if it is left out. */
  of(value: unknown): unknown {
    return this.#left > 0 ? this.#value(value, [this.#document]) : undefined
  }

  #value(value: unknown, ancestors: readonly object[]): unknown {
    this.#left -= 1
    if (typeof value === 'object') return value === null ? null : this.#object(value, ancestors)
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
    if (typeof value === 'bigint') return String(value)
    if (typeof value === 'string') {
      this.#left -= Math.floor(value.length / CHARACTERS_OF_A_VALUE)
      return wellFormed(value)
    }
    return typeof value === 'boolean' ? value : undefined
  }

  /** Any access to an object may throw: it may be a proxy or have getters. */
  #object(value: object, ancestors: readonly object[]): unknown {
    if (ancestors.length > MAX_DEPTH || ancestors.includes(value)) return undefined
    try {
      return this.#content(value, [...ancestors, value])
    } catch {
      return undefined
    }
  }

  #content(value: object, within: readonly object[]): unknown {
    if (Array.isArray(value) || isTypedArray(value)) return this.#items(value, within)
    if (value instanceof Set) return this.#elements(value, within)
    if (value instanceof Map) return this.#entries(value, within)
    if (isError(value) && !('toProblem' in value)) return undefined
    if ('toJSON' in value && typeof value.toJSON === 'function') return this.#value(value.toJSON(), within)
    return isBoxed(value) ? this.#value(value.valueOf(), within) : this.#members(value, Object.keys(value), within)
  }

  /** By index, since an array may have holes or an endless iterator. */
  #items(items: ArrayLike<unknown>, within: readonly object[]): unknown[] {
    const copies: unknown[] = []
    for (let index = 0; index < items.length && this.#left > 0; index++) {
      copies.push(this.#value(memberOf(items, index), within) ?? null)
    }
    return copies
  }

  /** The iterator of a subclass may be endless. */
  #elements(set: ReadonlySet<unknown>, within: readonly object[]): unknown[] {
    const copies: unknown[] = []
    for (const element of set) {
      if (this.#left <= 0) break
      copies.push(this.#value(element, within) ?? null)
    }
    return copies
  }

  #entries(map: ReadonlyMap<unknown, unknown>, within: readonly object[]): object {
    const members = {}
    for (const [key, value] of map) {
      if (this.#left <= 0) break
      const name = nameOf(key)
      const copy = this.#value(value, within)
      if (name !== undefined) setMember(members, wellFormed(name), copy)
    }
    return members
  }

  #members(value: object, names: readonly string[], within: readonly object[]): object {
    const members = {}
    for (const name of names) {
      if (this.#left > 0) setMember(members, wellFormed(name), this.#value(memberOf(value, name), within))
    }
    return members
  }
}

/** Converting an object to a string may throw. */
function nameOf(key: unknown): string | undefined {
  try {
    return String(key)
  } catch {
    return undefined
  }
}

function isTypedArray(value: object): value is Uint8Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}

function isBoxed(value: object): boolean {
  return value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof BigInt
}
