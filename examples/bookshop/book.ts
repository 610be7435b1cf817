import { readFields } from './fields.js'
import type { Isbn } from './isbn.js'

/** A title of the catalogue, with the copies that are left. */
export interface Book {
  readonly isbn: Isbn
  readonly title: string
  readonly author: string
  readonly year: number
  readonly priceInCents: number
  readonly copies: number
}

/** Reads the body of a request that adds a book. */
export function readBook(body: unknown): Book {
  return readFields(body, (fields) => ({
    isbn: fields.isbn('isbn'),
    title: fields.text('title', 200),
    author: fields.text('author', 200),
    year: fields.integer('year', 1450, 2100),
    priceInCents: fields.integer('priceInCents', 0, 1_000_000),
    copies: fields.integer('copies', 0, 10_000),
  }))
}
