import type { ServerResponse } from 'node:http'
import { Body, Controller, Get, Param, ParseIntPipe, Post, Query, Res, UseGuards } from '@nestjs/common'
import { BadRequest } from '../../src/index.js'
import { validationExceptionFactory } from '../../src/nestjs/index.js'
import { Book } from './book.js'
import { BooksRepository } from './books.repository.js'
import type { Isbn } from './isbn.js'
import { IsbnPipe } from './isbn.pipe.js'
import { JsonGuard } from './json.guard.js'
import { SearchPipe } from './search.pipe.js'

/** Optional: without it, books of any year match. */
const sincePipe = new ParseIntPipe({
  optional: true,
  exceptionFactory: validationExceptionFactory({ in: 'query', name: 'since', class: BadRequest }),
})

/** The catalog. Its failures are handled by the exception filter of the application. */
@Controller('books')
export class BooksController {
  constructor(private readonly books: BooksRepository) {}

  @Get()
  search(@Query('q', SearchPipe) query: string, @Query('since', sincePipe) since?: number): Promise<Book[]> {
    return this.books.search(query, since)
  }

  @Get(':isbn')
  show(@Param('isbn', IsbnPipe) isbn: Isbn): Promise<Book> {
    return this.books.get(isbn)
  }

  @Post()
  @UseGuards(JsonGuard)
  async add(@Body() book: Book, @Res({ passthrough: true }) response: ServerResponse): Promise<Book> {
    await this.books.add(book)
    response.setHeader('Location', `/books/${book.isbn}`)
    return book
  }
}
