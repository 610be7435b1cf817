import { Conflict, type Failure } from '../../src/index.js'

/**
 * Translates constraint violations of the database to failures. The database error is the cause: it is logged, but
 * never sent, so that clients do not see the names of tables.
 */
export function translate(error: unknown): Failure | undefined {
  if (!isUniqueViolation(error)) return undefined
  return new Conflict(DETAILS[error.constraint], { cause: error })
}

/** The detail to send for each unique constraint of the schema. */
const DETAILS: Readonly<Record<string, string>> = {
  one_book_per_isbn: 'A book with this ISBN is already in the catalog.',
}

/** PostgreSQL, appendix A: error codes. */
const UNIQUE_VIOLATION = '23505'

interface UniqueViolation extends Error {
  readonly code: typeof UNIQUE_VIOLATION
  readonly constraint: string
}

function isUniqueViolation(error: unknown): error is UniqueViolation {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION && 'constraint' in error
}
