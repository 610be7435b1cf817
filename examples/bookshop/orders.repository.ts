import { PGlite, type Transaction } from '@electric-sql/pglite'
import { Injectable } from '@nestjs/common'
import { OutOfStock, UnknownBook, UnknownOrder } from './failures.js'
import type { Isbn } from './isbn.js'
import type { NewOrder, Order } from './order.js'

/** The orders in the database. */
@Injectable()
export class OrdersRepository {
  constructor(private readonly database: PGlite) {}

  /** Takes the copies and books the order, or does nothing of the two. */
  place(order: NewOrder): Promise<Order> {
    return this.database.transaction(async (transaction) => {
      const priceInCents = await takeCopies(transaction, order)
      return insert(transaction, order, order.copies * priceInCents)
    })
  }

  async get(id: string): Promise<Order> {
    const { rows } = await this.database.query<Order>(`select ${COLUMNS} from orders where id = $1`, [id])
    if (rows[0] === undefined) throw new UnknownOrder(`There is no order ${id}.`)
    return rows[0]
  }
}

const COLUMNS = 'id, isbn, copies, total_in_cents as "totalInCents"'

/** One statement asks and takes, so that two customers cannot both find the last copy. Returns the price of a copy. */
async function takeCopies(transaction: Transaction, { isbn, copies }: NewOrder): Promise<number> {
  const { rows } = await transaction.query<{ price: number }>(
    'update books set copies = copies - $2 where isbn = $1 and copies >= $2 returning price_in_cents as price',
    [isbn, copies],
  )
  if (rows[0] === undefined) throw new OutOfStock(isbn, await copiesLeft(transaction, isbn))
  return rows[0].price
}

async function copiesLeft(transaction: Transaction, isbn: Isbn): Promise<number> {
  const { rows } = await transaction.query<{ copies: number }>('select copies from books where isbn = $1', [isbn])
  if (rows[0] === undefined) throw new UnknownBook(isbn)
  return rows[0].copies
}

async function insert(transaction: Transaction, { isbn, copies }: NewOrder, totalInCents: number): Promise<Order> {
  const { rows } = await transaction.query<Order>(
    `insert into orders (isbn, copies, total_in_cents) values ($1, $2, $3) returning ${COLUMNS}`,
    [isbn, copies, totalInCents],
  )
  return rows[0] as Order
}
