import { z } from 'zod'
import { CatchingFailure, HttpStatus, NotFound, readJson } from '../src/index.js'
import { OutOfStock } from './out-of-stock.js'

const Order = z.object({ isbn: z.string() }) // or any other Standard Schema

export class Orders {
  readonly copies = new Map<string, number>()

  @CatchingFailure()
  async place(request: Request): Promise<Response> {
    const { isbn } = await readJson(request, Order)
    const copies = this.copies.get(isbn)
    if (copies === undefined) throw new NotFound(`There is no book ${isbn}.`)
    if (copies === 0) throw new OutOfStock(isbn)
    this.copies.set(isbn, copies - 1)
    return Response.json({ isbn }, { status: HttpStatus.CREATED })
  }
}
