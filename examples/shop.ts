// The bookshop that express.ts, fastify.ts, koa.ts and hono.ts serve. It knows nothing of HTTP frameworks.

import { z } from 'zod'
import {
  Conflict,
  Extension,
  type FailureResponderOptions,
  NotFound,
  type ProblemType,
  Unauthorized,
  validationFailure,
} from '../src/index.js'
import { byAccept, html, problemJson, text } from '../src/representations/index.js'

/** The policy of each server: JSON for programs, a page for browsers, plain text for terminals. */
export const policy: FailureResponderOptions = {
  typeBase: 'https://bookshop.example/problems/',
  represent: byAccept(problemJson, html, text),
}

/** A failure of the domain: the class defines the problem type, and `new` adds the details of the occurrence. */
export class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = { type: 'out-of-stock', title: 'Out of stock' }

  @Extension() readonly isbn: string

  constructor(isbn: string) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}

const Order = z.object({ isbn: z.string() })

/** The copies of each book. */
export class Shop {
  private readonly copies = new Map([
    ['9780131103627', 3],
    ['9780441478125', 0],
  ])

  list(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.copies)
  }

  show(isbn: string): { readonly isbn: string; readonly copies: number } {
    const copies = this.copies.get(isbn)
    if (copies === undefined) throw new NotFound(`There is no book ${isbn}.`)
    return { isbn, copies }
  }

  /** Takes a copy, for an order from the body of a request. */
  order(body: unknown): { readonly isbn: string } {
    const order = Order.safeParse(body)
    if (!order.success) throw validationFailure(order.error.issues)
    const { isbn, copies } = this.show(order.data.isbn)
    if (copies === 0) throw new OutOfStock(isbn)
    this.copies.set(isbn, copies - 1)
    return { isbn }
  }

  /** The discounts for members, who send a token. */
  offers(authorization: string | undefined): Readonly<Record<string, string>> {
    if (authorization !== 'Bearer reading-lamp') {
      throw new Unauthorized('For members only.', { challenge: 'Bearer realm="members"' })
    }
    return { '9780131103627': '20% off' }
  }

  /** A bug, whose message is logged, but not sent. */
  report(): never {
    throw new Error('Cannot read postgres://reports:correct-horse@warehouse.internal/sales')
  }
}
