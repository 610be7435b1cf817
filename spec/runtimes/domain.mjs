import { Conflict, Extension } from 'http-failure'

/** A failure of a domain, without decorator syntax, which no runtime supports. */
export class OutOfStock extends Conflict {
  static problem = {
    type: 'https://bookshop.example/problems/out-of-stock',
    title: 'Out of stock',
    code: 'OUT_OF_STOCK',
  }

  constructor(isbn, options) {
    super(`No copy of ${isbn} is left.`, options)
    this.isbn = isbn
    this.shelf = 'unmarked'
  }
}

Extension()(OutOfStock.prototype, 'isbn')
