import { PGlite } from '@electric-sql/pglite'
import { SEED } from './seed.js'

/** Opens a PostgreSQL database in the memory of this process and seeds it. Its data is lost when it is closed. */
export async function openDatabase(): Promise<PGlite> {
  const database = await PGlite.create()
  await database.exec(SCHEMA)
  for (const row of SEED) await database.query('insert into books values ($1, $2, $3, $4, $5, $6)', [...row])
  return database
}

const SCHEMA = `
  create table books (
    isbn           text    constraint one_book_per_isbn primary key check (isbn ~ '^97[89][0-9]{10}$'),
    title          text    not null check (title <> ''),
    author         text    not null check (author <> ''),
    year           integer not null,
    price_in_cents integer not null check (price_in_cents >= 0),
    copies         integer not null check (copies >= 0)
  );

  create table orders (
    id             uuid    primary key default gen_random_uuid(),
    items          jsonb   not null check (jsonb_array_length(items) > 0),
    total_in_cents bigint  not null check (total_in_cents >= 0)
  );
`
