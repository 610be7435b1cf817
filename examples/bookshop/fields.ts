import { type FieldError, InvalidFields, InvalidIsbn } from './failures.js'
import { type Isbn, readIsbn } from './isbn.js'
import { isPlainText } from './plain-text.js'

/**
 * Reads the members of a JSON body one by one, collects what is wrong with them, and throws it all at once.
 *
 * @example
 * ```ts
 * readFields(body, (fields) => ({ isbn: fields.isbn('isbn'), copies: fields.integer('copies', 1, 100) }))
 * ```
 * @throws InvalidFields when a member is missing or is not what it should be
 */
export function readFields<Read>(body: unknown, read: (fields: Fields) => Read): Read {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InvalidFields([{ detail: 'Expected a JSON object.', pointer: '#' }])
  }
  const errors: FieldError[] = []
  const result = read(new Fields(body, errors))
  if (errors.length > 0) throw new InvalidFields(errors)
  return result
}

/** The members of a body. What a method returns for an invalid member is never used. */
class Fields {
  constructor(
    private readonly body: object,
    private readonly errors: FieldError[],
  ) {}

  isbn(name: string): Isbn {
    try {
      return readIsbn(this.member(name))
    } catch (error) {
      if (!(error instanceof InvalidIsbn)) throw error
      this.refuse(name, error.message)
      return '' as Isbn
    }
  }

  text(name: string, maxLength: number): string {
    const value = this.member(name)
    if (isPlainText(value, maxLength)) return value
    this.refuse(name, `Expected a text of 1 to ${maxLength} characters, without control characters.`)
    return ''
  }

  integer(name: string, min: number, max: number): number {
    const value = this.member(name)
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
    this.refuse(name, `Expected an integer from ${min} to ${max}.`)
    return min
  }

  private member(name: string): unknown {
    return Object.hasOwn(this.body, name) ? Reflect.get(this.body, name) : undefined
  }

  private refuse(name: string, detail: string): void {
    this.errors.push({ detail, pointer: `#/${name}` })
  }
}
