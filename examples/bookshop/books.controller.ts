import type { ServerResponse } from 'node:http'
import { All, Controller, Get, Param, Post, Query, Res } from '@nestjs/common'
import { MethodNotAllowed } from '../../src/index.js'
import { type Book, readBook } from './book.js'
import { BooksRepository } from './books.repository.js'
import type { Isbn } from './isbn.js'
import { IsbnPipe } from './isbn.pipe.js'
import { JsonBody } from './json-body.js'
import { SearchPipe } from './search.pipe.js'

/** The catalogue. Its failures are left to the filter of the application. */
@Controller('books')
export class BooksController {
  constructor(private readonly books: BooksRepository) {}

  @Get()
  search(@Query('q', SearchPipe) text: string): Promise<Book[]> {
    return this.books.search(text)
  }

  @Get(':isbn')
  show(@Param('isbn', IsbnPipe) isbn: Isbn): Promise<Book> {
    return this.books.get(isbn)
  }

  @Post()
  async add(@JsonBody(readBook) book: Book, @Res({ passthrough: true }) response: ServerResponse): Promise<Book> {
    await this.books.add(book)
    response.setHeader('Location', `/books/${book.isbn}`)
    return book
  }

  @All()
  notAllowed(): never {
    throw new MethodNotAllowed({ allow: ['GET', 'HEAD', 'POST'] })
  }

  @All(':isbn')
  notAllowedOnBook(): never {
    throw new MethodNotAllowed({ allow: ['GET', 'HEAD'] })
  }
}
