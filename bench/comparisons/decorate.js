import { CatchingFailure } from 'http-failure'
import { atMost } from '../goal.js'
import { freshCode } from '../interleaved/fresh-code.js'

// The happy path: what a method pays for being decorated when it does not fail.

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
const MANY_ALIKE = `class Books { ${NAMES.map((name) => `${name}(copies) { return { copies } }`).join('\n')} }`
const MANY_SHAPES = `class Books { ${NAMES.map((name) => `${name}(copies) { return { ${name}: copies } }`).join('\n')} }`

/** Three times the same: with decorated methods, with bare ones, and with bare ones again. */
function thrice(Books, names, call) {
  const calling = (instance) => freshCode(`(time) => ${call}`, { ISBNS, books: instance })
  return {
    subject: calling(new (decorated(freshCode(Books, { books }), names))()),
    peer: calling(new (freshCode(Books, { books }))()),
    again: calling(new (freshCode(Books, { books }))()),
  }
}

/** As the compiler does it for legacy decorators. */
function decorated(Books, names) {
  for (const name of names) {
    const descriptor = Object.getOwnPropertyDescriptor(Books.prototype, name)
    CatchingFailure()(Books.prototype, name, descriptor)
    Object.defineProperty(Books.prototype, name, descriptor)
  }
  return Books
}

function one() {
  return thrice(ONE, ['find'], 'books.find(ISBNS[time & 3])')
}

/** Each has a call site of its own, as in an application. */
function allOf(Books) {
  return thrice(Books, NAMES, `[${NAMES.map((name) => `books.${name}(time)`)}]`)
}

export const comparisons = {
  one: {
    what: 'decorated sync method',
    against: 'the bare one',
    goal: atMost(1.1),
    prepare: one,
  },
  many: {
    what: 'decorated sync method, 32 of them',
    against: 'the bare ones',
    unit: 'ns more',
    goal: atMost(12),
    calls: NAMES.length,
    prepare: () => allOf(MANY_ALIKE),
  },
  manyShapes: {
    what: 'the same, each with a result of another shape',
    against: 'the bare ones',
    unit: 'ns more',
    goal: atMost(12),
    calls: NAMES.length,
    prepare: () => allOf(MANY_SHAPES),
  },
  async: {
    what: 'decorated async method',
    against: 'the bare one',
    unit: 'ns more',
    goal: atMost(40),
    prepare: () => thrice(ONE, ['findLater'], 'books.findLater(ISBNS[time & 3])'),
  },
  oneBesideNest: {
    what: 'decorated sync method, with `reflect-metadata`',
    against: 'the bare one',
    prepare: async () => {
      await import('reflect-metadata')
      return one()
    },
  },
}
