import { memberOf } from './foreign-values.js'
import { isError } from './is-error.js'
import { ABOUT_BLANK, setMember } from './problem-details.js'

/**
 * Serialises a document to JSON and cannot fail.
 *
 * What JSON has no place for is shown as a string where it has a text of its own, and left out where it has none:
 *
 * | value | in the document |
 * |---|---|
 * | `bigint`, `NaN`, `Infinity` | a string |
 * | `symbol`, function, `undefined` | left out; `null` in an array |
 * | `Date`, `URL`, whatever has a `toJSON` | what `toJSON` returns, made plain in turn |
 * | `Map` | an object, its keys as strings |
 * | `Set`, typed array | an array |
 * | `Error` | left out, for its message was written for a log; a `Failure` is its problem document |
 * | reference to an ancestor | left out |
 * | getter, `toJSON` or proxy that throws | left out |
 * | nested deeper than 100 levels | left out |
 * | beyond 100 000 values in all | left out |
 */
export function toJson(document: object): string {
  return jsonOfStandardMembers(document) ?? jsonOf(document)
}

/**
 * A document of the standard members alone, which most are: put together by hand it takes half the time.
 * `undefined` for any other.
 */
function jsonOfStandardMembers(document: object): string | undefined {
  const names = Object.keys(document)
  if (!names.every((name, index) => name === MEMBERS[index])) return undefined
  const { type, title, status, detail } = document as Readonly<Record<string, unknown>>
  if (typeof type !== 'string' || typeof title !== 'string' || !Number.isInteger(status)) return undefined
  const head = `{"type":"${type === ABOUT_BLANK ? type : escaped(type)}","title":"${escaped(title)}","status":${status}`
  if (names.length < MEMBERS.length) return `${head}}`
  return typeof detail === 'string' ? `${head},"detail":"${escaped(detail)}"}` : undefined
}

const MEMBERS = ['type', 'title', 'status', 'detail']

/** As it stands within the quotes. */
function escaped(text: string): string {
  return NEEDS_ESCAPES.test(text) ? JSON.stringify(text).slice(1, -1) : text
}

/** Quotes, backslashes, control characters and halves of characters. RFC 8259, 7 and 8.2 */
const NEEDS_ESCAPES = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

function jsonOf(document: object): string {
  // Nearly every document is flat, and then needs no copy.
  const plain = isFlat(document) ? document : new PlainCopy().of(document)
  const names = Object.keys(plain)
  // Such names come first, so that one look is enough.
  return isIndex(names[0]) ? inOrder(plain, names) : JSON.stringify(plain)
}

const MAX_DEPTH = 100
const MAX_VALUES = 100_000

function isFlat(document: object): boolean {
  return Object.values(document).every((value) => typeof value === 'string' || Number.isFinite(value))
}

/** An object lists names like `404` before all others, so that these have to be put behind them by hand. */
function inOrder(document: object, names: readonly string[]): string {
  const members = [...names.filter((name) => !isIndex(name)), ...names.filter(isIndex)]
    .map((name) => [JSON.stringify(name), JSON.stringify(Reflect.get(document, name))])
    .filter(([, value]) => value !== undefined)
  return `{${members.map(([name, value]) => `${name}:${value}`).join(',')}}`
}

function isIndex(name = ''): boolean {
  return /^(0|[1-9]\d*)$/.test(name)
}

/** Makes copies that `JSON.stringify` takes as they are; `undefined` stands for what is left out. */
class PlainCopy {
  /** Values may be shared, and getters may make new ones for ever: what counts is how many there are in the copy. */
  #left = MAX_VALUES

  of(document: object): object {
    return this.#members(document, Object.keys(document), [document])
  }

  #value(value: unknown, ancestors: readonly object[]): unknown {
    this.#left -= 1
    if (typeof value === 'object') return value === null ? null : this.#object(value, ancestors)
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
    if (typeof value === 'bigint') return String(value)
    return typeof value === 'string' || typeof value === 'boolean' ? value : undefined
  }

  /** Whatever is asked of an object may throw, if it is a proxy or has getters. */
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
    if (value instanceof Set) return this.#items([...value], within)
    if (value instanceof Map) return this.#entries(value, within)
    if (isError(value) && !('toProblem' in value)) return undefined
    if ('toJSON' in value && typeof value.toJSON === 'function') return this.#value(value.toJSON(), within)
    return isBoxed(value) ? this.#value(value.valueOf(), within) : this.#members(value, Object.keys(value), within)
  }

  /** By index, since an array may have an iterator that never ends, and holes. */
  #items(items: ArrayLike<unknown>, within: readonly object[]): unknown[] {
    const copies: unknown[] = []
    for (let index = 0; index < items.length && this.#left > 0; index++) {
      copies.push(this.#value(memberOf(items, index), within) ?? null)
    }
    return copies
  }

  #entries(map: ReadonlyMap<unknown, unknown>, within: readonly object[]): object {
    const members = {}
    for (const [key, value] of map) {
      const name = nameOf(key)
      if (name !== undefined && this.#left > 0) setMember(members, name, this.#value(value, within))
    }
    return members
  }

  #members(value: object, names: readonly string[], within: readonly object[]): object {
    const members = {}
    for (const name of names) {
      if (this.#left > 0) setMember(members, name, this.#value(memberOf(value, name), within))
    }
    return members
  }
}

/** An object need not have a text. */
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
