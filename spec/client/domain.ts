import { BadGateway, Conflict, Extension, NotFound } from '../../src/index.js'

// The failures of a domain that a server and a client share.

export class OutOfStock extends Conflict {
  override get type() {
    return 'https://bookshop.example/problems/out-of-stock'
  }
  override get title() {
    return 'Out of stock'
  }
  override get code() {
    return 'OUT_OF_STOCK'
  }
  @Extension() readonly isbn: string
  readonly warehouse = 'secret'

  constructor(isbn: string) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}

export class NoSuchShelf extends NotFound {
  override get type() {
    return 'no-such-shelf'
  }
  readonly #shelf = { number: 7 }
  @Extension() get shelfNumber(): number {
    return this.#shelf.number
  }
}

export class StockUnknown extends BadGateway {
  override get type() {
    return '/problems/stock-unknown'
  }
  @Extension() readonly retry = true
}
