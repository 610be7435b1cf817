import {
  Conflict,
  type FailureClass,
  failureClass,
  HttpStatus,
  MethodNotAllowed,
  type NotFound,
  type ProblemType,
} from '../../src/index.js'
import { NOT_FOUND } from '../../src/status/index.js'

// Each comment after @ts-expect-error is part of the compiler's message.

declare const number: number

// static problem

class Unavailable extends Conflict {
  static override readonly problem: ProblemType = { type: '/unavailable', title: 'Unavailable', code: 'UNAVAILABLE' }
}

class OutOfStock extends Unavailable {
  static override readonly problem: ProblemType = { code: 'OUT_OF_STOCK' }
}

class Misspelled extends Conflict {
  // @ts-expect-error 'titel' does not exist in type 'ProblemType'
  static override readonly problem: ProblemType = { titel: 'Unavailable' }
}

class WronglyTyped extends Conflict {
  // @ts-expect-error Type 'number' is not assignable to type 'string'
  static override readonly problem: ProblemType = { code: 7 }
}

class Unannotated extends Conflict {
  static override readonly problem = { code: 'UNAVAILABLE' }
}

// @ts-expect-error incorrectly extends base class static side
class PartOfUnannotated extends Unannotated {
  static override readonly problem = { title: 'Unavailable' }
}

// Accessors

class Lent extends Unavailable {
  override get title() {
    return `Lent (${this.detail})`
  }
}

class Field extends Conflict {
  // @ts-expect-error 'title' is defined as an accessor in class
  override title = 'Unavailable'
}

// Classes and constants by status

class ClientClosed extends failureClass(499) {
  static override readonly problem: ProblemType = { title: 'Client closed request' }
  static override stackTraces = 'none' as const
}

const notFound: typeof NotFound = failureClass(404)
const unregistered: FailureClass = failureClass(499)
const unknown: FailureClass = failureClass(number)
;new (failureClass(405))({ allow: ['GET', 'QUERY'] })
// @ts-expect-error A 405 must list the allowed methods
;new (failureClass(405))()
const code: 404 = NOT_FOUND
const same: typeof HttpStatus.NOT_FOUND = NOT_FOUND
// @ts-expect-error Type '404' is not assignable to type '405'
const wrong: 405 = NOT_FOUND

export const used = [
  OutOfStock,
  Misspelled,
  WronglyTyped,
  PartOfUnannotated,
  Lent,
  Field,
  MethodNotAllowed,
  ClientClosed,
]
export const constants = [notFound, unregistered, unknown, code, same, wrong]
