import { InvalidIsbn } from './failures.js'

/** An ISBN-13, known to be valid, as its thirteen digits. */
export type Isbn = string & { readonly isbn: unique symbol }

/** Reads an ISBN-13, with or without hyphens. */
export function readIsbn(value: unknown): Isbn {
  if (typeof value !== 'string') throw new InvalidIsbn('Expected an ISBN-13 as a string.')
  const digits = value.replaceAll(/(?<=\d)[- ](?=\d)/g, '')
  if (!/^97[89]\d{10}$/.test(digits)) {
    throw new InvalidIsbn('Expected an ISBN-13: 13 digits that begin with 978 or 979, with or without hyphens.')
  }
  const expected = checkDigit(digits)
  if (!digits.endsWith(expected)) {
    throw new InvalidIsbn(`The last digit of ${digits} does not match the others: expected ${expected}.`)
  }
  return digits as Isbn
}

/** Weighs the first twelve digits 1 and 3 by turns, and completes their sum to a multiple of ten. ISO 2108 */
function checkDigit(digits: string): string {
  const sum = [...digits.slice(0, 12)].reduce((total, digit, index) => total + Number(digit) * (index % 2 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}
