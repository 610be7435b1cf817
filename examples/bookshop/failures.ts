import { BadRequest, Conflict, Extension, NotFound, type ProblemType } from '../../src/index.js'

// The problem types of the bookshop. The class defines the problem type, and `new` adds the details of the occurrence.

/** The base of the URLs at which the problem types are documented. */
const PROBLEMS = 'https://bookshop.example/problems'

/** The given value is not an ISBN. */
export class InvalidIsbn extends BadRequest {
  static override readonly problem: ProblemType = { type: `${PROBLEMS}/invalid-isbn`, title: 'Invalid ISBN' }
}

/** The ISBN is valid, but not in the catalog. */
export class UnknownBook extends NotFound {
  static override readonly problem: ProblemType = { type: `${PROBLEMS}/unknown-book`, title: 'Unknown book' }

  @Extension() readonly isbn: string

  constructor(isbn: string) {
    super(`There is no book ${isbn} in this shop.`)
    this.isbn = isbn
  }
}

/** There is no order with this id. */
export class UnknownOrder extends NotFound {
  static override readonly problem: ProblemType = { type: `${PROBLEMS}/unknown-order`, title: 'Unknown order' }
}

/** Fewer copies are left than were ordered. */
export class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = { type: `${PROBLEMS}/out-of-stock`, title: 'Out of stock' }

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
