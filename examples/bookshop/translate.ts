import { Conflict, type Failure } from '../../src/index.js'

/**
 * Turns what the database refuses into what the client should read. What it says itself is the cause: the log may
 * show it, the client does not see the names of our tables.
 */
export function translate(error: unknown): Failure | undefined {
  if (!isUniqueViolation(error)) return undefined
  return new Conflict(TAKEN[error.constraint], { cause: error })
}

/** What each unique constraint of the schema means to a client. */
const TAKEN: Readonly<Record<string, string>> = {
  one_book_per_isbn: 'A book with this ISBN is in the catalogue already.',
}

/** PostgreSQL, appendix A: error codes */
const UNIQUE_VIOLATION = '23505'

interface UniqueViolation extends Error {
  readonly code: typeof UNIQUE_VIOLATION
  readonly constraint: string
}

function isUniqueViolation(error: unknown): error is UniqueViolation {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION && 'constraint' in error
}
