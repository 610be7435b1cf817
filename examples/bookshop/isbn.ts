import { InvalidIsbn } from './failures.js'

/** A valid ISBN-13: thirteen digits. */
export type Isbn = string & { readonly isbn: unique symbol }

/** Parses an ISBN-13, with or without hyphens. */
export function readIsbn(value: unknown): Isbn {
  const digits = withoutHyphens(value)
  const fault = faultOf(digits)
  if (fault !== undefined) throw new InvalidIsbn(fault)
  return digits as Isbn
}

/** Removes the hyphens and spaces between digits. Other values are returned unchanged. */
export function withoutHyphens(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll(/(?<=\d)[- ](?=\d)/g, '') : value
}

/** Describes why a value is not an ISBN-13, or returns `undefined` if it is one. */
export function faultOf(digits: unknown): string | undefined {
  if (typeof digits !== 'string') return 'Expected an ISBN-13 as a string.'
  if (!/^97[89]\d{10}$/.test(digits)) {
    return 'Expected an ISBN-13: 13 digits that start with 978 or 979, with or without hyphens.'
  }
  const expected = checkDigit(digits)
  if (digits.endsWith(expected)) return undefined
  return `The last digit of ${digits} does not match the others: expected ${expected}.`
}

/** Weights the first twelve digits alternately by 1 and 3, and completes their sum to a multiple of ten (ISO 2108). */
function checkDigit(digits: string): string {
  const sum = [...digits.slice(0, 12)].reduce((total, digit, index) => total + Number(digit) * (index % 2 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}
