import { PGlite, type Transaction } from '@electric-sql/pglite'
import { Injectable } from '@nestjs/common'
import { OutOfStock, UnknownBook, UnknownOrder } from './failures.js'
import type { Isbn } from './isbn.js'
import type { NewOrder, Order, OrderItem, SoldItem } from './order.js'

/** The orders in the database. */
@Injectable()
export class OrdersRepository {
  constructor(private readonly database: PGlite) {}

  /** Takes the copies of all items and creates the order in one transaction: all of it or nothing. */
  place({ items }: NewOrder): Promise<Order> {
    return this.database.transaction(async (transaction) => {
      const sold: SoldItem[] = []
      // Sorted by ISBN: transactions that lock the same books in different order would deadlock.
      for (const item of items.toSorted(byIsbn)) sold.push(await takeCopies(transaction, item))
      return insert(transaction, sold)
    })
  }

  async get(id: string): Promise<Order> {
    const { rows } = await this.database.query<Order>(`select ${COLUMNS} from orders where id = $1`, [id])
    if (rows[0] === undefined) throw new UnknownOrder(`There is no order ${id}.`)
    return rows[0]
  }
}

const COLUMNS = 'id, items, total_in_cents as "totalInCents"'

function byIsbn(one: OrderItem, other: OrderItem): number {
  return Number(one.isbn) - Number(other.isbn)
}

/** Checks and takes the copies in one statement, so that two customers cannot both buy the last copy. */
async function takeCopies(transaction: Transaction, { isbn, copies }: OrderItem): Promise<SoldItem> {
  const { rows } = await transaction.query<Pick<SoldItem, 'title' | 'priceInCents'>>(
    `update books set copies = copies - $2 where isbn = $1 and copies >= $2
     returning title, price_in_cents as "priceInCents"`,
    [isbn, copies],
  )
  if (rows[0] === undefined) throw new OutOfStock(isbn, await copiesLeft(transaction, isbn))
  return { isbn, copies, ...rows[0] }
}

async function copiesLeft(transaction: Transaction, isbn: Isbn): Promise<number> {
  const { rows } = await transaction.query<{ copies: number }>('select copies from books where isbn = $1', [isbn])
  if (rows[0] === undefined) throw new UnknownBook(isbn)
  return rows[0].copies
}

async function insert(transaction: Transaction, items: readonly SoldItem[]): Promise<Order> {
  const total = items.reduce((sum, { copies, priceInCents }) => sum + copies * priceInCents, 0)
  const { rows } = await transaction.query<Order>(
    `insert into orders (items, total_in_cents) values ($1, $2) returning ${COLUMNS}`,
    [items, total],
  )
  return rows[0] as Order
}
