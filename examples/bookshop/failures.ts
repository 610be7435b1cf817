import { BadRequest, Conflict, Extension, NotFound } from '../../src/index.js'

// What can go wrong in a bookshop. Each class says what kind of problem it is; each `new` says what happened this time.

/** Where the kinds of problems are explained to the people who write clients. */
const PROBLEMS = 'https://bookshop.example/problems'

/** What was given as an ISBN cannot be one. */
export class InvalidIsbn extends BadRequest {
  override get type() {
    return `${PROBLEMS}/invalid-isbn`
  }

  override get title() {
    return 'Invalid ISBN'
  }
}

/** It is an ISBN, but not one that the shop knows. */
export class UnknownBook extends NotFound {
  override get type() {
    return `${PROBLEMS}/unknown-book`
  }

  override get title() {
    return 'Unknown book'
  }

  @Extension() readonly isbn: string

  constructor(isbn: string) {
    super(`There is no book ${isbn} in this shop.`)
    this.isbn = isbn
  }
}

/** There is no such order. */
export class UnknownOrder extends NotFound {
  override get type() {
    return `${PROBLEMS}/unknown-order`
  }

  override get title() {
    return 'Unknown order'
  }
}

/** There are fewer copies left than the customer wants. */
export class OutOfStock extends Conflict {
  override get type() {
    return `${PROBLEMS}/out-of-stock`
  }

  override get title() {
    return 'Out of stock'
  }

  @Extension() readonly isbn: string
  @Extension() readonly copiesLeft: number

  constructor(isbn: string, copiesLeft: number) {
    super(
      copiesLeft === 0 ? `No copy of ${isbn} is left.` : `There are not enough copies of ${isbn}: ${copiesLeft} left.`,
    )
    this.isbn = isbn
    this.copiesLeft = copiesLeft
  }
}
