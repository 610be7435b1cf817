import { BadGateway, Conflict, Extension, NotFound, type ProblemType } from '../../src/index.js'

// Failure classes that a server and its client share.

export class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = {
    type: 'https://bookshop.example/problems/out-of-stock',
    title: 'Out of stock',
    code: 'OUT_OF_STOCK',
  }
  @Extension() readonly isbn: string
  readonly warehouse = 'secret'

  constructor(isbn: string) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}

export class NoSuchShelf extends NotFound {
  static override readonly problem: ProblemType = { type: 'no-such-shelf' }
  readonly #shelf = { number: 7 }
  @Extension() get shelfNumber(): number {
    return this.#shelf.number
  }
}

export class StockUnknown extends BadGateway {
  static override readonly problem: ProblemType = { type: '/problems/stock-unknown' }
  @Extension() readonly retry = true
}
