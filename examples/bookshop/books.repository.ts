import { PGlite } from '@electric-sql/pglite'
import { Injectable } from '@nestjs/common'
import type { Book } from './book.js'
import { UnknownBook } from './failures.js'
import type { Isbn } from './isbn.js'

/** The catalog in the database. */
@Injectable()
export class BooksRepository {
  constructor(private readonly database: PGlite) {}

  /** Finds books whose title or author contains a string, case-insensitively. An empty string matches all books. */
  async search(query: string, since = 0): Promise<Book[]> {
    const { rows } = await this.database.query<Book>(
      `select ${COLUMNS} from books
       where (strpos(lower(title), lower($1)) > 0 or strpos(lower(author), lower($1)) > 0) and year >= $2::numeric
       order by title, isbn`,
      [query, since],
    )
    return rows
  }

  async get(isbn: Isbn): Promise<Book> {
    const { rows } = await this.database.query<Book>(`select ${COLUMNS} from books where isbn = $1`, [isbn])
    if (rows[0] === undefined) throw new UnknownBook(isbn)
    return rows[0]
  }

  /** Relies on the unique constraint: another request could add the same book between a check and the insert. */
  async add({ isbn, title, author, year, priceInCents, copies }: Book): Promise<void> {
    const values = [isbn, title, author, year, priceInCents, copies]
    await this.database.query('insert into books values ($1, $2, $3, $4, $5, $6)', values)
  }
}

const COLUMNS = 'isbn, title, author, year, price_in_cents as "priceInCents", copies'
