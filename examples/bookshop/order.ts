import { readFields } from './fields.js'
import type { Isbn } from './isbn.js'

/** What a customer wants. */
export interface NewOrder {
  readonly isbn: Isbn
  readonly copies: number
}

/** What a customer gets. */
export interface Order extends NewOrder {
  readonly id: string
  readonly totalInCents: number
}

/** Reads the body of a request that orders copies of a book. */
export function readNewOrder(body: unknown): NewOrder {
  return readFields(body, (fields) => ({
    isbn: fields.isbn('isbn'),
    copies: fields.integer('copies', 1, 10_000),
  }))
}
