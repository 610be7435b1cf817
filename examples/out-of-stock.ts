import { z } from 'zod'
import { CatchingFailure, Conflict, Extension, HttpStatus, NotFound, readJson } from '../src/index.js'

const Order = z.object({ isbn: z.string() })        // any Standard Schema will do

export class OutOfStock extends Conflict {
  override get type() { return 'https://bookshop.example/problems/out-of-stock' }
  override get title() { return 'Out of stock' }
  @Extension() readonly isbn: string
  constructor(isbn: string) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}

export class Orders {
  readonly copies = new Map([['978-0131103627', 0], ['978-0201633610', 1]])

  @CatchingFailure()
  async order(request: Request): Promise<Response> {
    const { isbn } = await readJson(request, Order)
    const copies = this.copies.get(isbn)
    if (copies === undefined) throw new NotFound(`There is no book ${isbn}.`)
    if (copies === 0) throw new OutOfStock(isbn)
    this.copies.set(isbn, copies - 1)
    return Response.json({ isbn }, { status: HttpStatus.CREATED })
  }
}
