import { Conflict, Extension } from 'http-failure'

/** A failure of a domain, without the syntax of decorators, which no runtime knows by itself. */
export class OutOfStock extends Conflict {
  constructor(isbn, options) {
    super(`No copy of ${isbn} is left.`, options)
    this.isbn = isbn
    this.shelf = 'unmarked'
  }
  get type() {
    return 'https://bookshop.example/problems/out-of-stock'
  }
  get title() {
    return 'Out of stock'
  }
  get code() {
    return 'OUT_OF_STOCK'
  }
}

Extension()(OutOfStock.prototype, 'isbn')
