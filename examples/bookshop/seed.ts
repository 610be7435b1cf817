/** The initial books: ISBN, title, author, year of this edition, price in cents, copies. */
export const SEED: readonly (readonly [string, string, string, number, number, number])[] = [
  ['9780131103627', 'The C Programming Language', 'Brian W. Kernighan, Dennis M. Ritchie', 1988, 6299, 12],
  [
    '9780262510875',
    'Structure and Interpretation of Computer Programs',
    'Harold Abelson, Gerald Jay Sussman',
    1996,
    6500,
    7,
  ],
  ['9780201896831', 'The Art of Computer Programming, Volume 1', 'Donald E. Knuth', 1997, 7999, 4],
  ['9780201835953', 'The Mythical Man-Month', 'Frederick P. Brooks Jr.', 1995, 3999, 9],
  ['9780201633610', 'Design Patterns', 'Erich Gamma, Richard Helm, Ralph Johnson, John Vlissides', 1994, 5499, 15],
  ['9780134757599', 'Refactoring', 'Martin Fowler', 2018, 4999, 8],
  ['9780321125217', 'Domain-Driven Design', 'Eric Evans', 2003, 6499, 6],
  ['9780465026562', 'Gödel, Escher, Bach', 'Douglas R. Hofstadter', 1999, 2499, 5],
  ['9780141439518', 'Pride and Prejudice', 'Jane Austen', 2002, 899, 20],
  ['9780142437247', 'Moby-Dick', 'Herman Melville', 2002, 1200, 3],
  // A single copy, which two customers of the tour order at the same time.
  ['9780141439471', 'Frankenstein', 'Mary Shelley', 2003, 999, 1],
  // Sold out.
  ['9780441478125', 'The Left Hand of Darkness', 'Ursula K. Le Guin', 1987, 1099, 0],
]
