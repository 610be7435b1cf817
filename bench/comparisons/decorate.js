import { CatchingFailure } from 'http-failure'
import { atMost } from '../goal.js'
import { freshCode } from '../interleaved/fresh-code.js'

// The overhead of `@CatchingFailure()` for a method that does not throw.

const ISBNS = ['978-0321563842', '978-0201633610', '978-0262510875', '978-1449373320']

const books = new Map(ISBNS.map((isbn) => [isbn, { isbn, title: 'A book', copies: 3 }]))

const ONE = `class Books {
  find(isbn) {
    return books.get(isbn)
  }
  async findLater(isbn) {
    return books.get(isbn)
  }
}`

const NAMES = Array.from({ length: 32 }, (_, index) => `find${index}`)
const SAME_SHAPE = `class Books { ${NAMES.map((name) => `${name}(copies) { return { copies } }`).join('\n')} }`
const DIFFERENT_SHAPES = `class Books { ${NAMES.map((name) => `${name}(copies) { return { ${name}: copies } }`).join('\n')} }`

/** Three copies of the same class: one decorated, and two undecorated ones, of which the second is the control. */
function threeCopies(Books, names, call) {
  const callOf = (instance) => freshCode(`(time) => ${call}`, { ISBNS, books: instance })
  return {
    subject: callOf(new (decorated(freshCode(Books, { books }), names))()),
    peer: callOf(new (freshCode(Books, { books }))()),
    again: callOf(new (freshCode(Books, { books }))()),
  }
}

/** Applies the decorator as TypeScript does for legacy decorators. */
function decorated(Books, names) {
  for (const name of names) {
    const descriptor = Object.getOwnPropertyDescriptor(Books.prototype, name)
    CatchingFailure()(Books.prototype, name, descriptor)
    Object.defineProperty(Books.prototype, name, descriptor)
  }
  return Books
}

function oneMethod() {
  return threeCopies(ONE, ['find'], 'books.find(ISBNS[time & 3])')
}

/** Each method has its own call site, as in an application. */
function allMethods(Books) {
  return threeCopies(Books, NAMES, `[${NAMES.map((name) => `books.${name}(time)`)}]`)
}

export const comparisons = {
  one: {
    label: 'decorated sync method',
    against: 'the undecorated method',
    goal: atMost(1.1),
    prepare: oneMethod,
  },
  many: {
    label: '32 decorated sync methods',
    against: 'the undecorated methods',
    unit: 'ns',
    goal: atMost(12),
    calls: NAMES.length,
    prepare: () => allMethods(SAME_SHAPE),
  },
  manyShapes: {
    label: '32 decorated sync methods whose results have different shapes',
    against: 'the undecorated methods',
    unit: 'ns',
    goal: atMost(12),
    calls: NAMES.length,
    prepare: () => allMethods(DIFFERENT_SHAPES),
  },
  async: {
    label: 'decorated async method',
    against: 'the undecorated method',
    unit: 'ns',
    goal: atMost(40),
    prepare: () => threeCopies(ONE, ['findLater'], 'books.findLater(ISBNS[time & 3])'),
  },
  oneWithReflectMetadata: {
    label: 'decorated sync method with `reflect-metadata` loaded',
    against: 'the undecorated method',
    prepare: async () => {
      await import('reflect-metadata')
      return oneMethod()
    },
  },
}
